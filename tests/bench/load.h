/* What load.c (connections) and load_work.c (requests) share. */
#ifndef BENCH_LOAD_H
#define BENCH_LOAD_H

#include <stdint.h>

#include "base/buf.h"
#include "base/heap.h"

struct conn {
	int fd, closed;
	int asked;		/* a request of it is worked at or in line */
	struct buf in;
	struct conn *next;	/* in line */
};

struct load {
	double low, high;	/* seconds an answer takes */
	unsigned long slots, most;	/* 0: as many as come */
	double refuse;		/* share, 0 to 1 */
	uint64_t rng;
	int poll, listen;

	struct heap due;	/* connections by the time of their answer */
	struct conn *line, **line_end;
	unsigned long inside, working;	/* requests now; of these worked at */

	unsigned long requests, answers, refusals, peak;
	double first, last, ended;	/* requests; answer, on the clock */
	double changed, area, area_last;	/* of `working` over time */
	struct buf answer, refusal;
	size_t number;		/* where in the answer its number stands */
};

/* Makes the texts of an answer and of a refusal. */
void load_prepare(struct load *);

/* A request has come whole: answers, refuses, works at it or lets it wait. */
void load_request(struct load *, struct conn *);

/* Answers all that are due by now. */
void load_due(struct load *, double now);

/* Appends the counts; sends them. */
void load_stats(const struct load *, struct buf *);
void load_send_stats(const struct load *, struct conn *);

void load_conn_free(struct conn *);

#endif
