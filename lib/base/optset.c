/* Values of options: from text to field, and where each came from. */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/opt_int.h"

double
opt_duration(const char *s)
{
	static const char units[] = "smhd";
	static const double seconds[] = { 1, 60, 3600, 86400 };
	const char *unit;
	char *end;
	double x;

	if (!isdigit((unsigned char)*s) && *s != '.')
		return -1;
	x = strtod(s, &end);
	if (*end != '\0') {
		unit = strchr(units, *end);
		if (unit == NULL || end[1] != '\0')
			return -1;
		x *= seconds[unit - units];
	}
	return isfinite(x) ? x : -1;
}

/* Bytes from "4096", "64k", "16M", "1G"; 0 when it is none. */
static unsigned long
size_of(const char *s)
{
	static const char units[] = "kMG";
	const char *unit;
	unsigned long n;
	unsigned shift = 0;
	char *end;

	errno = 0;
	n = strtoul(s, &end, 10);
	if (!isdigit((unsigned char)*s) || errno != 0)
		return 0;
	if (*end != '\0') {
		unit = strchr(units, *end);
		if (unit == NULL || end[1] != '\0')
			return 0;
		shift = 10 * (unsigned)(unit - units + 1);
	}
	return n > ULONG_MAX >> shift ? 0 : n << shift;
}

static int
choice(const char *words, const char *word, int *index)
{
	size_t len = strlen(word), n;
	int i;

	for (i = 0; ; i++, words += n + 1) {
		n = strcspn(words, "|");
		if (n == len && memcmp(words, word, n) == 0) {
			*index = i;
			return 0;
		}
		if (words[n] == '\0')
			return -1;
	}
}

/* Stores a value in its field; -1: *why says what a value must be. */
static int
set(const struct opt *o, void *values, const char *value, struct buf *why)
{
	char *field = (char *)values + o->at, *end;
	struct opt_list *list;
	unsigned long count;
	double number;
	int index;

	switch (o->type) {
	case OPT_FLAG:
		memcpy(&index, field, sizeof(index));
		index = value == NULL ? index + 1 : strcmp(value, "no") != 0;
		memcpy(field, &index, sizeof(index));
		return 0;
	case OPT_TEXT:
		memcpy(field, &value, sizeof(value));
		return 0;
	case OPT_LIST:
		list = (struct opt_list *)(void *)field;
		if (mem_grow(&list->v, &list->cap, list->n + 1,
		    sizeof(*list->v)) < 0) {
			why->bad = 1;
			return -1;
		}
		list->v[list->n++] = value;
		return 0;
	case OPT_COUNT:
		errno = 0;
		count = strtoul(value, &end, 10);
		if (!isdigit((unsigned char)*value) || *end != '\0' ||
		    errno != 0 || count < o->min) {
			buf_fmt(why, "'%s' is no whole number from %lu up",
			    value, o->min);
			return -1;
		}
		memcpy(field, &count, sizeof(count));
		return 0;
	case OPT_NUMBER:
		number = strtod(value, &end);
		if (end == value || *end != '\0' || !isfinite(number) ||
		    number < 0 || (o->min > 0 && number <= 0)) {
			buf_fmt(why, "'%s' is no number %s", value, o->min > 0 ?
			    "above 0" : "from 0 up");
			return -1;
		}
		memcpy(field, &number, sizeof(number));
		return 0;
	case OPT_DURATION:
		number = opt_duration(value);
		if (number < 0) {
			buf_fmt(why, "'%s' is no duration such as 10s, 5m, 1h",
			    value);
			return -1;
		}
		memcpy(field, &number, sizeof(number));
		return 0;
	case OPT_SIZE:
		count = size_of(value);
		if (count < o->min || count == 0) {
			buf_fmt(why, "'%s' is no size from %lu up, such as "
			    "64k or 16M", value, o->min);
			return -1;
		}
		memcpy(field, &count, sizeof(count));
		return 0;
	case OPT_CHOICE:
		if (choice(o->arg, value, &index) < 0) {
			buf_fmt(why, "'%s' is none of %s", value, o->arg);
			return -1;
		}
		memcpy(field, &index, sizeof(index));
		return 0;
	}
	return -1;
}

void
opt_source_add(const struct opt *o, void *values, void *arg)
{
	struct sources *all = arg;

	if (mem_grow(&all->v, &all->cap, all->n + 1, sizeof(*all->v)) < 0) {
		all->bad = 1;
		return;
	}
	all->v[all->n].opt = o;
	all->v[all->n].values = values;
	all->v[all->n].owned = NULL;
	snprintf(all->v[all->n].origin, sizeof(all->v->origin), "default");
	all->v[all->n].text[0] = '\0';
	all->n++;
}

int
opt_source_set(struct source *s, const char *value, const char *origin,
    struct buf *why)
{
	if (set(s->opt, s->values, value, why) < 0)
		return -1;
	free(s->owned);
	s->owned = NULL;
	snprintf(s->origin, sizeof(s->origin), "%s", origin);
	snprintf(s->text, sizeof(s->text), "%s", value == NULL ? "yes" : value);
	return 0;
}

void
opt_sources_free(struct sources *all, int everything)
{
	size_t i;

	for (i = 0; i < all->n; i++)
		if (everything || all->v[i].opt->type != OPT_TEXT)
			free(all->v[i].owned);
	free(all->v);
	all->v = NULL;
	all->n = all->cap = 0;
}

struct source *
opt_source_find(struct sources *all, const char *name, size_t len, char letter)
{
	size_t i;

	for (i = 0; i < all->n; i++) {
		if (letter != 0 && all->v[i].opt->letter == letter)
			return &all->v[i];
		if (letter == 0 && strlen(all->v[i].opt->name) == len &&
		    memcmp(all->v[i].opt->name, name, len) == 0)
			return &all->v[i];
	}
	return NULL;
}

int
opt_from_defaults(struct sources *all, struct buf *why)
{
	size_t i;

	for (i = 0; i < all->n; i++)
		if (all->v[i].opt->init != NULL && opt_source_set(&all->v[i],
		    all->v[i].opt->init, "default", why) < 0)
			return -1;
	return 0;
}

int
opt_from_environment(struct sources *all, struct buf *why)
{
	const struct opt *o;
	char name[64];
	const char *value;
	size_t i;

	for (i = 0; i < all->n; i++) {
		o = all->v[i].opt;
		opt_env_name(o, name);
		value = o->marks & OPT_ENV ? getenv(name) : NULL;
		if (value == NULL ||
		    (*value == '\0' && !(o->marks & OPT_EMPTY)))
			continue;
		if (opt_source_set(&all->v[i], value, "environment", why) < 0) {
			buf_fmt(why, " (%s)", name);
			return -1;
		}
	}
	return 0;
}
