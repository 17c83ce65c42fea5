#include "llm/yesno.h"

#include <stddef.h>
#include <string.h>

/* Behind blanks and quotes, in the forms that tokens have them. */
static const char *
skip_marks(const char *s)
{
	static const char *const marks[] = { "\xe2\x96\x81", "\xc4\xa0",
	    "\xc2\xa0", "\xe3\x80\x80", "“", "”", "‘", "’", "「", "『", "（",
	    "【", "《" };
	size_t i, n = sizeof(marks) / sizeof(*marks);

	for (;;) {
		while ((*s > 0 && *s <= ' ') || (*s != '\0' &&
		    strchr("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", *s) != NULL))
			s++;
		for (i = 0; i < n; i++)
			if (strncmp(s, marks[i], strlen(marks[i])) == 0)
				break;
		if (i == n)
			return s;
		s += strlen(marks[i]);
	}
}

static int
is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || (c >= 0xc3 && c <= 0xdf);
}

static int
is_word(const char *s, const char *word)
{
	size_t i;

	for (i = 0; word[i] != '\0'; i++)
		if ((s[i] | 0x20) != word[i])
			return 0;
	return !is_letter((unsigned char)s[i]);
}

struct word {
	const char *word;
	int sign;
};

/* The sign of the first whole word that it begins with, or 2. */
static int
sign_of_word(const char *s, const struct word *w, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (is_word(s, w[i].word))
			return w[i].sign;
	return 2;
}

/* The same for what is followed by anything. */
static int
sign_of_start(const char *s, const struct word *w, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strncmp(s, w[i].word, strlen(w[i].word)) == 0)
			return w[i].sign;
	return 2;
}

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

int
yesno_start(const char *s)
{
	static const struct word words[] = {
		{ "yes", 1 }, { "y", 1 }, { "no", -1 }, { "n", -1 },
		{ "not", -1 }, { "nope", -1 },
	}, starts[] = {		/* the first one that fits */
		{ "是否", 0 }, { "对不起", 0 }, { "对于", 0 },
		{ "有没有", 0 }, { "有无", 0 }, { "有关", 0 },
		{ "能否", 0 }, { "无论", 0 }, { "不过", 0 },
		{ "非常", 0 }, { "否则", 0 },
		{ "是", 1 }, { "对", 1 }, { "有", 1 }, { "能", 1 },
		{ "可以", 1 },
		{ "否", -1 }, { "不", -1 }, { "没", -1 }, { "无", -1 },
		{ "非", -1 },
	};
	int sign;

	s = skip_marks(s);
	sign = sign_of_word(s, words, COUNT(words));
	if (sign == 2)
		sign = sign_of_start(s, starts, COUNT(starts));
	return sign == 2 ? 0 : sign;
}

/* Behind "Answer:" and its like. */
static const char *
skip_label(const char *s)
{
	static const char *const labels[] = { "answer", "verdict", "答案",
	    "回答", "判断", "答" };
	const char *t;
	size_t i;

	s = skip_marks(s);
	for (i = 0; i < COUNT(labels); i++) {
		if (strncmp(s, labels[i], strlen(labels[i])) != 0 &&
		    !is_word(s, labels[i]))
			continue;
		t = s + strlen(labels[i]);
		t += strspn(t, "*_` ");
		if (*t == ':')
			return t + 1;
		if (strncmp(t, "：", strlen("：")) == 0)
			return t + strlen("：");
	}
	return s;
}

/* "N" and "N." answer; "N/A" and "Y or N" do not. */
static int
is_loose_letter(const char *s)
{
	if (strchr("yYnN", *s) == NULL)
		return 0;
	s++;
	return s[strspn(s, ".!*_`\"')] \t\r\n")] != '\0' &&
	    !is_letter((unsigned char)*s);
}

int
yesno_answer(const char *s)
{
	static const struct word words[] = {
		{ "correct", 1 }, { "right", 1 }, { "true", 1 },
		{ "supported", 1 }, { "unsupported", -1 },
		{ "incorrect", -1 }, { "wrong", -1 }, { "false", -1 },
	}, starts[] = {
		{ "正确", 1 }, { "支持", 1 }, { "错", -1 },
	};
	int sign;

	s = skip_marks(skip_label(s));
	if (*s == '\0' || is_loose_letter(s))
		return 0;
	sign = sign_of_word(s, words, COUNT(words));
	if (sign == 2)
		sign = sign_of_start(s, starts, COUNT(starts));
	return sign == 2 ? yesno_start(s) : sign;
}
