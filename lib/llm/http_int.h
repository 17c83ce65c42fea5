/* What http.c (libcurl) and http_head.c (a reply's head) share. */
#ifndef LLM_HTTP_INT_H
#define LLM_HTTP_INT_H

#include "llm/http.h"

/*
 * A line of a reply's head as it came, its end included, not ended by NUL.
 * -1: the head is too long, or no memory.
 */
int http_head_line(struct http_req *, const char *s, size_t len);

#endif
