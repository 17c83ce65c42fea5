/* Languages and stop words. */
#include "text/lang.h"

#include "check.h"

static void
is(const char *text, const char *want)
{
	CHECK_STR(lang_detect(text, strlen(text)), want);
}

static void
test_detect(void)
{
	is("The tower was built in 1889 and it is tall.", "en");
	is("Who wrote it?", "en");
	is("今天下雨，他没带伞。", "zh");
	is("在 Linux 上用 GCC 和 make 编译程序很容易。", "zh");
	is("The city of Beijing (北京) is the capital of China.", "en");
	is("これは日本語の文章です。", "ja");
	is("東京都は日本の首都である。", "ja");
	is("이것은 한국어 문장입니다.", "ko");
	is("Der Turm wurde im Jahr 1889 gebaut.", "und");
	is("La torre fue construida en 1889.", "und");
	is("12345 !!!", "und");
	is("", "und");
}

/* A long text is judged by its start, which may end inside a character. */
static void
test_long(void)
{
	char text[9001];
	size_t shift, i;

	for (shift = 0; shift < 3; shift++) {
		memset(text, ' ', shift);
		for (i = shift; i + 3 <= 9000; i += 3)
			memcpy(text + i, "\xe4\xb8\xad", 3);
		CHECK_STR(lang_detect(text, i), "zh");
	}
}

static void
test_stop(void)
{
	CHECK(lang_is_stop("the", 3));
	CHECK(lang_is_stop("a", 1));
	CHECK(lang_is_stop("yourselves", 10));
	CHECK(lang_is_stop("的", 3));
	CHECK(lang_is_stop("會", 3));
	CHECK(!lang_is_stop("th", 2));
	CHECK(!lang_is_stop("thex", 4));
	CHECK(!lang_is_stop("", 0));
	CHECK(!lang_is_stop("yourselvesx", 11));
	CHECK(!lang_is_stop("中", 3));
	CHECK(!lang_is_stop("tower", 5));
}

int
main(void)
{
	test_detect();
	test_long();
	test_stop();
	return check_end("lang");
}
