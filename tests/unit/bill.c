/* Prices, estimates, the ceiling of a run, and what is said of them. */
#include "base/rng.h"
#include "check.h"
#include "llm/bill.h"

static struct bill b;
static struct buf text;

static int
open_bill(const char *price, double most)
{
	buf_reset(&text);
	return bill_open(&b, price, most, &text);
}

static void
test_price(void)
{
	static const char *const bad[] = { "", ",", "1", "1,", ",1", "1,2,",
	    "1,2,3,", "1,2,3,4", "-1,2", "1,-2", "1 ,2", " 1,2", "1e3,2",
	    "0x1,2", "inf,1", "nan,1", "1.2.3,1", ".,1", "1;2", "1,2 " };
	size_t i;

	CHECK(open_bill("0.15,0.6", 0) == 0);
	CHECK(b.price_in == 0.15 && b.price_out == 0.6 &&
	    b.price_cached == 0.15);
	CHECK(open_bill("3,15,0.3", 1) == 0);
	CHECK(b.price_in == 3 && b.price_out == 15 && b.price_cached == 0.3);
	CHECK(open_bill("0,.5", 1) == 0);
	CHECK(open_bill(NULL, 0) == 0 && !b.priced);
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		CHECK(open_bill(bad[i], 0) == -1);
		CHECK(strstr(buf_cstr(&text), "must be IN,OUT") != NULL);
	}
	CHECK(open_bill(NULL, 2) == -1);
	CHECK_STR(buf_cstr(&text), "--max-cost needs --price");
}

static void
test_tokens(void)
{
	CHECK(bill_tokens("", 0) == 0);
	CHECK(bill_tokens("abcdefgh", 8) == 2);
	CHECK(bill_tokens("\xe7\xa3\xa8\xe5\x9d\x8a", 6) == 2);
	CHECK(bill_tokens("abcd\xe7\xa3\xa8", 7) == 2);
}

static void
test_settle(void)
{
	struct bill_hold h;

	CHECK(open_bill("2,10,0.5", 0) == 0);
	bill_hold(&b, 3000, 1000, &h);
	CHECK(h.in == 3000 && h.out == 1000);
	CHECK(h.money > 0.015999 && h.money < 0.016001);
	CHECK(bill_may_send(&b, &h) == 1);
	bill_send(&b, &h);
	CHECK(b.held == h.money && b.flying == 1);
	bill_settle(&b, &h, BILL_PAID, 0, 1000, 200, 400);
	CHECK(b.held == 0 && b.flying == 0 && b.answers == 1);
	CHECK(b.in == 1000 && b.out == 200 && b.cached == 400);
	/* 600 x 2 + 400 x 0.5 + 200 x 10 */
	CHECK(b.spent > 0.003399 && b.spent < 0.003401);
	/* A refusal costs nothing, a loss perhaps all. */
	bill_send(&b, &h);
	bill_settle(&b, &h, BILL_FREE, 0, 0, 0, 0);
	CHECK(b.risk == 0 && b.lost == 0 && b.answers == 1);
	bill_send(&b, &h);
	bill_settle(&b, &h, BILL_LOST, 0, 0, 0, 0);
	CHECK(b.risk == h.money && b.lost == 1 && b.answers == 1);
	/* Sent twice unasked, answered once. */
	bill_send(&b, &h);
	bill_settle(&b, &h, BILL_PAID, 2, 10, 1, 0);
	CHECK(b.lost == 3 && b.answers == 2);
	CHECK(b.risk > 2.99 * h.money && b.risk < 3.01 * h.money);
	/* A server that does not count is taken to have used all. */
	CHECK(open_bill("2,10", 0) == 0);
	bill_send(&b, &h);
	bill_settle(&b, &h, BILL_PAID, 0, 0, 0, 0);
	CHECK(b.unmetered == 1 && b.spent == h.money && b.in == 0);
	/* More cached than there were is no negative price. */
	CHECK(open_bill("2,10,0", 0) == 0);
	bill_send(&b, &h);
	bill_settle(&b, &h, BILL_PAID, 0, 10, 0, 1000);
	CHECK(b.spent == 0 && b.cached == 10);
}

/* One at a time, up to the last cent; then never again. */
static void
test_ceiling(void)
{
	struct bill_hold h, small;
	int i;

	CHECK(open_bill("0,100000", 1) == 0);
	bill_hold(&b, 0, 1, &h);	/* 0.1 */
	bill_hold(&b, 0, 0.5, &small);
	for (i = 0; i < 10; i++) {
		CHECK(bill_may_send(&b, &h) == 1);
		bill_send(&b, &h);
	}
	/* All is held: it may come back, so wait. */
	CHECK(bill_may_send(&b, &h) == 0);
	bill_settle(&b, &h, BILL_FREE, 0, 0, 0, 0);
	CHECK(bill_may_send(&b, &h) == 1);
	bill_send(&b, &h);
	for (i = 0; i < 9; i++)
		bill_settle(&b, &h, BILL_PAID, 0, 0, 1, 0);
	CHECK(bill_may_send(&b, &small) == 0);
	bill_settle(&b, &h, BILL_LOST, 0, 0, 0, 0);
	CHECK(bill_may_send(&b, &small) == -1);
	CHECK(b.spent + b.risk < 1.000001 && b.flying == 0 && b.held == 0);
	/* A request that alone is too dear. */
	CHECK(open_bill("0,100000", 0.05) == 0);
	CHECK(bill_may_send(&b, &h) == -1);
	bill_send(&b, &small);
	CHECK(bill_may_send(&b, &h) == -1);
	CHECK(bill_may_send(&b, &small) == 0);
}

