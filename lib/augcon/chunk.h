/*
 * A document to root contexts (AugCon, Quan 2024, 2.1: at most 500
 * characters packed from whole sentences).  Text is pushed in as it comes
 * and chunks are pulled out, so a document larger than memory streams; the
 * window held is some 64 KiB and a few chunks.
 *
 * Whole units are packed up to `size`.  With CHUNK_SENTENCE a chunk ends
 * with its paragraph, but one with less than `min` joins its neighbour where
 * both fit.  A unit longer than size is cut at sentences, then clauses, then
 * blanks, then graphemes (one of over 32 KiB inside).  Blanks between chunks
 * belong to none.  No chunk crosses a Markdown heading, nor a run of size
 * blanks.
 */
#ifndef AUGCON_CHUNK_H
#define AUGCON_CHUNK_H

#include <stddef.h>
#include <stdint.h>

enum chunk_by { CHUNK_SENTENCE, CHUNK_PARAGRAPH, CHUNK_LINE, CHUNK_CHAR };

enum { CHUNK_SIZE_MAX = 1000000 };

struct chunk_rule {
	size_t size;		/* code points, 1 to CHUNK_SIZE_MAX */
	size_t min;		/* code points, at most size */
	size_t overlap;		/* code points repeated, less than size */
	enum chunk_by by;
	int markdown;		/* headings, fences, tables, front matter */
};

struct chunk {
	const char *text;	/* borrowed until the next call */
	size_t len;		/* bytes */
	uint64_t start, end;	/* byte offsets in the document */
	size_t chars;		/* code points */
	const char *section;	/* "A > B"; "" where there is none */
	/*
	 * NULL for a chunk.  Else these bytes are in no chunk by this rule:
	 * "heading" (it is in `section`) or "front_matter".
	 */
	const char *rule;
};

struct chunker;
struct chunker *chunker_new(const struct chunk_rule *);
void chunker_free(struct chunker *);

/* Begins the next document. */
void chunker_reset(struct chunker *, int markdown);

/*
 * Adds bytes of the document; a byte order mark at its start is skipped.
 * Bytes after one that is no UTF-8 are ignored.  0, or -1 without memory.
 */
int chunker_add(struct chunker *, const char *, size_t len);
void chunker_end(struct chunker *);

/* 1: a chunk; 0: add more, or after the end all are out; -1: no memory. */
int chunker_next(struct chunker *, struct chunk *);

/* True when the document has a byte that is no UTF-8; *at: its offset. */
int chunker_bad(const struct chunker *, uint64_t *at);

#endif
