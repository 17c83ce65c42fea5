/* Subsets drawn, and what a grid of trials and records says of the best. */
#include <math.h>
#include <stdlib.h>

#include "augcon/grid.h"
#include "augcon/subset.h"
#include "base/rng.h"
#include "check.h"

static void
subsets(void)
{
	struct subsets all = { .n = 0 }, again = { .n = 0 };
	uint64_t rng = 7;
	size_t i, j, sizes[4] = { 0 };

	/* 5 + 10 + 10 of at most 3 of 5, and then no more. */
	for (i = 0; subset_draw(&all, 5, 3, &rng) == 1; i++)
		;
	CHECK(i == 25);
	for (i = 0; i < all.n; i++) {
		CHECK(all.v[i].n >= 1 && all.v[i].n <= 3);
		sizes[all.v[i].n]++;
		for (j = 1; j < all.v[i].n; j++)
			CHECK(all.v[i].v[j - 1] < all.v[i].v[j]);
		CHECK(all.v[i].v[all.v[i].n - 1] < 5);
		for (j = 0; j < i; j++)
			CHECK(!subset_is(&all.v[i], &all.v[j]));
	}
	CHECK(sizes[1] == 5 && sizes[2] == 10 && sizes[3] == 10);
	/* The same seed, the same subsets. */
	rng = 7;
	for (i = 0; i < 10; i++)
		CHECK(subset_draw(&again, 5, 3, &rng) == 1 &&
		    subset_is(&again.v[i], &all.v[i]));
	subsets_free(&again);
	subsets_free(&all);
	memset(&all, 0, sizeof(all));
	CHECK(subset_draw(&all, 0, 3, &rng) == 0);
	CHECK(subset_draw(&all, 1, 3, &rng) == 1 && all.v[0].n == 1);
	CHECK(subset_draw(&all, 1, 3, &rng) == 0);
	subsets_free(&all);
}

/* Rows of '1', '0' and '.'. */
static void
fill(struct grid *g, const char *const *rows, size_t n)
{
	size_t i, j;

	CHECK(grid_init(g, n, strlen(rows[0])) == 0);
	for (i = 0; i < n; i++)
		for (j = 0; rows[i][j] != '\0'; j++)
			if (rows[i][j] != '.')
				*grid_at(g, i, j) = rows[i][j] == '1';
}

static void
gaps(void)
{
	static const char *const rows[] = { "11110.1111", "0101001.11",
	    "1111011111", ".........." };
	const unsigned char second[] = { 0, 1, 0, 0 }, two[] = { 0, 1, 1, 0 };
	const unsigned char none[] = { 0, 0, 0, 1 };
	struct grid g;
	struct grid_gap x;

	fill(&g, rows, 4);
	CHECK(fabs(grid_rate(&g, 0) - 8.0 / 9) < 1e-12);
	CHECK(fabs(grid_rate(&g, 1) - 5.0 / 9) < 1e-12);
	CHECK(grid_rate(&g, 3) == 0);
	CHECK(grid_gap(&g, 0, second, 1, &x) == 0);
	/* Shared: 0 1 2 3 4 6 8 9; better on 0 and 2. */
	CHECK(x.n == 8 && x.more == 2 && x.less == 0);
	CHECK(fabs(x.mean - 0.25) < 1e-12 && fabs(x.p - 0.5) < 1e-12);
	CHECK(x.low == 0 && x.high >= 0.5 && x.high < 1);
	CHECK(grid_gap(&g, 0, two, 1, &x) == 0);
	CHECK(x.n == 9 && fabs(x.mean - 1.0 / 9) < 1e-12);
	CHECK(grid_gap(&g, 0, none, 1, &x) == 0);
	CHECK(x.n == 0 && x.mean == 0 && x.p == 1);
	CHECK(grid_gap(&g, 3, second, 1, &x) == 0 && x.n == 0);
	grid_free(&g);
}

/* 6 against none of 6: 2 / 64. */
static void
signs(void)
{
	static const char *const rows[] = { "1111110", "0000000" };
	const unsigned char other[] = { 0, 1 };
	struct grid g;
	struct grid_gap x;

	fill(&g, rows, 2);
	CHECK(grid_gap(&g, 0, other, 1, &x) == 0);
	CHECK(fabs(x.p - 2.0 / 64) < 1e-12);
	CHECK(grid_gap(&g, 1, (const unsigned char[]){ 1, 0 }, 1, &x) == 0);
	CHECK(fabs(x.p - 2.0 / 64) < 1e-12 && x.less == 6 && x.mean < 0);
	grid_free(&g);
}

/*
 * Where all trials are alike the best of 20 is as good as chance makes it:
 * the test says so in about 5 of 100 grids, not in half of them.
 */
static void
chance(void)
{
	unsigned char marked[21];
	struct grid g;
	uint64_t rng = 3;
	size_t round, i, j, sure = 0;

	memset(marked, 1, sizeof(marked));
	for (round = 0; round < 100; round++) {
		CHECK(grid_init(&g, 20, 12) == 0);
		for (i = 0; i < 20; i++)
			for (j = 0; j < 12; j++)
				if (rng_below(&rng, 4) > 0)
					*grid_at(&g, i, j) =
					    rng_unit(&rng) < 0.5;
		sure += grid_chance(&g, marked, round) < 0.05;
		grid_free(&g);
	}
	CHECK(sure <= 12);
	/* One that is right throughout among coins stands out. */
	CHECK(grid_init(&g, 20, 24) == 0);
	for (i = 0; i < 20; i++)
		for (j = 0; j < 24; j++)
			*grid_at(&g, i, j) = i == 5 || rng_unit(&rng) < 0.4;
	CHECK(grid_chance(&g, marked, 1) < 0.01);
	CHECK(grid_chance(&g, marked, 1) == grid_chance(&g, marked, 1));
	marked[5] = 0;
	CHECK(grid_chance(&g, marked, 1) > 0.01);
	grid_free(&g);
	/* All alike to the last: certain. */
	CHECK(grid_init(&g, 3, 4) == 0);
	CHECK(grid_chance(&g, marked, 1) == 1);
	grid_free(&g);
}

int
main(void)
{
	subsets();
	gaps();
	signs();
	chance();
	return check_end("grid");
}
