/*
 * Keys: where a question is kept, and where one that is close to it is
 * looked for.  A rare token is a key by itself.  A frequent one makes a key
 * with the token after it in the common subsequence (in the index's order),
 * of which nothing is known but that it is within the prefix and one place
 * more; so all those places make keys.  Keys of two are hashed, and two that
 * share a list cost time only.
 *
 * There is no second token when `need` can be 1, and there are too many keys
 * of two when a text is long.  So a long text is kept under its frequent
 * tokens alone, in lists of long ones; and a short one that a long one can be
 * close to, or of which one token is enough, is under them alone too, in
 * lists of short ones.  A question is looked for wherever one that is close
 * to it can be; "alone" keys are hashed as well.
 */
#include "augcon/index_int.h"
#include "base/mem.h"

static int
add(struct keys *to, uint32_t key)
{
	if (mem_grow(&to->v, &to->cap, to->n + 1, sizeof(*to->v)) == -1)
		return -1;
	to->v[to->n++] = key;
	return 0;
}

/* In the place of a second rank, which is less. */
static const uint32_t OF_LONG = UINT32_MAX, OF_SHORT = UINT32_MAX - 1;

static uint32_t
key_of(const struct index *x, uint32_t a, uint32_t b)
{
	uint64_t hash = (a * UINT64_C(0x9e3779b97f4a7c15)) ^
	    ((uint64_t)b << 32 | b);

	hash = (hash ^ hash >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
	return x->frequent + ((uint32_t)(hash >> 32) & x->mask);
}

/* The keys of the frequent token at place i with each up to place `last`. */
static int
add_pairs(const struct index *x, const struct asked *a, size_t i,
    size_t last, struct keys *to)
{
	size_t j;

	for (j = i + 1; j <= last && j < a->m; j++)
		/* Of equal ones the first counts, or the first's second. */
		if ((j == i + 1 || asked_first(a, j)) &&
		    add(to, key_of(x, a->rank[i], a->rank[j])) == -1)
			return -1;
	return 0;
}

/* Which keys a frequent token makes. */
struct kinds {
	int pairs, of_long, of_short;
};

/*
 * The keys of a question whose common subsequence with any close text has at
 * least `need` tokens.
 */
static int
make(const struct index *x, const struct asked *a, size_t need,
    struct kinds kinds, struct keys *to)
{
	size_t i, two = need < 2 ? 2 : need;
	uint32_t rank;

	for (i = 0; i + need <= a->m; i++) {
		rank = a->rank[i];
		if (!asked_first(a, i))
			continue;
		if (rank < x->frequent) {
			if (add(to, rank) == -1)
				return -1;
			continue;
		}
		if ((kinds.of_long &&
		    add(to, key_of(x, rank, OF_LONG)) == -1) ||
		    (kinds.of_short &&
		    add(to, key_of(x, rank, OF_SHORT)) == -1) ||
		    (kinds.pairs && i + two <= a->m &&
		    add_pairs(x, a, i, a->m - two + 1, to) == -1))
			return -1;
	}
	return 0;
}

int
index_keys_find(const struct index *x, const struct asked *a,
    struct keys *to)
{
	size_t lo, hi, need;
	struct kinds kinds;

	to->n = 0;
	rouge_lengths(&x->test, a->m, &lo, &hi);
	lo = lo > x->shortest ? lo : x->shortest;
	need = rouge_need(&x->test, a->m, lo);
	if (need > a->m)
		return 0;
	kinds.pairs = a->m <= x->paired;
	kinds.of_long = hi > x->paired;
	kinds.of_short = !kinds.pairs || need < 2;
	return make(x, a, need, kinds, to);
}

int
index_keys_add(const struct index *x, const struct asked *a, struct keys *to)
{
	size_t m = x->shortest, lo, hi = x->longest, need;
	struct kinds kinds;

	to->n = 0;
	if (x->test.measure == ROUGE_F) {
		rouge_lengths(&x->test, a->m, &lo, &hi);
		m = m > lo ? m : lo;
	}
	need = rouge_need(&x->test, m, a->m);
	if (need > a->m)
		return 0;
	kinds.pairs = a->m <= x->paired;
	kinds.of_long = !kinds.pairs;
	kinds.of_short = kinds.pairs && (need < 2 || hi > x->paired);
	return make(x, a, need, kinds, to);
}
