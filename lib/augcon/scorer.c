#include "augcon/scorer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/utf8.h"

#define MAGIC "augcon-scorer"

struct scorer *
scorer_new(void)
{
	return mem_new(1, sizeof(struct scorer));
}

void
scorer_free(struct scorer *s)
{
	if (s != NULL)
		df_free(s->df);
	free(s);
}

double
scorer_score(const struct scorer *s, const double f[FEATURES],
    double part[FEATURES])
{
	double sum = 0, add;
	size_t i;

	for (i = 0; i < FEATURES; i++) {
		add = s->weight[i] * s->scale * f[i];
		sum += add;
		if (part != NULL)
			part[i] = add;
	}
	return sum;
}

int
scorer_write(const struct scorer *s, struct buf *out)
{
	char hash[17];
	const char *term;
	size_t i, len, count;

	features_hash(hash);
	buf_fmt(out, MAGIC " %d\n", SCORER_VERSION);
	buf_fmt(out, "schema " FEATURES_VERSION " %d %s\n", FEATURES, hash);
	buf_str(out, "tokens unicode\nloss logistic\n");
	buf_fmt(out, "scale %a\nlambda %a\ntemperature %a\n", s->scale,
	    s->lambda, s->temperature);
	buf_fmt(out, "pairs %zu\nroots %zu\naccuracy %a\ndata %s\n",
	    s->pairs, s->roots, s->accuracy, s->data);
	buf_fmt(out, "texts %zu\nterms %zu\n", df_texts(s->df),
	    df_size(s->df));
	for (i = 0; i < df_size(s->df); i++) {
		term = df_term(s->df, i, &len, &count);
		buf_fmt(out, "%zu ", count);
		buf_add(out, term, len);
		buf_byte(out, '\n');
	}
	for (i = 0; i < FEATURES; i++)
		buf_fmt(out, "weight %s %a\n", features_name(i),
		    s->weight[i]);
	buf_str(out, "end\n");
	return buf_ok(out) ? 0 : -1;
}

struct reader {
	const char *at, *end;	/* what is left of the text */
	unsigned long line;	/* of the line in hand */
	char s[256];		/* that line */
	size_t len;
	struct buf *why;
};

static int
refuse(struct reader *r, const char *what)
{
	buf_fmt(r->why, "line %lu: %s", r->line, what);
	return -1;
}

static int
next_line(struct reader *r)
{
	size_t left = (size_t)(r->end - r->at);
	const char *nl = left > 0 ? memchr(r->at, '\n', left) : NULL;

	r->line++;
	if (nl == NULL)
		return refuse(r, left > 0 ? "cut short" :
		    "the file ends here, without its end line");
	r->len = (size_t)(nl - r->at);
	if (r->len >= sizeof(r->s))
		return refuse(r, "too long");
	memcpy(r->s, r->at, r->len);
	r->s[r->len] = '\0';
	r->at = nl + 1;
	if (memchr(r->s, '\0', r->len) != NULL ||
	    utf8_valid(r->s, r->len) != r->len)
		return refuse(r, "not text");
	return 0;
}

/* The next line must be "key value"; *value points into it. */
static int
next_value(struct reader *r, const char *key, const char **value)
{
	size_t n = strlen(key);

	if (next_line(r) < 0)
		return -1;
	if (strncmp(r->s, key, n) != 0 || r->s[n] != ' ') {
		buf_fmt(r->why, "line %lu: expected '%s'", r->line, key);
		return -1;
	}
	*value = r->s + n + 1;
	return 0;
}

static int
next_is(struct reader *r, const char *key, const char *want)
{
	const char *value;

	if (next_value(r, key, &value) < 0)
		return -1;
	if (strcmp(value, want) == 0)
		return 0;
	buf_fmt(r->why, "line %lu: %s '%s', this program has '%s'", r->line,
	    key, value, want);
	return -1;
}

static int
read_double(struct reader *r, const char *s, double *x)
{
	char *end;

	if (strncmp(s, "0x", 2) != 0 && strncmp(s, "-0x", 3) != 0)
		return refuse(r, "not a hexadecimal number");
	*x = strtod(s, &end);
	if (*end != '\0' || !isfinite(*x))
		return refuse(r, "not a finite number");
	return 0;
}

static int
next_double(struct reader *r, const char *key, double *x)
{
	const char *value;

	if (next_value(r, key, &value) < 0)
		return -1;
	return read_double(r, value, x);
}

static int
next_positive(struct reader *r, const char *key, double *x)
{
	if (next_double(r, key, x) < 0)
		return -1;
	return *x > 0 ? 0 : refuse(r, "not above 0");
}

