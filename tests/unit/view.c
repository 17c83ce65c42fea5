/* Views: what they find is what a tree of the same text has. */
#include "rec/doc.h"
#include "rec/view.h"
#include "check.h"

static const char *const names[] = { "a", "b", "long name", NULL };

/* The same kind of the same value, or none in both. */
static int
is_same(const struct view *v, const struct doc *d)
{
	struct buf text = BUF_INIT;
	double x = 0, y = 0;
	int same = (v->s == NULL) == (d == NULL) &&
	    view_kind(v) == doc_kind(d) &&
	    view_number(v, &x) == doc_number(d, &y) && x == y;

	if (view_text(v, &text) > 0)
		same = same && doc_text(d) != NULL &&
		    strcmp(buf_cstr(&text), doc_text(d)) == 0;
	buf_free(&text);
	return same;
}

static void
compare(const char *text)
{
	struct buf why = BUF_INIT;
	struct doc *d = doc_parse(text, strlen(text), &why);
	struct view root, first, at[3], scanned[3];
	size_t n;
	int i;

	buf_reset(&why);
	CHECK(view_open(&root, text, strlen(text), &why) == 0);
	check_at(d != NULL && is_same(&root, d), __FILE__, __LINE__, text);
	view_get(&root, names, at);
	CHECK(view_scan(&root, text, strlen(text), names, scanned,
	    &why) == 0);
	for (i = 0; i < 3; i++) {
		check_at(is_same(&at[i], doc_get(d, names[i])), __FILE__,
		    __LINE__, text);
		check_at(at[i].s == scanned[i].s && (at[i].s == NULL ||
		    at[i].len == scanned[i].len), __FILE__, __LINE__, text);
	}
	for (i = 0; i < 3; i++) {
		first = view_first(&at[i]);
		for (n = 0; first.s != NULL; n++) {
			check_at(is_same(&first, doc_at(doc_get(d, names[i]),
			    n)), __FILE__, __LINE__, text);
			first = view_next(&first);
		}
		check_at(view_kind(&at[i]) != JSON_ARRAY ||
		    n == doc_count(doc_get(d, names[i])), __FILE__, __LINE__,
		    text);
	}
	doc_free(d);
	buf_free(&why);
}

static void
test_compare(void)
{
	static const char *const texts[] = { "{}", " { } ", "[]", "1", "null",
	    "\"a\"", "{\"a\":1}", "{\"a\":-1.5e3 ,\"b\":true}",
	    "\t{ \"b\" : [ ] , \"a\" : { } }\r\n",
	    "{\"a\":[1 , \"],\",{\"b\":[2,3]},[4,[5]] ],\"b\":[null]}",
	    "{\"a\":[\"]\",\"}\"],\"b\":[{\"a\":\"{\"},2]}",
	    "{\"a\":\"\\\"\",\"b\":\"\\\\\",\"long name\":\"\\\\\\\"\"}",
	    "{\"\\\\\":1,\"\\\"\":2,\"a\":[\"\\\\\",\"\"]}",
	    "{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":1,\"a\":2,\"a\":3}",
	    "{\"\\u0061\":\"\\u4e2d\\n\",\"b\":\"\"}",
	    "{\"A\":1,\"ab\":2,\"\":3,\"long\":4,\"long names\":5}",
	    "{\"x\":{\"a\":1},\"y\":[[[{\"a\":\"]}\"}]]],\"b\":[[1,2],3]}",
	    "{\"a\":null,\"b\":[null],\"long name\":[false]}",
	    "{\"a\":\"\xe4\xb8\xad\xe6\x96\x87\","
	    "\"b\":[\"\xf0\x9f\x98\x80\"]}" };
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		compare(texts[i]);
}

static void
test_refused(void)
{
	static const char *const texts[] = { "", "{", "{\"a\":1", "[1,]",
	    "{} {}", "{\"a\":\"\\u0000\"}", "\"\xff\"" };
	struct buf why = BUF_INIT;
	struct view v;
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		buf_reset(&why);
		check_at(view_open(&v, texts[i], strlen(texts[i]), &why) < 0 &&
		    why.len > 0, __FILE__, __LINE__, texts[i]);
	}
	buf_free(&why);
}

/* A lone surrogate hurts whoever reads it, and nobody else. */
static void
test_surrogate(void)
{
	static const char text[] = "{\"\\ud800\":0,\"a\":\"\\ud800\",\"b\":1}";
	struct buf out = BUF_INIT;
	struct view root, at[3];
	double x;

	CHECK(view_open(&root, text, strlen(text), &out) == 0);
	view_get(&root, names, at);
	CHECK(view_text(&at[0], &out) == -1);
	CHECK(view_number(&at[1], &x) && x == 1);
	buf_free(&out);
}

int
main(void)
{
	test_compare();
	test_refused();
	test_surrogate();
	return check_end("view");
}
