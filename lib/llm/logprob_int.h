/* What logprob.c (choices) and logprob_text.c (an echoed text) share. */
#ifndef LLM_LOGPROB_INT_H
#define LLM_LOGPROB_INT_H

#include "llm/logprob.h"
#include "rec/view.h"

/* 1 and the value; 0: null, or none; -1: what no log-probability is. */
int logprob_value(const struct view *, double *);

#endif
