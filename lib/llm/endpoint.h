/*
 * Where requests go and the key they carry (augcon(7), KEYS).
 */
#ifndef LLM_ENDPOINT_H
#define LLM_ENDPOINT_H

#include "base/buf.h"
#include "llm/llm.h"

struct endpoint {
	char *url[3];		/* of the POSTs: answers and choices; */
				/* embeddings; an echoed text */
	char *socket;		/* a Unix socket to connect to, or NULL */
	char *header;		/* "Authorization: Bearer ..." or NULL */
	char *key;		/* the key alone, for redaction, or NULL */
	char *space;		/* stands for the server in cache keys */
	int loopback;
};

/*
 * Resolves --base-url (else OPENAI_BASE_URL) and the key.  Refuses a URL
 * that is neither http, https nor a Unix socket's (url.h) or holds
 * user:password, a key over plain http to another machine, and a key with
 * control bytes.  OPENAI_API_KEY goes only to api.openai.com or the host of
 * OPENAI_BASE_URL.  -1: *why.
 */
int endpoint_open(struct endpoint *, const struct llm_opt *, struct buf *why);
void endpoint_close(struct endpoint *);

/* Appends text with the key and things that look like it replaced. */
void endpoint_redact(const struct endpoint *, const char *text, size_t len,
    struct buf *out);

#endif
