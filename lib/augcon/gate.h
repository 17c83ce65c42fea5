/*
 * Gates: is a question with its answer fit to be learnt from, once the
 * context is gone (Quan, arXiv 2405.16579, section 3.3: the pair alone is
 * what a model is trained on)?  ac-check(1) says what each looks for.  All
 * rules see the texts alone and are linear in their length.
 */
#ifndef AUGCON_GATE_H
#define AUGCON_GATE_H

#include <stddef.h>

#include "augcon/words.h"

enum gate { GATE_STANDALONE, GATE_GROUNDED, GATE_FAITHFUL, GATE_ANSWERED,
    GATE_PREAMBLE, GATE_LANGUAGE, GATE_COPIED, GATE_TRUNCATED };
enum { GATES = GATE_TRUNCATED + 1 };

enum gate_part { GATE_QUESTION, GATE_ANSWER, GATE_CONTEXT };
enum { GATE_PARTS = GATE_CONTEXT + 1 };

/* What gates work out of a text when one first asks for it. */
enum gate_known { GATE_LANG = 1, GATE_NUMBERS = 2, GATE_WORDS = 4 };

/* Valid UTF-8, borrowed; s NULL: not there.  The rest is the gates'. */
struct gate_text {
	const char *s;
	size_t len;
	struct words words;
	unsigned known;		/* enum gate_known, or'ed */
	const char *lang;	/* gate_language_of() */
	double *number;		/* owned: sorted, each once */
	size_t numbers, number_cap;
	uint64_t *set;		/* owned: of words (faithful_set.c) */
	size_t set_cap;
};

/*
 * Zero it; its memory serves one pair after the other, and what is known of
 * a context serves all pairs of it that come in a row.
 */
struct gate_case {
	struct gate_text part[GATE_PARTS];
	unsigned sources;	/* 1 << gate_part: where names must stand */
	struct buf context;	/* a copy of the last one */
	size_t *span;		/* owned: what gates work in */
	size_t span_cap;
};

enum gate_verdict { GATE_NONE, GATE_OK, GATE_BAD };

/* Of GATE_BAD: why, a word of a fixed list, and what was found. */
struct gate_finding {
	enum gate_verdict verdict;
	const char *why;
	enum gate_part in;
	size_t at, len;		/* bytes of that part; len 0: nowhere */
	double share;		/* of the answer, "copied" alone; else 0 */
};

extern const char *const gate_names[GATES + 1];		/* NULL ends */
extern const char *const gate_part_names[GATE_PARTS];

/* The texts of a pair, any of them NULL.  0, or -1 without memory. */
int gate_take(struct gate_case *, const char *const s[GATE_PARTS],
    const size_t len[GATE_PARTS]);
void gate_free(struct gate_case *);

/* GATE_NONE where the pair lacks what the gate needs.  0 or -1. */
int gate_look(struct gate_case *, enum gate, struct gate_finding *);

#endif
