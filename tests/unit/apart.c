/* The cut by embeddings. */
#include <string.h>

#include "augcon/apart.h"
#include "augcon/split.h"
#include "check.h"

enum { DIM = 2 };

/* The cut of a text of which each unit has a vector. */
static size_t
cut(const char *text, float (*of)[DIM])
{
	struct pieces u = { NULL, 0, 0 };
	const float *v[32];
	size_t i, at = 99;

	CHECK(split_units(text, strlen(text), 1, &u) == 0);
	for (i = 0; i < u.n && i < 32; i++)
		v[i] = of[i];
	CHECK(apart_cut(text, &u, v, DIM, &at) == 0);
	pieces_free(&u);
	return at;
}

static void
cuts(void)
{
	static float two[][DIM] = { { 1, 0 }, { 1, 0.1F }, { 0, 1 },
	    { 0.1F, 1 }, { 0, 1 } };
	static float one[][DIM] = { { 0, 1 }, { 1, 0 }, { 1, 0 },
	    { 1, 0 } };
	static float same[][DIM] = { { 1, 0 }, { 1, 0 }, { 1, 0 },
	    { 1, 0 } };
	static float away[][DIM] = { { 1, 0 }, { -1, 0 }, { 0, 1 },
	    { 0, -1 } };

	CHECK(cut("", two) == 0);
	CHECK(cut("One sentence alone.", two) == 0);
	CHECK(cut("Aaa. Bbb. Ccc. Ddd. Eee.", two) == 2);
	CHECK(cut("Aaa. Bbb. Ccc. Ddd.", one) == 1);
	/* All alike: the most even cut. */
	CHECK(cut("Aaa. Bbb. Ccc. Ddd.", same) == 2);
	CHECK(cut("Aaa aaa aaa aaa. Bbb. Ccc. Ddd.", same) == 1);
	/* Parts that point away from each other; the earlier of two. */
	CHECK(cut("Aaa. Bbb. Ccc. Ddd.", away) == 1);
}

/* Of many units each part gets a quarter. */
static void
edges(void)
{
	float v[20][DIM];
	char text[101] = "";
	size_t i;

	for (i = 0; i < 20; i++) {
		v[i][0] = i == 0 ? 0 : 1;
		v[i][1] = i == 0 ? 1 : 0;
		strcat(text, "Aaa. ");
	}
	CHECK(cut(text, v) == 5);
	CHECK(cut(text + 25, v) == 1);
}

int
main(void)
{
	cuts();
	edges();
	return check_end("apart");
}
