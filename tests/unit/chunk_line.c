/* ac-chunk's lines: what a chunk of a file and one of a record say. */
#include "base/mem.h"
#include "check.h"
#include "cmd/chunk_line.h"

static struct origin from;
static struct buf line;

/* A record of file "in.ndjson", line 7, whose text is in the member `t`. */
static void
take(const char *s)
{
	struct rec r = REC_INIT;

	CHECK(rec_take(&r, mem_dup(s, strlen(s)), strlen(s), "in.ndjson", 7)
	    == 0);
	CHECK(origin_record(&from, &r, "t") == 0);
	rec_free(&r);
}

/* Of a chunk of three bytes. */
static const char *
chunk(const char *section)
{
	const struct chunk k = { "a\"c", 3, 10, 13, 3, section, NULL };

	CHECK(chunk_line(&from, &k, &line) == 0);
	return buf_cstr(&line);
}

/* The first digits of that text's SHA-256. */
#define ID "a4da799fdfee19a0"

static void
test_file(void)
{
	const struct chunk heading = { "# A\n", 4, 0, 4, 4, "", "heading" };

	CHECK(origin_file(&from, "a \"b\".txt") == 0);
	CHECK_STR(chunk(""), "{\"id\":\"" ID "\",\"root\":\"" ID "\","
	    "\"root_chars\":3,\"doc\":\"a \\\"b\\\".txt\",\"start\":10,"
	    "\"end\":13,\"context\":\"a\\\"c\"}\n");
	CHECK(strstr(chunk("A > \"B\""), "\"end\":13,\"section\":"
	    "\"A > \\\"B\\\"\",\"context\":") != NULL);
	CHECK(chunk_dropped(&from, &heading, &line) == 0);
	CHECK_STR(buf_cstr(&line), "{\"doc\":\"a \\\"b\\\".txt\",\"start\":0,"
	    "\"end\":4,\"rule\":\"heading\",\"raw\":\"# A\\n\"}\n");
	CHECK(chunk_place(&from, 5000000000, &line) == 0);
	CHECK_STR(buf_cstr(&line), "{\"doc\":\"a \\\"b\\\".txt\","
	    "\"start\":5000000000}");
}

static void
test_record(void)
{
	take("{\"t\":\"a\\\"c\",\"id\":\"x\",\"lang\": \"en\",\"score\":1,"
	    "\"n\":[1, 2],\"context\":\"old\"}");
	CHECK(strstr(chunk(""), "\"doc\":\"x\",") != NULL);
	CHECK(strstr(chunk(""), "\"context\":\"a\\\"c\",\"lang\":\"en\","
	    "\"n\":[1, 2]}\n") != NULL);
	CHECK(strstr(chunk(""), "score") == NULL);
	CHECK(strstr(chunk(""), "\"t\":") == NULL);

	/* Its name: `doc` before `id` before the place, if it is a text. */
	take("{\"id\":\"x\",\"doc\":\"d\\u0065\"}");
	CHECK(strstr(chunk(""), "\"doc\":\"de\",") != NULL);
	take("{\"id\":5}");
	CHECK(strstr(chunk(""), "\"doc\":\"in.ndjson:7\",") != NULL);

	/* A file has no members, whatever came before it. */
	take("{\"more\":1}");
	CHECK(strstr(chunk(""), ",\"more\":1}") != NULL);
	CHECK(origin_file(&from, "f") == 0);
	CHECK(strstr(chunk(""), "more") == NULL);
}

int
main(void)
{
	test_file();
	test_record();
	origin_free(&from);
	buf_free(&line);
	return check_end("chunk_line");
}
