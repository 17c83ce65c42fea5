#include "rec/doc.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

/* What no reply has reason to exceed, log probabilities included. */
enum {
	DEPTH_MAX = 200,
	NUMBER_MAX = 1000,	/* bytes */
	NAMES_MAX = 500000	/* members, of some 100 bytes in memory each */
};

const char *
doc_objection(const struct json_scan *scan)
{
	if (scan->depth > DEPTH_MAX)
		return "nested too deep";
	if (scan->nul)
		return "a string with an escaped NUL";
	if (scan->longest > NUMBER_MAX)
		return "a number too long";
	return scan->names > NAMES_MAX ? "too many members" : NULL;
}

static const cJSON *
node(const struct doc *d)
{
	return (const cJSON *)(const void *)d;
}

static const struct doc *
from(const cJSON *c)
{
	return (const struct doc *)(const void *)c;
}

/* The one thing that the scan passes and cJSON does not. */
static int
has_surrogate(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i + 2 < len; i++)
		if (s[i] == '\\' && s[i + 1] == 'u' &&
		    (s[i + 2] | 0x20) == 'd')
			return 1;
	return 0;
}

struct doc *
doc_parse(const char *s, size_t len, struct buf *why)
{
	struct json_scan scan = { .v = NULL };
	cJSON *root = NULL;
	int r = json_scan(&scan, s, len, why);
	const char *no = r == 0 ? doc_objection(&scan) : NULL;

	if (no != NULL) {
		buf_str(why, no);
	} else if (r == 0) {
		root = cJSON_ParseWithLength(s, len);
		if (root == NULL && has_surrogate(s, len))
			buf_str(why, "a lone surrogate");
		else if (root == NULL)
			why->bad = 1;
	} else if (r == -2) {
		why->bad = 1;
	}
	json_scan_free(&scan);
	return (struct doc *)(void *)root;
}

void
doc_free(struct doc *d)
{
	cJSON_Delete((cJSON *)(void *)d);
}

enum json_kind
doc_kind(const struct doc *d)
{
	const cJSON *c = node(d);

	if (cJSON_IsString(c))
		return JSON_STRING;
	if (cJSON_IsNumber(c))
		return JSON_NUMBER;
	if (cJSON_IsArray(c))
		return JSON_ARRAY;
	if (cJSON_IsObject(c))
		return JSON_OBJECT;
	if (cJSON_IsTrue(c))
		return JSON_TRUE;
	return cJSON_IsFalse(c) ? JSON_FALSE : JSON_NULL;
}

const struct doc *
doc_get(const struct doc *d, const char *name)
{
	const cJSON *c, *hit = NULL;

	if (!cJSON_IsObject(node(d)))
		return NULL;
	for (c = node(d)->child; c != NULL; c = c->next) {
		if (strcmp(c->string, name) != 0)
			continue;
		if (hit != NULL)
			return NULL;
		hit = c;
	}
	return from(hit);
}

const struct doc *
doc_at(const struct doc *d, size_t i)
{
	const cJSON *c;

	if (!cJSON_IsArray(node(d)))
		return NULL;
	for (c = node(d)->child; c != NULL && i > 0; c = c->next)
		i--;
	return from(c);
}

size_t
doc_count(const struct doc *d)
{
	const cJSON *c;
	size_t n = 0;

	if (cJSON_IsArray(node(d)) || cJSON_IsObject(node(d)))
		for (c = node(d)->child; c != NULL; c = c->next)
			n++;
	return n;
}

size_t
doc_named(const struct doc *d, const char *name)
{
	const cJSON *c;
	size_t n = 0;

	if (cJSON_IsObject(node(d)))
		for (c = node(d)->child; c != NULL; c = c->next)
			n += strcmp(c->string, name) == 0;
	return n;
}

const char *
doc_text(const struct doc *d)
{
	return cJSON_IsString(node(d)) ? node(d)->valuestring : NULL;
}

int
doc_number(const struct doc *d, double *x)
{
	if (!cJSON_IsNumber(node(d)) || !isfinite(node(d)->valuedouble))
		return 0;
	*x = node(d)->valuedouble;
	return 1;
}
