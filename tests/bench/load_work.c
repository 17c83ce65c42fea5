#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/rng.h"

/* A whole response: head and body. */
static void
response(struct buf *out, const char *status, const char *body)
{
	buf_fmt(out, "HTTP/1.1 %s\r\nContent-Type: application/json\r\n"
	    "x-request-id: req_0123456789abcdef0123456789abcdef\r\n"
	    "Content-Length: %zu\r\n\r\n%s", status, strlen(body), body);
}

/* What hosted servers send: the text and much beside it, 1.2 kB. */
void
load_prepare(struct load *l)
{
	struct buf body = BUF_INIT;
	const char *at;

	buf_str(&body, "{\"id\":\"chatcmpl-0123456789abcdefghijklmnopqrs\","
	    "\"object\":\"chat.completion\",\"created\":1767225600,"
	    "\"model\":\"a-model-2026-01-01\",\"choices\":[{\"index\":0,"
	    "\"message\":{\"role\":\"assistant\",\"content\":"
	    "\"{\\\"question\\\": \\\"What did the keeper of lighthouse "
	    "00000000 do for the harbour, for the market and for the town "
	    "in the years after it was sold?\\\"}\",\"refusal\":null,"
	    "\"annotations\":[]},\"logprobs\":null,"
	    "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":820,"
	    "\"completion_tokens\":31,\"total_tokens\":851,"
	    "\"prompt_tokens_details\":{\"cached_tokens\":0,"
	    "\"audio_tokens\":0},\"completion_tokens_details\":{"
	    "\"reasoning_tokens\":0,\"audio_tokens\":0,"
	    "\"accepted_prediction_tokens\":0,"
	    "\"rejected_prediction_tokens\":0}},"
	    "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_");
	while (body.len < 1198)
		buf_byte(&body, 'f');
	buf_str(&body, "\"}");
	response(&l->answer, "200 OK", buf_cstr(&body));
	at = strstr(buf_cstr(&l->answer), "00000000 do");
	l->number = (size_t)(at - l->answer.s);
	response(&l->refusal, "429 Too Many Requests", "{\"error\":{"
	    "\"message\":\"Rate limit reached.\",\"type\":\"requests\","
	    "\"param\":null,\"code\":\"rate_limit_exceeded\"}}");
	if (!buf_ok(&body) || !buf_ok(&l->answer) || !buf_ok(&l->refusal))
		die(AC_BUG, "out of memory");
	buf_free(&body);
}

/* How many are worked at changes by `by`. */
static void
work(struct load *l, int by, double now)
{
	l->area += (double)l->working * (now - l->changed);
	l->changed = now;
	l->working = (unsigned long)((long)l->working + by);
}

void
load_stats(const struct load *l, struct buf *out)
{
	double seconds = l->last - l->first;
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	buf_fmt(out, "{\"requests\":%lu,\"answers\":%lu,\"refusals\":%lu,"
	    "\"peak\":%lu,\"busy\":%.2f,\"seconds\":%.3f,\"span\":%.3f,"
	    "\"cpu\":%.3f}\n",
	    l->requests, l->answers, l->refusals, l->peak,
	    seconds > 0 ? l->area_last / seconds : 0, seconds,
	    l->ended - l->first,
	    (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	    (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6);
}

/* Replies are small: what does not fit a socket at once is a broken client. */
static void
reply(struct conn *c, const struct buf *b)
{
	if (!c->closed && send(c->fd, b->s, b->len, MSG_NOSIGNAL) !=
	    (ssize_t)b->len)
		c->closed = 1;
}

void
load_conn_free(struct conn *c)
{
	close(c->fd);
	buf_free(&c->in);
	free(c);
}

void
load_send_stats(const struct load *l, struct conn *c)
{
	struct buf said = BUF_INIT, out = BUF_INIT;

	load_stats(l, &said);
	response(&out, "200 OK", buf_cstr(&said));
	reply(c, &out);
	buf_free(&said);
	buf_free(&out);
}

static void
answer(struct load *l, struct conn *c, double now)
{
	unsigned long n = ++l->answers;
	size_t i;

	for (i = 8; i-- > 0; n /= 10)
		l->answer.s[l->number + i] = (char)('0' + n % 10);
	l->ended = now;
	reply(c, &l->answer);
}

static void
begin_work(struct load *l, struct conn *c, double now)
{
	double due = now + l->low + rng_unit(&l->rng) * (l->high - l->low);

	work(l, 1, now);
	if (heap_push(&l->due, (uint64_t)(due * 1e9), 0, c) < 0)
		die(AC_BUG, "out of memory");
}

static void
end_work(struct load *l, struct conn *c, double now)
{
	work(l, -1, now);
	l->inside--;
	c->asked = 0;
	answer(l, c, now);
	if (c->closed)
		load_conn_free(c);
	c = l->line;
	if (c == NULL)
		return;
	l->line = c->next;
	if (l->line == NULL)
		l->line_end = &l->line;
	begin_work(l, c, now);
}

/* A request has come whole. */
void
load_request(struct load *l, struct conn *c)
{
	double now = clock_now();

	l->requests++;
	work(l, 0, now);
	l->area_last = l->area;
	l->last = now;
	if (l->first <= 0)
		l->first = now;
	if ((l->most > 0 && l->inside >= l->most) ||
	    (l->refuse > 0 && rng_unit(&l->rng) < l->refuse)) {
		l->refusals++;
		reply(c, &l->refusal);
		return;
	}
	if (++l->inside > l->peak)
		l->peak = l->inside;
	if (l->high <= 0 && l->slots == 0) {
		l->inside--;
		answer(l, c, now);
		return;
	}
	c->asked = 1;
	if (l->slots == 0 || l->working < l->slots) {
		begin_work(l, c, now);
	} else {
		c->next = NULL;
		*l->line_end = c;
		l->line_end = &c->next;
	}
}

void
load_due(struct load *l, double now)
{
	while (l->due.n > 0 && l->due.v[0].major <= (uint64_t)(now * 1e9))
		end_work(l, heap_pop(&l->due), now);
}
