/*
 * What a chat model says about itself before an answer: "Let me explain.",
 * "Thank you for asking!", "As an AI language model, ", the question over
 * again ("Q: ... A: "), a reasoning model's <think>.
 */
#ifndef AUGCON_PREAMBLE_SELF_H
#define AUGCON_PREAMBLE_SELF_H

#include "augcon/phrase.h"

/* Skips one of them, with the blanks behind it; 0 when none stands here. */
int preamble_self(struct phrase *);

#endif
