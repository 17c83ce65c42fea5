/*
 * A stream of events.  What is joined is a document that the reader of plain
 * replies takes, with a text only where the stream is whole; a stream that
 * is cut before its [DONE] is none when nothing else shows its end.  Signs of
 * life are the same however the bytes arrive.
 */
#include <string.h>

#include "llm/chat.h"
#include "llm/sse.h"
#include "fuzz.h"

static int
join(const char *s, size_t len, int framed, struct buf *out)
{
	struct buf why = BUF_INIT;
	int r;

	buf_reset(out);
	buf_str(out, "x");
	r = sse_join(s, len, framed, out, &why);
	MUST(r == 0 || (out->len == 1 && why.len > 0));
	MUST(out->s[0] == 'x');
	buf_free(&why);
	return r == 0;
}

static void
check_reply(const struct buf *out)
{
	struct chat_reply r = { .truncated = 0 };
	struct buf why = BUF_INIT;

	MUST(chat_parse(out->s + 1, out->len - 1, &r, &why) == 0);
	MUST(memchr(out->s, '\n', out->len) == NULL);
	MUST(!r.has_error || r.text.len == 0);
	chat_reply_free(&r);
	buf_free(&why);
}

/* A stream that stops before the first [DONE], and has no frame. */
static void
check_cut(const char *s, size_t len, struct buf *out)
{
	const char *done = strstr(s, "[DONE]");
	struct chat_reply r = { .truncated = 0 };
	struct buf why = BUF_INIT;

	len = done != NULL ? (size_t)(done - s) : len;
	if (!join(s, len, 0, out))
		return;
	/* It ended in an error then. */
	MUST(chat_parse(out->s + 1, out->len - 1, &r, &why) == 0);
	MUST(r.has_error);
	chat_reply_free(&r);
	buf_free(&why);
}

static void
check_progress(const char *s, size_t len)
{
	struct sse_alive whole = { 0, 0 }, bytes = { 0, 0 }, two = { 0, 0 };
	int once = sse_progress(&whole, s, len), any = 0, half;
	size_t i;

	for (i = 0; i < len; i++)
		any |= sse_progress(&bytes, s + i, 1);
	half = sse_progress(&two, s, len / 3);
	half |= sse_progress(&two, s + len / 3, len - len / 3);
	MUST(!once == !any && !once == !half);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct buf text = BUF_INIT, out = BUF_INIT;
	int open;

	buf_add(&text, data, len);
	open = join(buf_cstr(&text), text.len, 0, &out);
	if (open)
		check_reply(&out);
	if (join(buf_cstr(&text), text.len, 1, &out))
		check_reply(&out);
	else
		MUST(!open);
	if (strlen(buf_cstr(&text)) == text.len)
		check_cut(buf_cstr(&text), text.len, &out);
	check_progress(buf_cstr(&text), text.len);
	buf_free(&text);
	buf_free(&out);
	return 0;
}
