#include "augcon/numeral_zh.h"

#include "text/utf8.h"

/* The character at s, or 0 when it has not three bytes. */
static uint32_t
character(const char *s, size_t len)
{
	uint32_t cp = 0;

	if (len == 3)
		utf8_next(s, len, &cp);
	return cp;
}

/* -1: it is no digit. */
static int
digit(uint32_t cp)
{
	switch (cp) {
	case U'〇': case U'零':		return 0;
	case U'一':			return 1;
	case U'二': case U'两': case U'兩':	return 2;
	case U'三':			return 3;
	case U'四':			return 4;
	case U'五':			return 5;
	case U'六':			return 6;
	case U'七':			return 7;
	case U'八':			return 8;
	case U'九':			return 9;
	default:			return -1;
	}
}

static double
power(uint32_t cp)
{
	switch (cp) {
	case U'十':		return 1e1;
	case U'百':		return 1e2;
	case U'千':		return 1e3;
	case U'万': case U'萬':	return 1e4;
	case U'亿': case U'億':	return 1e8;
	case U'兆':		return 1e12;
	default:		return -1;
	}
}

double
numeral_zh_power(const struct words *w, const char *text, size_t i)
{
	double x = power(character(text + w->v[i].at, w->v[i].len));

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
	uint32_t cp;
	double p;
	int d;

	for (n = 0; i + n < w->n && (n == 0 ||
	    w->v[i + n].gap == GAP_NONE); n++) {
		cp = character(text + w->v[i + n].at, w->v[i + n].len);
		d = digit(cp);
		p = d < 0 ? power(cp) : -1;
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