/* Decimal digits up to `stop`; the byte after it in *rest. */
static int
read_count(struct reader *r, const char *s, char stop, size_t *n,
    const char **rest)
{
	size_t digits = strspn(s, "0123456789");

	if (digits == 0 || digits > 12 || s[digits] != stop)
		return refuse(r, "not a count");
	*n = (size_t)strtoull(s, NULL, 10);
	if (rest != NULL)
		*rest = s + digits + 1;
	return 0;
}

static int
next_count(struct reader *r, const char *key, size_t *n)
{
	const char *value;

	if (next_value(r, key, &value) < 0)
		return -1;
	return read_count(r, value, '\0', n, NULL);
}

/* One line "count term" of the table. */
static int
next_term(struct reader *r, size_t texts, struct df_line *line)
{
	const char *term;

	if (next_line(r) < 0 || read_count(r, r->s, ' ', &line->count,
	    &term) < 0)
		return -1;
	line->len = r->len - (size_t)(term - r->s);
	if (line->len == 0 || line->count == 0 || line->count > texts)
		return refuse(r, "no term, or an impossible count");
	line->s = r->at - 1 - line->len;
	return 0;
}

static int
read_table(struct reader *r, struct scorer *s)
{
	struct df_line *line;
	size_t texts, n, i;
	int rc = 0;

	if (next_count(r, "texts", &texts) < 0 ||
	    next_count(r, "terms", &n) < 0)
		return -1;
	if (n > DF_TERMS)
		return refuse(r, "too many terms");
	line = mem_new(n, sizeof(*line));
	s->df = df_new();
	if (line == NULL || s->df == NULL)
		rc = refuse(r, "out of memory");
	for (i = 0; rc == 0 && i < n; i++)
		rc = next_term(r, texts, &line[i]);
	if (rc == 0 && (rc = df_read(s->df, texts, line, n)) != 0)
		rc = refuse(r, rc < 0 ? "out of memory" :
		    "the terms are out of order");
	free(line);
	return rc;
}

static int
read_summary(struct reader *r, struct scorer *s)
{
	const char *value;

	if (next_count(r, "pairs", &s->pairs) < 0 ||
	    next_count(r, "roots", &s->roots) < 0 ||
	    next_double(r, "accuracy", &s->accuracy) < 0 ||
	    next_value(r, "data", &value) < 0)
		return -1;
	if (strlen(value) != 64 ||
	    strspn(value, "0123456789abcdef") != 64)
		return refuse(r, "not a SHA-256");
	memcpy(s->data, value, 65);
	return 0;
}

static int
read_weights(struct reader *r, struct scorer *s)
{
	const char *value;
	size_t i, n;

	for (i = 0; i < FEATURES; i++) {
		n = strlen(features_name(i));
		if (next_value(r, "weight", &value) < 0)
			return -1;
		if (strncmp(value, features_name(i), n) != 0 ||
		    value[n] != ' ')
			return refuse(r, "not the feature expected here");
		if (read_double(r, value + n + 1, &s->weight[i]) < 0)
			return -1;
	}
	return 0;
}

static int
read_all(struct reader *r, struct scorer *s)
{
	char schema[64];
	struct buf want = BUF_INIT;
	int rc;

	features_hash(schema);
	buf_fmt(&want, FEATURES_VERSION " %d %s", FEATURES, schema);
	if (!buf_ok(&want))
		return refuse(r, "out of memory");
	rc = next_is(r, MAGIC, "1") < 0 ||
	    next_is(r, "schema", buf_cstr(&want)) < 0 ||
	    next_is(r, "tokens", "unicode") < 0 ||
	    next_is(r, "loss", "logistic") < 0 ||
	    next_positive(r, "scale", &s->scale) < 0 ||
	    next_positive(r, "lambda", &s->lambda) < 0 ||
	    next_positive(r, "temperature", &s->temperature) < 0 ||
	    read_summary(r, s) < 0 || read_table(r, s) < 0 ||
	    read_weights(r, s) < 0 || next_line(r) < 0 ? -1 : 0;
	buf_free(&want);
	if (rc == 0 && strcmp(r->s, "end") != 0)
		return refuse(r, "expected 'end'");
	if (rc == 0 && r->at != r->end) {
		r->line++;
		return refuse(r, "more text after the end");
	}
	return rc;
}

struct scorer *
scorer_read(const char *text, size_t len, struct buf *why)
{
	struct reader r = { .at = text, .end = text + len, .why = why };
	struct scorer *s = scorer_new();

	if (s == NULL) {
		buf_str(why, "out of memory");
		return NULL;
	}
	if (read_all(&r, s) < 0) {
		scorer_free(s);
		return NULL;
	}
	return s;
}
