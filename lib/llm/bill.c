#include "llm/bill.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rec/json.h"

/* One number of --price: digits with a point, no sign, no exponent. */
static int
take_price(const char **s, double *price)
{
	size_t len = strspn(*s, "0123456789.");
	char *end;

	if (len == 0)
		return -1;
	*price = strtod(*s, &end);
	if ((size_t)(end - *s) != len || !isfinite(*price))
		return -1;
	*s = end;
	return 0;
}

static int
take_prices(struct bill *b, const char *s)
{
	if (take_price(&s, &b->price_in) < 0 || *s++ != ',' ||
	    take_price(&s, &b->price_out) < 0)
		return -1;
	b->price_cached = b->price_in;
	if (*s == '\0')
		return 0;
	if (*s++ != ',' || take_price(&s, &b->price_cached) < 0)
		return -1;
	return *s == '\0' ? 0 : -1;
}

int
bill_open(struct bill *b, const char *price, double most, struct buf *why)
{
	memset(b, 0, sizeof(*b));
	b->most = most;
	b->priced = price != NULL;
	if (price != NULL && take_prices(b, price) < 0) {
		buf_fmt(why, "--price '%s': must be IN,OUT or IN,OUT,CACHED, "
		    "money for a million tokens, such as 0.15,0.6", price);
		return -1;
	}
	if (most > 0 && price == NULL) {
		buf_str(why, "--max-cost needs --price");
		return -1;
	}
	return 0;
}

double
bill_tokens(const char *s, size_t len)
{
	size_t i, ascii = 0;

	for (i = 0; i < len; i++)
		ascii += (unsigned char)s[i] < 0x80;
	return (double)ascii / 4 + (double)(len - ascii) / 3;
}

static double
money(const struct bill *b, double in, double out, double cached)
{
	if (cached > in)
		cached = in;
	return ((in - cached) * b->price_in + cached * b->price_cached +
	    out * b->price_out) / 1e6;
}

void
bill_hold(const struct bill *b, size_t body, double max_tokens,
    struct bill_hold *h)
{
	double dear = fmax(b->price_in, b->price_cached);

	h->in = (double)body;
	h->out = max_tokens;
	h->money = (h->in * dear + h->out * b->price_out) / 1e6;
}

int
bill_may_send(const struct bill *b, const struct bill_hold *h)
{
	/* Sums of prices may be wrong in their last digits. */
	double most = b->most * (1 + 1e-12);
	double gone = b->spent + b->risk + h->money;

	if (b->most <= 0 || gone + b->held <= most)
		return 1;
	return gone <= most && b->flying > 0 ? 0 : -1;
}

void
bill_send(struct bill *b, const struct bill_hold *h)
{
	b->held += h->money;
	b->flying++;
}

void
bill_settle(struct bill *b, const struct bill_hold *h, enum bill_end end,
    unsigned long resent, double in, double out, double cached)
{
	b->held -= h->money;
	/* No rest of rounding stays behind. */
	if (--b->flying == 0 || b->held < 0)
		b->held = 0;
	b->lost += resent + (end == BILL_LOST);
	b->risk += (double)(resent + (end == BILL_LOST)) * h->money;
	if (end != BILL_PAID)
		return;
	b->answers++;
	if (in <= 0 && out <= 0) {
		b->unmetered++;
		b->spent += h->money;
		return;
	}
	b->in += in;
	b->out += out;
	b->cached += fmin(cached, in);
	b->spent += money(b, in, out, cached);
}

/* 1234567 as 1,234,567. */
static void
add_grouped(struct buf *out, unsigned long n)
{
	if (n >= 1000) {
		add_grouped(out, n / 1000);
		buf_fmt(out, ",%03lu", n % 1000);
	} else {
		buf_fmt(out, "%lu", n);
	}
}

/* 1234567 as 1.2M. */
static void
add_short(struct buf *out, double n)
{
	static const char unit[] = { 'k', 'M', 'G', 'T' };
	size_t i = 0;

	if (n < 999.5) {
		buf_fmt(out, "%.0f", n);
		return;
	}
	for (n /= 1000; n >= 999.5 && i + 1 < sizeof(unit); i++)
		n /= 1000;
	buf_fmt(out, n < 9.95 ? "%.1f%c" : "%.0f%c", n, unit[i]);
}

/* Two decimals, or as many as two digits that are not 0 need. */
static void
add_money(struct buf *out, double x)
{
	int decimals = 2;
	double y;

	for (y = x * 10; y > 0 && y < 0.995 && decimals < 9; y *= 10)
		decimals++;
	buf_fmt(out, "%.*f", decimals, x);
}

static void
add_requests(struct buf *out, unsigned long n)
{
	add_grouped(out, n);
	buf_str(out, n == 1 ? " request" : " requests");
}

void
bill_line(const struct bill *b, unsigned long requests, struct buf *out)
{
	add_requests(out, requests);
	buf_str(out, ", ");
	add_short(out, b->in);
	buf_str(out, " tokens in");
	if (b->cached > 0)
		buf_fmt(out, " (%.0f %% cached)", 100 * b->cached / b->in);
	buf_str(out, ", ");
	add_short(out, b->out);
	buf_str(out, " out");
	if (b->priced) {
		buf_str(out, ", about ");
		add_money(out, b->spent);
	}
	if (b->unmetered > 0) {
		buf_str(out, "; not counted by the server: ");
		add_grouped(out, b->unmetered);
	}
	if (b->lost == 0)
		return;
	buf_str(out, "; sent and lost: ");
	add_grouped(out, b->lost);
	if (b->priced) {
		buf_str(out, ", at most ");
		add_money(out, b->risk);
	}
}

void
bill_plan(const struct bill *b, unsigned long requests, double in, double out,
    struct buf *text)
{
	buf_fmt(text, "%lu requests, about %.0f tokens in, at most %.0f out",
	    requests, in, out);
	if (!b->priced)
		return;
	buf_str(text, ", so at most about ");
	add_money(text, money(b, in, out, 0));
}

void
bill_stats(const struct bill *b, struct buf *out)
{
	buf_fmt(out, "\"tokens_in\":%.0f,\"tokens_out\":%.0f,"
	    "\"tokens_cached\":%.0f,\"unmetered\":%lu,\"lost\":%lu", b->in,
	    b->out, b->cached, b->unmetered, b->lost);
	if (!b->priced)
		return;
	buf_str(out, ",\"cost\":");
	json_number(out, b->spent);
	buf_str(out, ",\"cost_at_risk\":");
	json_number(out, b->risk);
}
