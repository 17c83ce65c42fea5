/* A prompt's text: a section for each message. */
#include <string.h>

#include "base/mem.h"
#include "llm/prompt_int.h"

const char *const prompt_roles[] = { "system", "user", "assistant" };

/* The role named by a line `--- role`, or -1. */
static int
marker(const char *line, size_t len)
{
	int i;

	while (len > 0 && (line[len - 1] == '\r' || line[len - 1] == ' '))
		len--;
	for (i = 0; i < 3; i++)
		if (len == 4 + strlen(prompt_roles[i]) &&
		    memcmp(line, "--- ", 4) == 0 &&
		    memcmp(line + 4, prompt_roles[i], len - 4) == 0)
			return i;
	return -1;
}

/* Adds a message with the blank lines at its ends cut. */
static int
add(struct prompt *p, int role, const char *s, size_t len)
{
	while (len > 0 && strchr("\r\n", *s) != NULL) {
		s++;
		len--;
	}
	while (len > 0 && strchr(" \t\r\n", s[len - 1]) != NULL)
		len--;
	if (mem_grow(&p->v, &p->cap, p->n + 1, sizeof(*p->v)) < 0)
		return -1;
	memset(&p->v[p->n], 0, sizeof(*p->v));
	p->v[p->n].role = (enum prompt_role)role;
	p->v[p->n].text = mem_dup(s, len);
	return p->v[p->n++].text == NULL ? -1 : 0;
}

int
prompt_parse(struct prompt *p, const char *text, const char *name,
    struct buf *why)
{
	const char *line = text, *body = NULL, *end;
	unsigned long n = 1;
	int role = -1, next;
	size_t len;

	for (; *line != '\0'; line = end, n++) {
		len = strcspn(line, "\n");
		end = line + len + (line[len] == '\n');
		next = marker(line, len);
		if (next < 0 && len >= 4 && memcmp(line, "--- ", 4) == 0) {
			buf_fmt(why, "%s:%lu: no such section, '%.*s'", name,
			    n, (int)(len < 60 ? len : 60), line);
			return -1;
		}
		if (next < 0 && role < 0 && *line != '#' &&
		    strspn(line, " \t\r") < len) {
			buf_fmt(why, "%s:%lu: text before the first '--- ' "
			    "section", name, n);
			return -1;
		}
		if (next < 0)
			continue;
		if (role >= 0 && add(p, role, body,
		    (size_t)(line - body)) < 0)
			goto no_memory;
		if (next == PROMPT_SYSTEM && p->n > 0) {
			buf_fmt(why, "%s:%lu: '--- system' must come first",
			    name, n);
			return -1;
		}
		role = next;
		body = end;
	}
	if (role >= 0 && add(p, role, body, (size_t)(line - body)) < 0)
		goto no_memory;
	if (p->n == 0 || p->v[p->n - 1].role != PROMPT_USER) {
		buf_fmt(why, "%s: the last section must be '--- user'", name);
		return -1;
	}
	return 0;
no_memory:
	why->bad = 1;
	return -1;
}
