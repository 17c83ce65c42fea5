/* The calls in flight, and those that wait for an equal one's answer. */
#include <string.h>

#include "base/rng.h"
#include "llm/flow_int.h"

static struct call **
bucket_of(struct flow *w, const struct call *c)
{
	uint64_t bits;

	memcpy(&bits, c->key, sizeof(bits));
	return &w->bucket[rng_mix(bits, 0) % FLYING_BUCKETS];
}

struct call *
flight_twin(struct flow *w, const struct call *c)
{
	struct call *other;

	for (other = *bucket_of(w, c); other != NULL; other = other->chain)
		if (memcmp(other->key, c->key, CACHE_KEY) == 0)
			return other;
	return NULL;
}

void
flight_add(struct flow *w, struct call *c)
{
	struct call **bucket = bucket_of(w, c);

	c->prev = NULL;
	c->next = w->flying;
	if (c->next != NULL)
		c->next->prev = c;
	w->flying = c;
	if (c->key[0] != '\0') {
		c->chain = *bucket;
		*bucket = c;
	}
	w->filter->running = ++w->nflying;
	w->requests++;
}

void
flight_remove(struct flow *w, struct call *c)
{
	struct call **p = bucket_of(w, c);

	if (c->key[0] != '\0') {
		while (*p != c)
			p = &(*p)->chain;
		*p = c->chain;
	}
	if (c->prev != NULL)
		c->prev->next = c->next;
	else
		w->flying = c->next;
	if (c->next != NULL)
		c->next->prev = c->prev;
	c->prev = c->next = c->chain = NULL;
	w->filter->running = --w->nflying;
}

void
flight_join(struct call *twin, struct call *c)
{
	struct call **end = &c->twins;

	while (*end != NULL)
		end = &(*end)->next;
	*end = twin->twins;
	twin->twins = c;
	c->next = c->twins;
	c->twins = NULL;
}
