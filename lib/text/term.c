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
	const char *last;	/* the character before, when there is one */
	size_t last_len;
};

/* Tokens lie in one text, so neighbours touch: a pair is one run of bytes. */
static int
add_char(struct walk *w, const char *s, size_t len)
{
	int r = 0;

	if (w->last != NULL && w->last + w->last_len == s)
		r = w->fn(w->arg, w->last, w->last_len + len);
	w->last = s;
	w->last_len = len;
	return r != 0 ? r : w->fn(w->arg, s, len);
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

	utf8_next(s, len, &cp);
	if (uni_is_scriptio_continua(cp))
		return add_char(w, s, len);
	w->last = NULL;
	if (lang_is_stop(s, len))
		return 0;
	return w->fn(w->arg, s, stem(s, len));
}

int
term_each(const char *text, size_t len, struct buf *scratch,
    int (*fn)(void *, const char *, size_t), void *arg)
{
	struct walk w = { fn, arg, NULL, 0 };

	return token_each(TOKEN_UNICODE, text, len, scratch, add_token, &w);
}
