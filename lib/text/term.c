/* Terms. */
#include "text/term.h"

#include "text/lang.h"
#include "text/token.h"
#include "text/uni.h"
#include "text/utf8.h"

enum { STEM = 5 };	/* letters of an English word that are kept */

struct walk {
	int (*fn)(void *, const char *, size_t);
	void *arg;
	const char *last;	/* a character that waits for its neighbour */
	size_t last_len;
	int paired;		/* it was in a pair already */
};

static int
give(struct walk *w, const char *s, size_t len)
{
	return w->fn(w->arg, s, len);
}

/* The waiting character, when no pair took it. */
static int
give_lone(struct walk *w)
{
	const char *s = w->last;

	w->last = NULL;
	if (s == NULL || w->paired || lang_is_stop(s, w->last_len))
		return 0;
	return give(w, s, w->last_len);
}

/* Tokens lie in one text, so neighbours touch: a pair is one run of bytes. */
static int
add_char(struct walk *w, const char *s, size_t len)
{
	int r = 0, touch = w->last != NULL && w->last + w->last_len == s;

	if (touch)
		r = give(w, w->last, w->last_len + len);
	else
		r = give_lone(w);
	w->last = s;
	w->last_len = len;
	w->paired = touch;
	return r;
}

static size_t
stem(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (s[i] < 'a' || s[i] > 'z')
			return len;
	return len < STEM ? len : STEM;
}

static int
add_token(void *arg, const char *s, size_t len)
{
	struct walk *w = arg;
	uint32_t cp;
	int r;

	utf8_next(s, len, &cp);
	if (uni_is_scriptio_continua(cp))
		return add_char(w, s, len);
	if ((r = give_lone(w)) != 0)
		return r;
	if (lang_is_stop(s, len))
		return 0;
	return give(w, s, stem(s, len));
}

int
term_each(const char *text, size_t len, struct buf *scratch,
    int (*fn)(void *, const char *, size_t), void *arg)
{
	struct walk w = { fn, arg, NULL, 0, 0 };
	int r;

	r = token_each(TOKEN_UNICODE, text, len, scratch, add_token, &w);
	return r != 0 ? r : give_lone(&w);
}
