/*
 * English words as the gates see them: function words, words for texts and
 * for those who write them, words for saying.
 */
#ifndef AUGCON_LEXICON_H
#define AUGCON_LEXICON_H

#include <stddef.h>

enum lexicon {
	LEX_THE = 1,		/* the, this, that, these, those */
	LEX_DEMO = 2,		/* the same without "the" */
	LEX_GIVEN = 4,		/* given, provided, above, following */
	LEX_ORDINAL = 8,	/* first, second, last */
	LEX_TEXT = 16,		/* passage, text, article, context */
	LEX_WRITER = 32,	/* author, narrator */
	LEX_WORK = 64,		/* study, paper, researchers, company */
	LEX_AUX = 128,		/* does, was, can */
	LEX_PRONOUN = 256,	/* he, its, them */
	LEX_WH = 512,		/* what, when, how */
	LEX_SAY = 1024,		/* says, mentioned, describe */
	LEX_FUNC = 2048,	/* other words that are no antecedent */
	LEX_SUBORD = 4096,	/* after, while, despite */
	LEX_BOOK = 8192		/* book, novel, wrote */
};

/* What a word of ASCII letters is, case folded; or'ed, 0: nothing known. */
unsigned lexicon_look(const char *word, size_t len);

#endif
