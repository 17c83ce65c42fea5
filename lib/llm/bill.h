/*
 * Tokens and money of a run.  Prices are for a million tokens, in whatever
 * money they were given in.  So that a ceiling is never exceeded, the most
 * that a request can cost is held back while it is in flight.
 */
#ifndef LLM_BILL_H
#define LLM_BILL_H

#include <stddef.h>

#include "base/buf.h"

struct bill {
	int priced;
	double price_in, price_out, price_cached;
	double most;		/* of money, for the run; 0: no ceiling */

	unsigned long answers;	/* paid for */
	unsigned long unmetered;	/* of these without a count of tokens */
	unsigned long lost;	/* sent, and no reply: perhaps paid for */
	double in, out, cached;	/* tokens, as the server counts them */
	double spent;
	double risk;		/* at most for those lost */
	double held;		/* at most for those in flight */
	unsigned long flying;
};

/*
 * `price`: "IN,OUT", or "IN,OUT,CACHED" where tokens that the server has read
 * before cost less than IN; NULL: not known.  `most` 0: no ceiling; one needs
 * a price.  0, or -1: *why.
 */
int bill_open(struct bill *, const char *price, double most,
    struct buf *why);

/*
 * About how many tokens a text or a request's body has: one for 4 bytes of
 * ASCII and for 3 bytes of others, which is a Chinese character.  Bodies of
 * questions and answers about Wikipedia have by it, times what they really
 * have with the tokenizers of OpenAI (o200k; cl100k), Qwen, DeepSeek:
 * English 1.2; 1.2, 1.2, 1.2, Chinese 1.2; 0.8, 1.4, 1.5.
 */
double bill_tokens(const char *s, size_t len);

/* The most that a request can be billed for. */
struct bill_hold {
	double in, out;		/* tokens */
	double money;
};

/*
 * Of a body of so many bytes and max_tokens.  A byte makes at most one token
 * in any tokenizer that falls back on bytes, and what a template adds is less
 * than the JSON around the texts.
 */
void bill_hold(const struct bill *, size_t body, double max_tokens,
    struct bill_hold *);

/*
 * 1: there is money for it; 0: perhaps when those in flight have ended; -1:
 * not any more.
 */
int bill_may_send(const struct bill *, const struct bill_hold *);

/* The request goes out. */
void bill_send(struct bill *, const struct bill_hold *);

enum bill_end {
	BILL_FREE,		/* refused, or never fully sent */
	BILL_PAID,		/* answered, whatever the answer is worth */
	BILL_LOST		/* fully sent, no whole reply: may be billed */
};

/*
 * It has ended.  Of a paid one the tokens from `usage`; all 0: the server
 * does not say, and what was held is taken for spent.  `resent`: how often
 * it was sent beside the last time, unasked; each may be billed.
 */
void bill_settle(struct bill *, const struct bill_hold *, enum bill_end,
    unsigned long resent, double in, double out, double cached);

/*
 * "1,234 requests, 1.2M tokens in (40 % cached), 300k out, about 1.25", and
 * what is at risk, where something is.
 */
void bill_line(const struct bill *, unsigned long requests, struct buf *);

/* What a run would be, for -n; `in` by bill_tokens(), `out` at most. */
void bill_plan(const struct bill *, unsigned long requests, double in,
    double out, struct buf *);

/* Members for --stats, without a comma before or behind. */
void bill_stats(const struct bill *, struct buf *);

#endif
