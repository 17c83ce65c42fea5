/*
 * A prompt file.  One that is taken has messages and a hash; filled, it is a
 * JSON array of them in which no hole is left.
 */
#include <string.h>

#include "llm/prompt.h"
#include "rec/doc.h"
#include "fuzz.h"

static int
has_hole(const char *s)
{
	size_t n;

	for (; (s = strstr(s, "{{")) != NULL; s++) {
		n = strspn(s + 2, "abcdefghijklmnopqrstuvwxyz"
		    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
		if (n > 0 && s[n + 2] == '}' && s[n + 3] == '}')
			return 1;
	}
	return 0;
}

static void
check_filled(const struct prompt *p, const struct buf *filled)
{
	struct buf why = BUF_INIT;
	struct doc *d = doc_parse(buf_cstr(filled), filled->len, &why);
	const char *role, *text;
	size_t i;

	MUST(d != NULL && doc_kind(d) == JSON_ARRAY);
	MUST(doc_count(d) == p->n && p->n > 0);
	for (i = 0; i < p->n; i++) {
		role = doc_text(doc_get(doc_at(d, i), "role"));
		text = doc_text(doc_get(doc_at(d, i), "content"));
		MUST(role != NULL && text != NULL);
		MUST(i > 0 ? strcmp(role, "system") != 0 : 1);
		MUST(!has_hole(text));
	}
	MUST(strcmp(role, "user") == 0);
	doc_free(d);
	buf_free(&why);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const char *const names[] = { "context", "question", NULL };
	static const char value[] = "a \"b\"\n\\ \xe6\xb2\xb3";
	const struct hole holes[] = { { "context", value, strlen(value) },
		{ "question", "?", 1 }, { NULL, NULL, 0 } };
	const char *defined[] = { "style=of {{context} old" };
	const struct opt_list define = { defined, 1, 1 };
	const char *path = fuzz_file(data, len);
	struct prompt p;
	struct buf why = BUF_INIT, out = BUF_INIT;

	if (prompt_load(&p, path, "en", names, &define, &why) < 0) {
		MUST(why.len > 0);
	} else {
		MUST(strlen(p.hash) == 16);
		prompt_fill(&p, holes, &define, NULL, &out);
		MUST(buf_ok(&out));
		check_filled(&p, &out);
		prompt_free(&p);
	}
	buf_free(&why);
	buf_free(&out);
	return 0;
}
