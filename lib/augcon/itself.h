/*
 * What a chat model says of itself: that it is one ("As an AI language
 * model", 作为一个AI助手), and that it cannot ("I don't know", 我无法).  Each
 * skips it where it stands, with the blanks behind it, or returns 0.
 */
#ifndef AUGCON_ITSELF_H
#define AUGCON_ITSELF_H

#include "augcon/phrase.h"

int itself_named(struct phrase *);

/* With these an answer is none, wherever they open it. */
int itself_cannot(struct phrase *);

/* With these one who has named itself refuses; the former among them. */
int itself_refuses(struct phrase *);

#endif