/* Whatever ends how and in which order, the ceiling holds. */
static void
test_random(void)
{
	enum { SLOTS = 16 };
	struct bill_hold h, flying[SLOTS];
	uint64_t rng = 7;
	size_t n = 0, at;
	int i, over = 0, stopped = 0, sent = 0;
	double share;

	CHECK(open_bill("0.15,0.6,0.075", 0.25) == 0);
	for (i = 0; i < 100000 && (!stopped || n > 0); i++) {
		bill_hold(&b, 500 + rng_below(&rng, 4000), 1024, &h);
		if (!stopped && n < SLOTS && rng_below(&rng, 2)) {
			if (bill_may_send(&b, &h) == 1) {
				bill_send(&b, &h);
				flying[n++] = h;
				sent++;
			} else if (bill_may_send(&b, &h) < 0) {
				stopped = 1;
			}
		} else if (n > 0) {
			at = rng_below(&rng, n);
			share = rng_unit(&rng);
			h = flying[at];
			flying[at] = flying[--n];
			bill_settle(&b, &h, rng_below(&rng, 10) == 0 ?
			    BILL_LOST : rng_below(&rng, 5) == 0 ? BILL_FREE :
			    BILL_PAID, 0, h.in * share, h.out * share,
			    h.in * share / 2);
		}
		over += b.spent + b.risk + b.held > 0.25 * (1 + 1e-9);
	}
	CHECK(over == 0);
	CHECK(stopped && n == 0 && sent > 500);
	/* And all but what one request might cost is made use of. */
	CHECK(b.spent + b.risk > 0.25 - 0.0016);
}

static void
line_is(unsigned long requests, const char *want)
{
	buf_reset(&text);
	bill_line(&b, requests, &text);
	CHECK_STR(buf_cstr(&text), want);
}

static void
test_say(void)
{
	CHECK(open_bill(NULL, 0) == 0);
	line_is(0, "0 requests, 0 tokens in, 0 out");
	b.in = 1200000;
	b.cached = 480000;
	b.out = 300000;
	line_is(1, "1 request, 1.2M tokens in (40 % cached), 300k out");
	buf_reset(&text);
	bill_stats(&b, &text);
	CHECK_STR(buf_cstr(&text), "\"tokens_in\":1200000,\"tokens_out\":"
	    "300000,\"tokens_cached\":480000,\"unmetered\":0,\"lost\":0");
	b.priced = 1;
	b.spent = 1.25;
	line_is(1234567, "1,234,567 requests, 1.2M tokens in (40 % cached), "
	    "300k out, about 1.25");
	b.unmetered = 2;
	b.lost = 3;
	b.risk = 0.00348;
	line_is(1000, "1,000 requests, 1.2M tokens in (40 % cached), 300k "
	    "out, about 1.25; not counted by the server: 2; sent and lost: "
	    "3, at most 0.0035");
	buf_reset(&text);
	bill_stats(&b, &text);
	CHECK_STR(buf_cstr(&text), "\"tokens_in\":1200000,\"tokens_out\":"
	    "300000,\"tokens_cached\":480000,\"unmetered\":2,\"lost\":3,"
	    "\"cost\":1.25,\"cost_at_risk\":0.00348");
	b.unmetered = b.lost = 0;
	b.cached = 0;
	b.in = 999;
	b.out = 9960;
	b.spent = 0.0996;
	line_is(999, "999 requests, 999 tokens in, 10k out, about 0.10");
	b.in = 999600;
	b.out = 1000;
	b.spent = 1234.5;
	line_is(1, "1 request, 1.0M tokens in, 1.0k out, about 1234.50");
}

static void
test_plan(void)
{
	CHECK(open_bill(NULL, 0) == 0);
	buf_reset(&text);
	bill_plan(&b, 40, 34110.4, 40960, &text);
	CHECK_STR(buf_cstr(&text), "40 requests, about 34110 tokens in, at "
	    "most 40960 out");
	CHECK(open_bill("0.15,0.6", 0) == 0);
	buf_reset(&text);
	bill_plan(&b, 40, 34110.4, 40960, &text);
	CHECK_STR(buf_cstr(&text), "40 requests, about 34110 tokens in, at "
	    "most 40960 out, so at most about 0.030");
}

int
main(void)
{
	test_price();
	test_tokens();
	test_settle();
	test_ceiling();
	test_random();
	test_say();
	test_plan();
	buf_free(&text);
	return check_end("bill");
}
