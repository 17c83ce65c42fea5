#include "augcon/numeral_zh.h"

#include <string.h>

int
numeral_zh_may(const char *s)
{
	/* The second bytes of all of them. */
	static const char second[] = "\xb8\xb9\xba\x85\x8d\x9b\x84\x99\x90"
	    "\x80";

	return strchr(second, s[1]) != NULL;
}

/* -1: it is no digit. */
static int
digit(const char *s, size_t len)
{
	static const char *const digits[] = { "〇", "一", "二", "三", "四", "五",
	    "六", "七", "八", "九", "零", "两", "兩" };
	static const int value[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 2, 2 };
	size_t i;

	if (len != 3)
		return -1;
	for (i = 0; i < sizeof(digits) / sizeof(digits[0]); i++)
		if (memcmp(digits[i], s, 3) == 0)
			return value[i];
	return -1;
}

static double
power(const char *s, size_t len)
{
	static const char *const powers[] = { "十", "百", "千", "万", "萬", "亿",
	    "億" };
	static const double value[] = { 1e1, 1e2, 1e3, 1e4, 1e4, 1e8, 1e8 };
	size_t i;

	if (len != 3)
		return -1;
	for (i = 0; i < sizeof(powers) / sizeof(powers[0]); i++)
		if (memcmp(powers[i], s, 3) == 0)
			return value[i];
	return -1;
}

double
numeral_zh_power(const struct words *w, const char *text, size_t i)
{
	double x = power(text + w->v[i].at, w->v[i].len);

	return x > 10 ? x : -1;
}

/* Digits below a power of ten wait for it; 万 and 亿 take all before them. */
struct sum {
	double all, part, last;
	int powers, digits;
};

static void
take(struct sum *s, double p)
{
	if (p >= 1e4) {
		s->all = (s->all + s->part + s->last) * p;
		s->part = 0;
	} else {
		s->part += (s->digits > 0 ? s->last : 1) * p;
	}
	s->last = 0;
	s->digits = 0;
	s->powers++;
}

size_t
numeral_zh(const struct words *w, const char *text, size_t i, double *value)
{
	struct sum s = { .all = 0 };
	size_t n;
	double p;
	int d;

	for (n = 0; i + n < w->n && (n == 0 ||
	    w->v[i + n].gap == GAP_NONE); n++) {
		const char *c = text + w->v[i + n].at;

		d = digit(c, w->v[i + n].len);
		p = d < 0 ? power(c, w->v[i + n].len) : -1;
		if (d < 0 && p < 0)
			break;
		if (d >= 0) {
			/* 一千零五: the nought holds a place only */
			s.last = s.powers > 0 && s.last == 0 ? d :
			    s.last * 10 + d;
			s.digits++;
		} else {
			take(&s, p);
		}
	}
	*value = s.all + s.part + s.last;
	return n;
}
