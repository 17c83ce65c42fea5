/*
 * How much an answer says what another one does, by their words alone: exact
 * match and token F1 (Rajpurkar et al., SQuAD, arXiv 1606.05250, section 6.1),
 * for scripts without blanks by the character, as CMRC 2018 splits them (Cui
 * et al., arXiv 1810.07366).
 *
 * Words are what is left of NFKC and case folding when punctuation is taken
 * away (not replaced: "U.S." is "us", "twenty-one" one word) and the words a,
 * an and the are.  Han, kana, Thai and the like are a word a letter.  F1 is
 * the harmonic mean of precision and recall of the bag of words, as SQuAD
 * has it; CMRC's own counts the longest common run instead.
 */
#ifndef AUGCON_AGREE_H
#define AUGCON_AGREE_H

#include <stddef.h>

struct agree {
	int exact;		/* the same words in the same order */
	double f1;		/* 0 to 1; without words: exact */
};

/* Of two texts in valid UTF-8, in any order.  0, or -1 without memory. */
int agree_answers(const char *a, size_t a_len, const char *b, size_t b_len,
    struct agree *);

/*
 * ROUGE-L F (rouge.h) of two questions, over the tokens of `unicode`
 * (text/token.h): unlike F1 it heeds the order of words.  0, or -1.
 */
int agree_questions(const char *a, size_t a_len, const char *b, size_t b_len,
    double *f);

#endif
