/* What the files of the chunker share; nobody else includes this. */
#ifndef AUGCON_CHUNK_INT_H
#define AUGCON_CHUNK_INT_H

#include "augcon/chunk.h"
#include "base/buf.h"

enum {
	WINDOW = 64 << 10,	/* bytes that must show where a block ends */
	MARGIN = 4 << 10,	/* bytes that an edge may depend on */
	CLUSTER_MAX = 32 << 10,	/* bytes of a grapheme that stays whole */
	BOM = 3,		/* bytes of a byte order mark */
	LEVELS = 6,		/* of Markdown headings */
	INDENT_MAX = 60		/* blanks before a line's first sign; more: */
				/* it counts as one inside its line */
};

enum part { PART_TEXT, PART_HEADING, PART_FRONT };

/* The least that a chunk is packed from, or a piece that is left out. */
struct unit {
	uint64_t at;		/* offset in the document */
	size_t len, chars;	/* bytes, code points, blanks after it too */
	size_t tail, tail_chars;	/* the blanks after it */
	enum part part;
	int level;		/* of a heading, 1 to LEVELS */
	int last;		/* of its paragraph */
	int wall;		/* no chunk goes on after it */
};

/* A block of lines, for all that decides how it is cut. */
struct block {
	size_t len;		/* bytes; all there are when not closed */
	enum part part;
	int level;
	int verbatim;		/* code or a table: cut at lines */
	int closed;		/* its end is seen */
};

struct chunker {
	struct chunk_rule rule;
	struct buf win;		/* the bytes held */
	uint64_t base;		/* offset of win.s[0] in the document */
	size_t valid;		/* bytes of win that are UTF-8 */
	int ended, bad;

	/* Of win: */
	size_t scan;		/* all before it is in units or blank */
	size_t block_end;	/* the block at scan; scan: not known */
	size_t piece_end;	/* the sentence at scan, the same way */
	int soft;		/* the block goes on after block_end */
	int parts;		/* the piece is too long for one unit */
	struct block block;
	int fence;		/* sign of an open code fence, or 0 */
	size_t fence_len;

	struct unit *q;		/* q[head..n): not yet in a chunk, and */
	size_t head, n, cap;	/* before them q[first..head): overlap */
	size_t first;
	size_t ahead;		/* code points in q[head..n) */
	size_t walls;		/* units of them that no chunk goes on after */
	struct buf title[LEVELS], section;
};

/*
 * Finds units and appends them to q.  1: some came, 0: more text is needed,
 * or all of it is cut; -1: no memory.
 */
int unit_find(struct chunker *);

/*
 * What block begins at s, the first byte of a line that is not blank;
 * `indent` blanks stand before it, or INDENT_MAX when s is inside a line.
 * `whole`: no more text will come.  An open fence is kept in the chunker.
 */
void block_markdown(struct chunker *, const char *s, size_t len,
    size_t indent, int whole, struct block *);

/* Front matter at s, the start of a document; closed says if it is. */
void block_front(const char *s, size_t len, struct block *);

/*
 * Enters the section of a heading, which replaces its level and those below.
 * 0, or -1 without memory.
 */
int block_enter(struct chunker *, const char *, size_t len, int level);

#endif
