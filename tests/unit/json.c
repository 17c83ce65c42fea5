/* The strict scan, strings in and out, numbers; the door to cJSON. */
#include <stdio.h>
#include <stdlib.h>

#include "rec/doc.h"
#include "rec/json.h"
#include "check.h"

static int
scan(const char *s, size_t len)
{
	struct json_scan j = { .v = NULL };
	struct buf why = BUF_INIT;
	/* Of its very size on the heap, so that a read beyond it shows. */
	char *exact = malloc(len ? len : 1);
	int r;

	memcpy(exact, s, len);
	r = json_scan(&j, exact, len, &why);
	CHECK((r == 0) == (why.len == 0));
	json_scan_free(&j);
	buf_free(&why);
	free(exact);
	return r;
}

static void
test_valid(void)
{
	static const char *const good[] = { "{}", "[]", " {} ", "1", "-0",
	    "0.5", "1e5", "1E+5", "-1.25e-7", "1e400", "\"\"", "\"a\"",
	    "true", "false", "null", "{\"a\":1}", "{\"a\":[{},[]],\"b\":{}}",
	    "[1,2 , 3]", "{\"a\":1,\"a\":2}", "\"\\u0000\"", "\"\\ud800\"",
	    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u12aF\"", "\"\xc3\xa9\"",
	    "\"\xe4\xb8\xad\"", "\"\xf0\x9f\x98\x80\"", "\"\x7f\"",
	    "\t{\r\n\"a\" : 1}\n", "123456789012345678901234567890" };
	static const char *const bad[] = { "", " ", "{", "}", "[", "{\"a\"}",
	    "{\"a\":}", "{\"a\":1,}", "[1,]", "[,1]", "{a:1}", "01", "1.",
	    ".5", "+1", "0x10", "1e", "-", "NaN", "Infinity", "tru", "nul",
	    "\"", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\t\"",
	    "\"\n\"", "{} {}", "1 2", "{}x", "[1 2]", "{\"a\" 1}",
	    "{\"a\":1 \"b\":2}", "\"\x80\"", "\"\xc0\xaf\"", "\"\xed\xa0\x80\"",
	    "\"\xf4\x90\x80\x80\"", "\"\xe4\xb8\"", "\"\xff\"", "[1}", "{]",
	    "\xef\xbb\xbf{}", "'a'" };
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(*good); i++)
		check_at(scan(good[i], strlen(good[i])) == 0, __FILE__,
		    __LINE__, good[i]);
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		check_at(scan(bad[i], strlen(bad[i])) == -1, __FILE__,
		    __LINE__, bad[i]);
	CHECK(scan("\"a\0b\"", 5) == -1);
	CHECK(scan("{}\0", 3) == -1);
}

/* Every prefix of a valid text is invalid, at every length. */
static void
test_prefixes(void)
{
	static const char text[] = "{\"k\\u0041\":[1.5e-3,{\"x\":null}],"
	    "\"long enough to go by eight\":\"\xe4\xb8\xad\xe6\x96\x87 and "
	    "\xf0\x9f\x98\x80\",\"t\":true}";
	size_t n;

	for (n = 0; n < sizeof(text) - 1; n++)
		CHECK(scan(text, n) == -1);
	CHECK(scan(text, sizeof(text) - 1) == 0);
}

static void
test_deep(void)
{
	enum { DEEP = 100000 };
	char *s = malloc(2 * DEEP);

	memset(s, '[', DEEP);
	memset(s + DEEP, ']', DEEP);
	CHECK(scan(s, 2 * DEEP) == 0);
	CHECK(scan(s, 2 * DEEP - 1) == -1);
	free(s);
}

static void
test_members(void)
{
	static const char text[] = "{ \"a\" : 1 ,\"b\":\"x\\n\", "
	    "\"c\":{\"d\":[1]}, \"e\":null }";
	struct json_scan j = { .v = NULL };
	struct buf why = BUF_INIT;

	CHECK(json_scan(&j, text, sizeof(text) - 1, &why) == 0);
	CHECK(j.n == 4 && j.kind == JSON_OBJECT && j.depth == 3);
	CHECK(strncmp(text + j.v[0].key, "a\"", 2) == 0);
	CHECK(j.v[0].val_len == 1 && j.v[0].kind == JSON_NUMBER);
	CHECK(j.v[1].kind == JSON_STRING && !j.v[1].val_plain);
	CHECK(strncmp(text + j.v[2].val, "{\"d\":[1]}", j.v[2].val_len) == 0);
	CHECK(j.v[3].kind == JSON_NULL);
	CHECK(text[j.end] == '}');
	json_scan_free(&j);
	buf_free(&why);
}

static const char *
unquote(const char *raw)
{
	static struct buf b;

	buf_reset(&b);
	return json_unquote(raw, strlen(raw), &b) < 0 ? NULL : buf_cstr(&b);
}

static int
is(const char *raw, const char *text)
{
	return json_is(raw, strlen(raw), text, strlen(text));
}

