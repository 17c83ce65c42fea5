/*
 * Documents cut to chunks: a text as it comes in, or records with a text
 * each.  Chunks go out as lines (chunk_line.h) as soon as they are whole;
 * what is in none goes to --dropped.
 */
#ifndef CMD_CUT_H
#define CMD_CUT_H

#include "augcon/chunk.h"
#include "augcon/tally.h"
#include "chunk_line.h"
#include "rec/filter.h"

struct cut {
	struct filter f;	/* open, with f.in.stay */
	struct chunker *c;	/* owned */
	struct tally *tally;	/* owned; counts the chunks' terms, or NULL */
	struct out dropped;	/* fd -1: it is not asked for */
	struct origin from;	/* the document in hand */
	struct buf text, line;
	unsigned long lines;	/* of the text file so far */
};

/*
 * The input file that is open, to its end or to a signal; as records, the
 * text of each is in a member.  0, or -1: stop, f.why says why.
 */
int cut_text(struct cut *, int markdown);
int cut_records(struct cut *, const char *member);

/* Writes what the tally has counted to a file.  0, or -1: f.why. */
int cut_write_df(struct cut *, const char *path);

/* All but the filter and `dropped`, which are closed. */
void cut_free(struct cut *);

#endif
