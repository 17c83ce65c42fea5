/* What the gates share. */
#ifndef AUGCON_GATE_INT_H
#define AUGCON_GATE_INT_H

#include "augcon/gate.h"

/* How many words back a rule looks for what a word stands for. */
enum { GATE_BACK = 200 };

/*
 * Each looks at texts that are there.  0; 1: it is bad, and *f says why,
 * where and what; 2: nothing can be said; -1: no memory.
 */
int gate_standalone(struct gate_case *, struct gate_finding *f);
int gate_grounded(struct gate_case *, struct gate_finding *f);
int gate_faithful(struct gate_case *, struct gate_finding *f);
int gate_answered(struct gate_case *, struct gate_finding *f);
int gate_preamble(struct gate_case *, struct gate_finding *f);
int gate_language(struct gate_case *, struct gate_finding *f);
int gate_copied(struct gate_case *, struct gate_finding *f);
int gate_truncated(struct gate_case *, struct gate_finding *f);

/* The halves of standalone: a text that is spoken of, English and Chinese. */
int refers_en(const struct gate_case *, enum gate_part,
    struct gate_finding *);
int refers_zh(const struct gate_case *, enum gate_part,
    struct gate_finding *);
/* A question that speaks of somebody or something it has not named. */
int dangles_en(const struct gate_text *, struct gate_finding *);
int dangles_zh(const struct gate_text *, struct gate_finding *);

/* Of faithful: a Chinese name of f->in that its sources have not. */
int faithful_name_zh(struct gate_case *, struct gate_finding *f);
/* Of truncated: does the answer leave something open? */
int truncated_open(const struct gate_text *, struct gate_finding *);

/* Fills a finding about bytes of a part; returns 1. */
int gate_bad(struct gate_finding *, const char *why, enum gate_part,
    size_t at, size_t len);
/* About the words from i, n of them. */
int gate_bad_words(struct gate_finding *, const char *why, enum gate_part,
    const struct gate_text *, size_t i, size_t n);

/*
 * The letters that a list's phrases begin with, a bit for each, and the bit
 * of word i: most words are told from all of a list by it.
 */
uint64_t gate_firsts(const char *const *list);
uint64_t gate_first(const struct gate_text *, size_t i);

/* What word i of question or answer is (lexicon.h), 0 past the end. */
unsigned gate_word(const struct gate_text *, size_t i);

/* A text of letters as its language: lang_detect(), or NULL: too short. */
const char *gate_language_of(struct gate_text *);

/* Is a part in a language that is known, and not the context's? */
int gate_is_foreign(struct gate_case *, enum gate_part);

/* Is word i one of a list, which NULL ends? */
int gate_is_one_of(const struct gate_text *, size_t i,
    const char *const *list);

/* The first bytes of a text, or those at `at`. */
int gate_starts(const struct gate_text *, size_t at, const char *with);
/* Where `what` first stands from byte `from` on, or len. */
size_t gate_find(const struct gate_text *, size_t from, const char *what);

#endif
