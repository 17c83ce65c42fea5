/* Scripts: those written without blanks between words, and Hangul. */
#include <stddef.h>

#include "text/uni.h"

enum script { SCRIPT_OTHER, HAN, KANA, HANGUL, CONTINUA };

/*
 * The ranges of Han, of Hiragana and Katakana, of Hangul, and of the Thai,
 * Lao, Khmer and Myanmar scripts, sorted.
 */
static const struct range {
	uint32_t first, last;
	enum script script;
} ranges[] = {
#include "text/script.inc"
};

static enum script
script_of(uint32_t cp)
{
	size_t lo = 0, hi = sizeof(ranges) / sizeof(ranges[0]), mid;

	if (cp < ranges[0].first)
		return SCRIPT_OTHER;
	if (cp >= 0x4e00 && cp <= 0x9fff)
		return HAN;
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (cp < ranges[mid].first)
			hi = mid;
		else if (cp > ranges[mid].last)
			lo = mid + 1;
		else
			return ranges[mid].script;
	}
	return SCRIPT_OTHER;
}

int
uni_is_scriptio_continua(uint32_t cp)
{
	enum script s = script_of(cp);

	return s == HAN || s == KANA || s == CONTINUA;
}

int
uni_is_han(uint32_t cp)
{
	return script_of(cp) == HAN;
}

int
uni_is_kana(uint32_t cp)
{
	return script_of(cp) == KANA;
}

int
uni_is_hangul(uint32_t cp)
{
	return script_of(cp) == HANGUL;
}
