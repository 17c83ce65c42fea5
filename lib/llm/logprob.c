/* Yes or no, from the choices for a token. */
#include "llm/logprob.h"

#include <math.h>
#include <string.h>

#include "llm/logprob_int.h"
#include "llm/yesno.h"
#include "rec/json.h"

static const double MORE = 0.01;	/* than 0, by rounding */
static const double REST_LEAST = 1e-6;	/* of what is not listed */

enum { FIRST_MAX = 20 };	/* bytes of a token in a message */

struct choices {
	size_t n, yes, no;	/* listed, and of these */
	double p_yes, p_no, p;	/* their sums of probabilities */
	double least;		/* the least log-probability */
	struct buf token;	/* scratch */
	struct buf first, sampled;	/* the first listed; the server's own */
	int has_sampled;	/* and it is among those listed */
};

int
logprob_value(const struct view *v, double *x)
{
	if (view_kind(v) == JSON_NULL)
		return 0;
	if (!view_number(v, x) || *x > MORE)
		return -1;
	if (*x > 0)
		*x = 0;
	if (*x < LOGPROB_LEAST)
		*x = LOGPROB_LEAST;
	return 1;
}

/* Counts a token: c->token, with its value.  0; 1: *why; -1 without memory. */
static int
count(struct choices *c, const struct view *value, struct buf *why)
{
	int sign = yesno_start(buf_cstr(&c->token));
	double x;

	if (!buf_ok(&c->token))
		return -1;
	if (logprob_value(value, &x) <= 0) {
		buf_str(why, "a choice without a log-probability");
		return 1;
	}
	if (c->n++ == 0 || x < c->least)
		c->least = x;
	if (c->n == 1)
		buf_str(&c->first, buf_cstr(&c->token));
	if (c->token.len == c->sampled.len && memcmp(buf_cstr(&c->token),
	    buf_cstr(&c->sampled), c->token.len) == 0)
		c->has_sampled = 1;
	c->p += exp(x);
	if (sign > 0) {
		c->yes++;
		c->p_yes += exp(x);
	} else if (sign < 0) {
		c->no++;
		c->p_no += exp(x);
	}
	return 0;
}

/* The token that the server has taken, where it is not among those listed. */
static int
count_sampled(struct choices *c, const struct view *token,
    const struct view *value, struct buf *why)
{
	if (view_kind(token) != JSON_STRING || c->has_sampled ||
	    (c->n > 0 && view_kind(value) == JSON_NULL))
		return 0;
	buf_reset(&c->token);
	buf_str(&c->token, buf_cstr(&c->sampled));
	return count(c, value, why);
}

/* Chat completions: content[0]. */
static int
read_content(struct choices *c, const struct view *content, struct buf *why)
{
	static const char *const names[] = { "token", "logprob",
	    "top_logprobs", NULL };
	struct view first = view_first(content), own[3], v[3], one;
	int r;

	view_get(&first, names, own);
	view_text(&own[0], &c->sampled);
	for (one = view_first(&own[2]); one.s != NULL; one = view_next(&one)) {
		view_get(&one, names, v);
		buf_reset(&c->token);
		if (view_kind(&v[0]) != JSON_STRING) {
			buf_str(why, "a choice without a token");
			return 1;
		}
		view_text(&v[0], &c->token);
		r = count(c, &v[1], why);
		if (r != 0)
			return r;
	}
	return count_sampled(c, &own[0], &own[1], why);
}

/* Completions: the members of top_logprobs[0]. */
static int
read_members(struct choices *c, const struct view *tokens,
    const struct view *values, const struct view *tops, struct buf *why)
{
	struct view own = view_first(tokens), value = view_first(values);
	struct view top = view_first(tops), v;
	struct json_scan scan = { .v = NULL };
	const struct json_member *m;
	int r = 0;
	size_t i;

	view_text(&own, &c->sampled);
	if (view_kind(&top) == JSON_OBJECT &&
	    json_scan(&scan, top.s, top.len, why) < 0)
		r = why->len > 0 ? 1 : -1;
	for (i = 0; r == 0 && i < scan.n; i++) {
		m = &scan.v[i];
		buf_reset(&c->token);
		json_unquote(top.s + m->key - 1, m->key_len + 2, &c->token);
		v.s = top.s + m->val;
		v.len = m->val_len;
		r = count(c, &v, why);
	}
	json_scan_free(&scan);
	return r != 0 ? r : count_sampled(c, &own, &value, why);
}

/* What is not listed is less likely than each that is, and than the rest. */
static double
floor_of(const struct choices *c)
{
	double rest = 1 - c->p;

	rest = log(rest > REST_LEAST ? rest : REST_LEAST);
	return rest < c->least ? rest : c->least;
}

static int
weigh(const struct choices *c, double *odds, struct buf *why)
{
	size_t len = c->first.len;

	if (c->yes + c->no == 0) {
		while (len > FIRST_MAX || (len < c->first.len &&
		    (c->first.s[len] & 0xc0) == 0x80))
			len = len > FIRST_MAX ? FIRST_MAX : len - 1;
		buf_fmt(why, "neither yes nor no among the %zu likeliest "
		    "first tokens", c->n);
		if (c->n > 0) {
			buf_str(why, ", the likeliest is ");
			json_quote(why, buf_cstr(&c->first), len);
		}
		return 1;
	}
	*odds = (c->yes > 0 ? log(c->p_yes) : floor_of(c)) -
	    (c->no > 0 ? log(c->p_no) : floor_of(c));
	return 0;
}

int
logprob_yes(const char *json, size_t len, double *odds, struct buf *why)
{
	static const char *const names[] = { "content", "tokens",
	    "token_logprobs", "top_logprobs", NULL };
	struct choices c = { .n = 0 };
	struct view root, v[4];
	int r;

	if (view_scan(&root, json, len, names, v, why) < 0)
		return buf_ok(why) ? 1 : -1;
	if (view_kind(&v[0]) == JSON_ARRAY)
		r = read_content(&c, &v[0], why);
	else
		r = read_members(&c, &v[1], &v[2], &v[3], why);
	if (r == 0)
		r = weigh(&c, odds, why);
	if (!buf_ok(&c.token) || !buf_ok(&c.first) || !buf_ok(&c.sampled) ||
	    !buf_ok(why))
		r = -1;
	buf_free(&c.token);
	buf_free(&c.first);
	buf_free(&c.sampled);
	return r;
}
