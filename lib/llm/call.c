/* A call made, with its body and its key, and ended. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sha256.h"
#include "llm/flow_int.h"

enum { SPARE = 64 };	/* ended calls that are kept */

void
call_free(struct call *c)
{
	struct call *twin;

	while ((twin = c->twins) != NULL) {
		c->twins = twin->next;
		call_free(twin);
	}
	buf_free(&c->messages);
	free(c->schema);
	free(c->id);
	buf_free(&c->body);
	buf_free(&c->wire);
	buf_free(&c->more);
	buf_free(&c->weak);
	http_req_free(&c->req);
	free(c);
}

/* Large buffers are given back; the others save the allocator much work. */
static struct buf
again(struct buf *b)
{
	struct buf kept = *b;

	if (kept.cap > 64 << 10)
		buf_free(&kept);
	buf_reset(&kept);
	return kept;
}

static struct call *
call_new(struct flow *w)
{
	struct call *c = w->spare;
	struct buf messages, body, reply, headers;

	if (c == NULL)
		return mem_new(1, sizeof(*c));
	w->spare = c->next;
	w->nspare--;
	messages = again(&c->messages);
	body = again(&c->body);
	reply = again(&c->req.reply);
	headers = again(&c->req.headers);
	memset(c, 0, sizeof(*c));
	c->messages = messages;
	c->body = body;
	c->req.reply = reply;
	c->req.headers = headers;
	return c;
}

void
call_end(struct flow *w, struct call *c)
{
	if (c->twins != NULL || w->nspare >= SPARE) {
		call_free(c);
		return;
	}
	free(c->schema);
	free(c->id);
	c->schema = c->id = NULL;
	buf_free(&c->wire);
	buf_free(&c->more);
	buf_free(&c->weak);
	c->next = w->spare;
	w->spare = c;
	w->nspare++;
}

/* The seed of a request: from --seed, the record and the sample alone. */
static uint32_t
seed_of(const char *seed, const char *id, unsigned long sample)
{
	struct buf b = BUF_INIT;
	char hex[9];

	buf_fmt(&b, "%s %s %lu", seed, id, sample);
	sha256_hex(buf_cstr(&b), b.len, hex, 8);
	buf_free(&b);
	return (uint32_t)strtoul(hex, NULL, 16) & 0x7fffffff;
}

unsigned long
call_max_tokens(const struct flow *w, const struct call *c)
{
	if (c->want == LLM_ANSWER)
		return w->opt->max_tokens * (c->grown ? 2 : 1);
	return c->want == LLM_EMBEDDING ? 0 : 1;
}

int
call_body(struct flow *w, struct call *c)
{
	struct chat_ask ask = { .messages = buf_cstr(&c->messages),
	    .more = buf_cstr(&c->more), .schema = c->schema,
	    .format = c->format, .max_tokens = call_max_tokens(w, c),
	    .has_seed = w->opt->seed != NULL,
	    .seed = (c->seed + c->bad) & 0x7fffffff };

	buf_reset(&c->body);
	switch (c->want) {
	case LLM_ANSWER:
		chat_body(w->opt, &ask, &c->body);
		break;
	case LLM_EMBEDDING:
		chat_embed_body(w->opt, ask.messages, &c->body);
		break;
	case LLM_CHOICES:
		chat_choices_body(w->opt, ask.messages, &c->body);
		break;
	case LLM_ECHO:
		chat_echo_body(w->opt, ask.messages, &c->body);
		break;
	}
	return buf_ok(&c->body) ? 0 : flow_no_memory(w);
}

int
call_ready(struct flow *w, struct call *c)
{
	return heap_push(&w->ready, c->job->seq, c->seq, c) < 0 ?
	    flow_no_memory(w) : 0;
}

int
flow_ask(struct flow *w, struct job *job, const struct flow_ask *a)
{
	int is_text = a->want == LLM_EMBEDDING || a->want == LLM_ECHO;
	const char *schema = a->want == LLM_ANSWER ? a->schema : NULL;
	struct call *c = call_new(w);

	if (c == NULL)
		return flow_no_memory(w);
	c->job = job;
	c->tag = a->tag;
	c->sample = a->sample;
	c->seq = w->calls++;
	c->want = a->want;
	buf_str(&c->messages, is_text ? a->input : a->messages);
	c->schema = schema ? mem_dup(schema, strlen(schema)) : NULL;
	c->id = mem_dup(a->id, strlen(a->id));
	if (!buf_ok(&c->messages) || c->id == NULL ||
	    (schema != NULL && c->schema == NULL)) {
		call_free(c);
		return flow_no_memory(w);
	}
	if (w->opt->seed != NULL)
		c->seed = seed_of(w->opt->seed, c->id, c->sample);
	if (call_body(w, c) < 0 || call_ready(w, c) < 0) {
		call_free(c);
		return -1;
	}
	/* Without a cache nobody asks for the key. */
	if (w->cache.dir != NULL || w->opt->dry_run || w->opt->replies != NULL)
		cache_key(&w->cache, w->endpoint.space ? w->endpoint.space :
		    "", c->body.s, c->body.len, c->sample, c->key);
	job->open++;
	return 0;
}
