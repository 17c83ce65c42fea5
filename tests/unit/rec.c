/* Records: look-ups, splicing, failed forms. */
#include <stdlib.h>

#include "base/die.h"
#include "base/mem.h"
#include "rec/rec.h"
#include "check.h"

static struct rec r;

static void
set(const char *line)
{
	CHECK(rec_take(&r, mem_dup(line, strlen(line)), strlen(line), "f", 1)
	    == 0);
}

/* The line as it goes out, without its newline. */
static const char *
line(void)
{
	static struct buf b;

	buf_reset(&b);
	CHECK(rec_line(&r, &b) == 0);
	CHECK(b.len > 0 && b.s[b.len - 1] == '\n');
	b.s[b.len - 1] = '\0';
	return b.s;
}

static void
test_get(void)
{
	struct buf b = BUF_INIT;
	const char *raw;
	size_t n;
	double x;
	long k;

	set("{\"t\":\"a\\u0041\",\"n\":1.5,\"i\":12,\"z\":null,\"d\":1,"
	    "\"d\":2,\"s\":\"\\ud800\",\"\\u0065\":true,\"h\":1e999}");
	CHECK(rec_text(&r, "t", &b) == 1);
	CHECK_STR(buf_cstr(&b), "aA");
	CHECK(rec_text(&r, "n", &b) == -1);
	CHECK_STR(buf_cstr(&r.why), "member 'n' is no string");
	CHECK(rec_text(&r, "none", &b) == 0 && rec_text(&r, "z", &b) == 0);
	CHECK(rec_text(&r, "s", &b) == -1);
	CHECK(rec_number(&r, "n", &x) == 1 && x == 1.5);
	CHECK(rec_number(&r, "h", &x) == -1);
	CHECK(rec_number(&r, "d", &x) == -1);
	CHECK(rec_integer(&r, "i", &k) == 1 && k == 12);
	CHECK(rec_integer(&r, "n", &k) == -1);
	CHECK(rec_has(&r, "z") && rec_has(&r, "d") && !rec_has(&r, "q"));
	CHECK(rec_raw(&r, "e", &raw, &n) == 1 && n == 4);	/* escaped */
	buf_free(&b);
}

static void
test_need(void)
{
	struct buf b = BUF_INIT;

	set("{\"t\":\"a\",\"n\":1,\"z\":null,\"d\":\"1\",\"d\":\"2\"}");
	buf_str(&b, "old");
	CHECK(rec_need_text(&r, "t", &b) == 0);
	CHECK_STR(buf_cstr(&b), "a");
	CHECK(rec_need_text(&r, "n", &b) == -1);
	CHECK_STR(buf_cstr(&r.why), "member 'n' is no string");
	CHECK(rec_need_text(&r, "z", &b) == -1);
	CHECK_STR(buf_cstr(&r.why), "no member 'z'");
	CHECK(rec_need_text(&r, "d", &b) == -1);
	CHECK_STR(buf_cstr(&r.why), "member 'd' is there twice");
	CHECK(rec_need_text(&r, "none", &b) == -1);
	CHECK_STR(buf_cstr(&r.why), "no member 'none'");
	CHECK(b.len == 0);
	buf_free(&b);
}

static void
test_set(void)
{
	static const char odd[] = "{ \"a\" :1 ,  \"b\": 9007199254740993,"
	    "\"c\":[ ] }\r";

	set(odd);
	CHECK_STR(line(), odd);
	rec_set_text(&r, "b", "x\n", 2);
	CHECK_STR(line(), "{ \"a\" :1 ,  \"b\": \"x\\n\",\"c\":[ ] }\r");
	rec_set_integer(&r, "b", 7);		/* a later one replaces it */
	rec_set_number(&r, "new", 0.5);
	CHECK_STR(line(),
	    "{ \"a\" :1 ,  \"b\": 7,\"c\":[ ] ,\"new\":0.5}\r");
	rec_set_raw(&r, "new", "[]", 2);
	CHECK_STR(line(), "{ \"a\" :1 ,  \"b\": 7,\"c\":[ ] ,\"new\":[]}\r");
	rec_drop(&r, "new");
	rec_revert(&r);
	CHECK_STR(line(), odd);
	set("{}");
	rec_set_integer(&r, "a", 1);
	CHECK_STR(line(), "{\"a\":1}");
	rec_set_integer(&r, "b", 2);
	CHECK_STR(line(), "{\"a\":1,\"b\":2}");
	rec_drop(&r, "a");
	CHECK_STR(line(), "{\"b\":2}");
}

