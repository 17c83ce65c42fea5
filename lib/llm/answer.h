/*
 * The members of a model's answer, in whatever dress it wrote them: a JSON
 * object, one in a fence or among prose, one with the quotes and colons of
 * Chinese type, or no object but lines such as "Question: ..." and "问题：...".
 */
#ifndef LLM_ANSWER_H
#define LLM_ANSWER_H

#include <stddef.h>

#include "base/buf.h"
#include "rec/doc.h"

/* What the value of a label is. */
enum answer_kind {
	ANSWER_TEXT,		/* all up to the next label */
	ANSWER_LINE,		/* the same, but no more than a paragraph */
	ANSWER_NUMBER		/* the first number in it */
};

struct answer_field {
	const char *name;	/* of the member; NULL ends an array */
	/*
	 * What a model may call it, in lower case, "|" between: as the name
	 * of a member, or before a colon at the start of a line.
	 */
	const char *labels;
	enum answer_kind kind;
};

/*
 * The answer as an object whose members have the fields' own names.  Freed
 * with doc_free(); NULL: *why, which is no good (buf_ok) without memory.
 */
struct doc *answer_read(const char *text, size_t len,
    const struct answer_field *, struct buf *why);

/*
 * The text of the first field alone, in *out, where that is plain to see:
 * the answer is a JSON object and nothing else, with that member.  1; 0: it
 * may be there all the same, as answer_read() finds it.  The text has a NUL
 * after len bytes.
 */
int answer_first(const char *text, size_t len, const struct answer_field *,
    struct buf *out);

/*
 * The JSON object alone: the text itself, or what stands in ``` fences, or
 * the first balanced {...} in prose.  Line ends and tabs that stand raw in
 * its strings are forgiven.
 */
struct doc *answer_object(const char *text, size_t len, struct buf *why);

#endif
