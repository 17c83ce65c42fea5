#include <stdlib.h>
#include <string.h>

#include "augcon/rouge.h"
#include "base/mem.h"

#define WORD 64			/* tokens of a text in one machine word */
#define DECIMALS 9

int
rouge_measure(const char *name)
{
	if (strcmp(name, "f") == 0)
		return ROUGE_F;
	if (strcmp(name, "precision") == 0)
		return ROUGE_PRECISION;
	return -1;
}

int
rouge_threshold(struct rouge_test *t, const char *s, struct buf *why)
{
	const char *p = s;
	unsigned decimals = 0, zeros = 0;
	uint64_t num = 0, den = 1;

	for (; *p >= '0' && *p <= '9' && num <= 1; p++)
		num = num * 10 + (uint64_t)(*p - '0');
	if (p > s && *p == '.' && p[1] != '\0')
		p++;
	else if (p == s || *p != '\0')
		goto bad;
	/* A zero counts only when another digit follows it. */
	for (; *p >= '0' && *p <= '9'; p++) {
		if (*p == '0') {
			zeros++;
			continue;
		}
		for (; decimals + zeros < DECIMALS && zeros > 0; decimals++) {
			num *= 10;
			den *= 10;
			zeros--;
		}
		if (zeros > 0 || decimals == DECIMALS) {
			buf_fmt(why, "%s has more than %d decimals", s,
			    DECIMALS);
			return -1;
		}
		num = num * 10 + (uint64_t)(*p - '0');
		den *= 10;
		decimals++;
	}
	if (*p != '\0' || num == 0 || num > den)
		goto bad;
	t->num = num;
	t->den = den;
	return 0;
bad:
	buf_fmt(why, "%s is no decimal above 0 and at most 1", s);
	return -1;
}