static void
test_drop(void)
{
	set("{\"a\":1, \"b\":2, \"c\":3}");
	rec_drop(&r, "a");
	CHECK_STR(line(), "{\"b\":2, \"c\":3}");
	rec_drop(&r, "b");
	CHECK_STR(line(), "{\"c\":3}");
	rec_drop(&r, "c");
	CHECK_STR(line(), "{}");
	rec_set_integer(&r, "d", 4);
	CHECK_STR(line(), "{\"d\":4}");
	set("{\"a\":1, \"b\":2, \"c\":3}");
	rec_drop(&r, "c");
	rec_drop(&r, "none");
	CHECK_STR(line(), "{\"a\":1, \"b\":2}");
	set("{\"x\":1,\"x\":2,\"y\":3}");	/* twice: one is left */
	rec_set_integer(&r, "x", 5);
	CHECK_STR(line(), "{\"x\":5,\"y\":3}");
}

static void
test_fail(void)
{
	struct rec child = REC_INIT;
	struct buf b = BUF_INIT;

	die_init("ac-test");
	set("{\"a\":1}");
	rec_set_integer(&r, "lost", 1);
	rec_fail(&r, "http", "our text", 503);
	CHECK_STR(line(), "{\"a\":1,\"error\":{\"by\":\"ac-test\","
	    "\"code\":\"http\",\"message\":\"our text\",\"status\":503}}");
	set(line());
	CHECK(rec_foreign_error(&r) == 0);	/* own: to be tried again */
	CHECK_STR(line(), "{\"a\":1}");
	rec_fail(&r, "timeout", "m", 0);
	CHECK_STR(line(), "{\"a\":1,\"error\":{\"by\":\"ac-test\","
	    "\"code\":\"timeout\",\"message\":\"m\"}}");
	set("{\"error\":{\"by\":\"ac-other\"}}");
	CHECK(rec_foreign_error(&r) == 1);
	set("{\"error\":\"text\"}");
	CHECK(rec_foreign_error(&r) == 1);
	set("{\"error\":null}");
	CHECK(rec_foreign_error(&r) == 1);

	set("no JSON \xe4\xb8\xad");
	CHECK_STR(r.bad, "bad_json");
	rec_fail(&r, r.bad, "m", 0);
	CHECK_STR(line(), "{\"error\":{\"by\":\"ac-test\",\"code\":"
	    "\"bad_json\",\"message\":\"m\"},\"raw\":\"no JSON "
	    "\xe4\xb8\xad\"}");
	set("\xff!");
	rec_fail(&r, r.bad, "m", 0);
	CHECK_STR(line(), "{\"error\":{\"by\":\"ac-test\",\"code\":"
	    "\"bad_json\",\"message\":\"m\"},\"raw64\":\"/yE=\"}");
	set("[1]");
	CHECK_STR(r.bad, "not_object");

	set("{\"id\":\"a\",\"u\":[1]}");
	rec_set_text(&r, "id", "b", 1);
	CHECK(rec_derive(&child, &r) == 0);
	CHECK(rec_text(&child, "id", &b) == 1);
	CHECK_STR(buf_cstr(&b), "b");
	rec_free(&child);
	buf_free(&b);
}

int
main(void)
{
	test_get();
	test_need();
	test_set();
	test_drop();
	test_fail();
	rec_free(&r);
	return check_end("rec");
}
