/*
 * A server's reply and a model's answer.  What is taken is a whole JSON
 * object and its text is text; a reply that is cut anywhere is none.
 */
#include <string.h>

#include "llm/answer.h"
#include "llm/chat.h"
#include "llm/logprob.h"
#include "fuzz.h"
#include "rec/json.h"
#include "text/utf8.h"

static int
parses(const char *s, size_t len, enum llm_want want, struct chat_reply *r)
{
	struct buf why = BUF_INIT;
	int ok;

	memset(r, 0, sizeof(*r));
	r->want = want;
	ok = chat_parse(s, len, r, &why) == 0;
	MUST(ok || why.len > 0);
	buf_free(&why);
	return ok;
}

static int
is_text(const struct buf *b)
{
	return strlen(buf_cstr(b)) == b->len &&
	    utf8_valid(buf_cstr(b), b->len) == b->len;
}

static int
is_object(const char *s, size_t len)
{
	struct json_scan scan = { .n = 0 };
	struct buf why = BUF_INIT;
	int ok = json_scan(&scan, s, len, &why) == 0 &&
	    scan.kind == JSON_OBJECT;

	json_scan_free(&scan);
	buf_free(&why);
	return ok;
}

static void
reply(const char *s, size_t len)
{
	struct chat_reply r, cut;
	size_t end = len, at;

	if (!parses(s, len, LLM_ANSWER, &r)) {
		chat_reply_free(&r);
		return;
	}
	MUST(is_object(s, len));
	MUST(is_text(&r.text) && is_text(&r.error_text) &&
	    is_text(&r.error_code));
	MUST(r.tokens_in >= 0 && r.tokens_out >= 0 && r.tokens_cached >= 0);
	MUST(r.error_status == 0 || (r.error_status >= 100 &&
	    r.error_status < 1000));
	while (end > 0 && strchr(" \t\r\n", s[end - 1]) != NULL)
		end--;
	at = end > 16 ? end - 16 : 0;
	for (; at < end; at++) {
		MUST(!parses(s, at, LLM_ANSWER, &cut));
		chat_reply_free(&cut);
	}
	chat_reply_free(&r);
}

/* An answer in any dress is an object, or there is a reason for none. */
static void
answer(const char *s, size_t len)
{
	static const struct answer_field fields[] = {
		{ "question", "q|问题", ANSWER_LINE },
		{ "cut", "cut after|切分", ANSWER_NUMBER },
		{ "first", "part 1|第一部分", ANSWER_TEXT },
		{ NULL, NULL, 0 }
	};
	struct buf why = BUF_INIT;
	struct doc *d = answer_object(s, len, &why);

	MUST(d != NULL ? doc_kind(d) == JSON_OBJECT : why.len > 0);
	doc_free(d);
	buf_reset(&why);
	d = answer_read(s, len, fields, &why);
	MUST(d != NULL ? doc_kind(d) == JSON_OBJECT : why.len > 0);
	doc_free(d);
	buf_free(&why);
}

/* Numbers in their range, or a reason for none. */
static void
logprobs(const char *s, size_t len)
{
	static const char text[] = "a b, 你好鑫 a";
	struct buf why = BUF_INIT;
	struct logprob_sum sum;
	double odds;
	int r;

	r = logprob_yes(s, len, &odds, &why);
	MUST(r == 0 ? odds > -300 && odds < 300 : why.len > 0);
	buf_reset(&why);
	r = logprob_text(s, len, text, 5, &sum, &why);
	MUST(r == 0 ? sum.n > 0 && sum.least >= LOGPROB_LEAST &&
	    sum.mean <= 0 && sum.least <= sum.mean + 1e-9 : why.len > 0);
	buf_free(&why);
}

static void
choices(const char *s, size_t len)
{
	struct chat_reply r;

	if (parses(s, len, LLM_CHOICES, &r) && !r.has_error)
		logprobs(buf_cstr(&r.text), r.text.len);
	chat_reply_free(&r);
	logprobs(s, len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct buf text = BUF_INIT;

	answer((const char *)data, len);
	/* A reply is text with a NUL behind it, as a buffer has. */
	buf_add(&text, data, len);
	reply(buf_cstr(&text), text.len);
	choices(buf_cstr(&text), text.len);
	buf_free(&text);
	return 0;
}
