/*
 * The embeddings of a batch's questions, from the endpoint.  A question that
 * gets none has failed, and is no longer one.
 */
#ifndef CMD_VECTORS_H
#define CMD_VECTORS_H

#include "held.h"
#include "llm/embedder.h"

struct vectors {
	struct embedder *embedder;	/* NULL: not asked for */
	const char *question;	/* the member that is embedded */
	int dry_run;
	struct floats v;	/* dim numbers a question */
	size_t dim;
	unsigned long base;	/* lines of the batches before */
};

/*
 * Asks for all.  0: there they are; 1: --dry-run, nobody was asked; else -1
 * and *code, why the run stops.
 */
int vectors_get(struct vectors *, struct filter *, struct held *, int *code);
void vectors_free(struct vectors *);

#endif