static void
compares(void)
{
	CHECK(is("\"ab\"", "ab") && is("\"\"", ""));
	CHECK(!is("\"ab\"", "a") && !is("\"a\"", "ab"));
	CHECK(!is("\"ab\"", "aB"));
	CHECK(is("\"\\u0061\\n\\\"\"", "a\n\""));
	CHECK(is("\"\\u6cb3x\"", "\xe6\xb2\xb3x"));
	CHECK(is("\"\\ud83d\\ude00\"", "\xf0\x9f\x98\x80"));
	CHECK(!is("\"\\ud83d\"", "\xf0") && !is("\"\\u0000\"", ""));
	CHECK(!is("\"\\u6cb3\"", "\xe6\xb2"));
}

static const char *
quote(const char *s, size_t len)
{
	static struct buf b;

	buf_reset(&b);
	json_quote(&b, s, len);
	return buf_cstr(&b);
}

static void
test_strings(void)
{
	CHECK_STR(unquote("\"a\\n\\u00e9\\ud83d\\ude00\\/\""),
	    "a\n\xc3\xa9\xf0\x9f\x98\x80/");
	CHECK(unquote("\"\\u0000\"") == NULL);
	CHECK(unquote("\"\\ud800\"") == NULL);
	CHECK(unquote("\"\\udc00\"") == NULL);
	CHECK(unquote("\"\\ud83d\\u0041\"") == NULL);
	CHECK_STR(quote("a\"\\\n\x01\x1f", 6),
	    "\"a\\\"\\\\\\n\\u0001\\u001f\"");
	CHECK_STR(quote("\xe2\x80\xa8\xe2\x80\xa9\xc2\x85", 8),
	    "\"\\u2028\\u2029\\u0085\"");
	CHECK_STR(quote("\xff\xe4\xb8\xad", 4),
	    "\"\xef\xbf\xbd\xe4\xb8\xad\"");
	CHECK_STR(quote("", 0), "\"\"");
	CHECK_STR(quote("a\0b", 3), "\"a\\u0000b\"");
}

static const char *
number(double x)
{
	static struct buf b;

	buf_reset(&b);
	json_number(&b, x);
	return buf_cstr(&b);
}

static void
test_numbers(void)
{
	CHECK_STR(number(0), "0");
	CHECK_STR(number(-0.0), "0");
	CHECK_STR(number(0.1), "0.1");
	CHECK_STR(number(0.1 + 0.2), "0.30000000000000004");
	CHECK_STR(number(1e300), "1e+300");
	CHECK_STR(number(123456789), "123456789");
	CHECK_STR(number(-2.5), "-2.5");
	CHECK_STR(number(0.001), "0.001");
	CHECK_STR(number(1e-4), "0.0001");
	CHECK_STR(number(1e-5), "1e-05");
	CHECK_STR(number(999999.999), "999999.999");
	CHECK_STR(number(1234567.125), "1234567.125");
}

/* The short way to few decimals writes what printf does. */
static void
test_decimals(void)
{
	char want[40];
	long n;
	int bad = 0;

	for (n = -12345; n <= 12345; n++) {
		double x = (double)n * 7 / 1000;

		snprintf(want, sizeof(want), "%.15g", x == 0 ? 0 : x);
		bad += strcmp(number(x), want) != 0 || strtod(want, NULL) != x;
	}
	CHECK(bad == 0);
}

static struct doc *
parse(const char *s)
{
	struct buf why = BUF_INIT;
	struct doc *d = doc_parse(s, strlen(s), &why);

	CHECK((d == NULL) == (why.len > 0));
	buf_free(&why);
	return d;
}

static void
test_doc(void)
{
	struct doc *d = parse("{\"a\":[1,\"x\"],\"b\":{\"c\":2.5},\"d\":1,"
	    "\"d\":2,\"A\":3}");
	char deep[500];
	double x = 0;

	CHECK(d != NULL);
	CHECK(doc_count(doc_get(d, "a")) == 2);
	CHECK_STR(doc_text(doc_at(doc_get(d, "a"), 1)), "x");
	CHECK(doc_number(doc_get(doc_get(d, "b"), "c"), &x) && x == 2.5);
	CHECK(doc_get(d, "d") == NULL);		/* there twice */
	CHECK(doc_get(d, "B") == NULL);
	CHECK(doc_get(NULL, "a") == NULL && doc_at(d, 0) == NULL);
	CHECK(doc_text(doc_get(d, "b")) == NULL);
	doc_free(d);
	CHECK(parse("{\"a\":\"\\u0000\"}") == NULL);
	CHECK(parse("{\"a\":\"\\ud800\"}") == NULL);
	CHECK(parse("{} x") == NULL);
	CHECK(parse("{\"a\":0x10}") == NULL);
	memset(deep, '[', 250);
	memset(deep + 250, ']', 250);
	deep[499] = '\0';
	CHECK(parse(deep) == NULL);
}

int
main(void)
{
	test_valid();
	test_prefixes();
	test_deep();
	test_members();
	test_strings();
	test_numbers();
	test_decimals();
	test_doc();
	compares();
	return check_end("json");
}
