/* Classes, scripts, folding, grapheme clusters. */
#include "text/uni.h"

#include "check.h"
#include "text/utf8.h"

static void
test_class(void)
{
	CHECK(uni_class('a') == UNI_LETTER);
	CHECK(uni_class('7') == UNI_NUMBER);
	CHECK(uni_class('\n') == UNI_SPACE);
	CHECK(uni_class(0x3000) == UNI_SPACE);
	CHECK(uni_class(0xa0) == UNI_SPACE);
	CHECK(uni_class(0x200b) == UNI_OTHER);
	CHECK(uni_class('!') == UNI_PUNCT);
	CHECK(uni_class('$') == UNI_SYMBOL);
	CHECK(uni_class(0x0301) == UNI_MARK);
	CHECK(uni_class(0x4f60) == UNI_LETTER);
	CHECK(uni_class(0x2167) == UNI_NUMBER);
	CHECK(uni_is_upper('Q') && !uni_is_upper('q') && uni_is_upper(0x416));
	CHECK(uni_is_lower(0xe9) && !uni_is_lower(0xc9));
}

/* Both ends of ranges, and their neighbours. */
static void
test_script(void)
{
	CHECK(uni_is_han(0x4e00) && uni_is_han(0x9fff) && !uni_is_han(0xa000));
	CHECK(uni_is_han(0x3005) && uni_is_han(0x3007) && !uni_is_han(0x3006));
	CHECK(uni_is_han(0x2a6df) && !uni_is_han(0x2a6e0));
	CHECK(uni_is_han(0x323af) && uni_is_han(0x323b0));
	CHECK(uni_is_han(0x33479) && !uni_is_han(0x3347a));	/* Unicode 17 */
	CHECK(uni_is_han(0x2b73f) && uni_is_han(0x2cead));
	CHECK(!uni_is_han(0x2cead + 1) && !uni_is_han(0x2ebe1));
	CHECK(uni_is_kana(0x3042) && uni_is_kana(0x30fc) &&
	    !uni_is_kana(0x30fb));
	CHECK(uni_is_hangul(0xac00) && uni_is_hangul(0xd7a3) &&
	    !uni_is_hangul(0xd7a4));
	CHECK(uni_is_scriptio_continua(0x0e01));	/* Thai */
	CHECK(uni_is_scriptio_continua(0x1000));	/* Myanmar */
	CHECK(uni_is_scriptio_continua(0x1780));	/* Khmer */
	CHECK(uni_is_scriptio_continua(0x0e81));	/* Lao */
	CHECK(uni_is_scriptio_continua(0x116d0));	/* Myanmar */
	CHECK(!uni_is_scriptio_continua(0x0e3f));	/* baht: common */
	CHECK(!uni_is_scriptio_continua(0x0e83));	/* unassigned */
	CHECK(uni_is_kana(0xff70) && !uni_is_kana(0x3099));
	CHECK(!uni_is_scriptio_continua(0xac00));
	CHECK(!uni_is_scriptio_continua('a'));
	CHECK(!uni_is_scriptio_continua(0x10ffff));
}

static void
folds(const char *text, const char *want)
{
	struct buf b = BUF_INIT;

	CHECK(uni_fold(text, strlen(text), &b) == 0);
	CHECK_STR(buf_cstr(&b), want);
	buf_free(&b);
}

static void
test_fold(void)
{
	struct buf b = BUF_INIT;

	folds("", "");
	folds("Hello, World 9", "hello, world 9");
	folds("STRASSE Stra\xc3\x9f""e", "strasse strasse");
	folds("E\xcc\x81t\xc3\x89", "\xc3\xa9t\xc3\xa9");
	folds("x\xcc\x81", "x\xcc\x81");
	folds("\xef\xbc\xa1\xef\xbd\x82\xef\xbc\x8c", "ab,");
	folds("\xef\xbc\xa5\xcc\x81", "\xc3\xa9");	/* fullwidth E + mark */
	folds("\xef\xac\x81ne", "fine");		/* ligature */
	folds("\xe4\xbd\xa0\xe5\xa5\xbd\xe3\x80\x82",
	    "\xe4\xbd\xa0\xe5\xa5\xbd\xe3\x80\x82");
	folds("\xe3\x81\x8b\xe3\x82\x99", "\xe3\x81\x8c");	/* ka + mark */
	folds("\xef\xbd\xb6\xef\xbe\x9e", "\xe3\x82\xac");	/* halfwidth */
	CHECK(uni_nfkc("AB\xef\xbc\xa3", 5, &b) == 0);
	CHECK_STR(buf_cstr(&b), "ABC");
	buf_free(&b);
}

/*
 * The fast path must not be seen: every code point, alone and between a
 * letter and a mark, folds to what folding it again leaves alone, and to
 * what it folds to when no run can be taken (a letter with a mark before).
 */
static void
test_paths(void)
{
	struct buf once = BUF_INIT, twice = BUF_INIT, slow = BUF_INIT;
	static const char lead[] = "\xcc\x81";	/* a mark: no fast path */
	char s[16];
	uint32_t cp;
	size_t n, unstable = 0, differs = 0;

	for (cp = 1; cp <= 0x10ffff; cp++) {
		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		n = utf8_put(cp, s);
		memcpy(s + n, "z", 1);
		buf_reset(&once);
		buf_reset(&twice);
		buf_reset(&slow);
		if (uni_fold(s, n + 1, &once) != 0 ||
		    uni_fold(once.s, once.len, &twice) != 0)
			unstable++;
		unstable += once.len != twice.len ||
		    memcmp(once.s, twice.s, once.len) != 0;
		/* A mark of the same class would trade places with it. */
		if (uni_class(cp) == UNI_MARK)
			continue;
		memcpy(s, lead, 2);
		n = 2 + utf8_put(cp, s + 2);
		memcpy(s + n, "z", 1);
		if (uni_fold(s, n + 1, &slow) != 0 || slow.len < 2)
			differs++;
		else
			differs += slow.len - 2 != once.len ||
			    memcmp(slow.s + 2, once.s, once.len) != 0;
	}
	CHECK(unstable == 0);
	/* Halfwidth voicing marks become marks. */
	CHECK(differs <= 2);
	buf_free(&once);
	buf_free(&twice);
	buf_free(&slow);
}

static void
test_grapheme(void)
{
	CHECK(uni_grapheme("ab", 2) == 1);
	CHECK(uni_grapheme("\r\n", 2) == 2);
	CHECK(uni_grapheme("e\xcc\x81x", 4) == 3);
	CHECK(uni_grapheme("a", 1) == 1);
	/* A family of three, two flags. */
	CHECK(uni_grapheme("\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9"
	    "\xe2\x80\x8d\xf0\x9f\x91\xa7", 18) == 18);
	CHECK(uni_grapheme("\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa"
	    "\xf0\x9f\x87\xab\xf0\x9f\x87\xb7", 16) == 8);
	CHECK(uni_grapheme("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", 9) == 9);
}

int
main(void)
{
	test_class();
	test_script();
	test_fold();
	test_paths();
	test_grapheme();
	return check_end("uni");
}
