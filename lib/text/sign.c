/* Quotes, brackets, and what goes with CJK text. */
#include "text/sent_int.h"
#include "text/uni.h"

int
sign_closes(uint32_t cp)
{
	switch (cp) {
	case '"': case '\'': case ')': case ']': case '}':
	case 0x00bb: case 0x2019: case 0x201d: case 0x203a:
	case 0x3009: case 0x300b: case 0x300d: case 0x300f: case 0x3011:
	case 0x3015: case 0x3017: case 0x301e: case 0x301f:
	case 0xff02: case 0xff07: case 0xff09: case 0xff3d: case 0xff5d:
	case 0xff63:
		return 1;
	default:
		return 0;
	}
}

int
sign_opens(uint32_t cp)
{
	switch (cp) {
	case '"': case '\'': case '(': case '[': case '{':
	case 0x00ab: case 0x00bf: case 0x00a1: case 0x2018: case 0x201c:
	case 0x2039:
	case 0x3008: case 0x300a: case 0x300c: case 0x300e: case 0x3010:
	case 0x3014: case 0x3016: case 0x301d:
	case 0xff08: case 0xff3b: case 0xff5b: case 0xff62:
		return 1;
	default:
		return 0;
	}
}

int
sign_is_cjk(uint32_t cp)
{
	return (cp >= 0x3001 && cp <= 0x303f) ||
	    (cp >= 0xff01 && cp <= 0xff65) || (cp >= 0x2018 && cp <= 0x201d) ||
	    uni_is_han(cp) || uni_is_kana(cp);
}
