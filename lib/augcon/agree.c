#include "augcon/agree.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "augcon/rouge.h"
#include "base/buf.h"
#include "base/mem.h"
#include "text/token.h"
#include "text/uni.h"
#include "text/utf8.h"

/* The words of a text, in a buffer that holds them with a NUL behind each. */
struct bag {
	struct buf text;
	const char **v;		/* owned; in order */
	size_t n, cap;
};

static int
is_dropped(uint32_t cp)
{
	return uni_class(cp) == UNI_PUNCT || (cp < 0x80 &&
	    uni_class(cp) == UNI_SYMBOL);
}

/* Ends the word that begins at *from, if there is one that counts. */
static void
end_word(struct bag *w, size_t *from)
{
	const char *s;

	if (w->text.len == *from)
		return;
	buf_byte(&w->text, '\0');
	s = buf_cstr(&w->text) + *from;
	if (strcmp(s, "a") == 0 || strcmp(s, "an") == 0 ||
	    strcmp(s, "the") == 0) {
		w->text.len = *from;
		return;
	}
	w->n++;
	*from = w->text.len;
}

/* Writes the words one behind the other. */
static void
cut_bag(struct bag *w, const char *s, size_t len)
{
	size_t at, n, from = 0;
	uint32_t cp;
	int alone, was_alone = 0;

	for (at = 0; at < len; at += n) {
		n = utf8_next(s + at, len - at, &cp);
		if (is_dropped(cp))
			continue;
		alone = uni_is_scriptio_continua(cp) &&
		    uni_class(cp) != UNI_MARK;
		if (uni_class(cp) == UNI_SPACE || alone ||
		    (was_alone && uni_class(cp) != UNI_MARK))
			end_word(w, &from);
		was_alone = alone || (was_alone && uni_class(cp) == UNI_MARK);
		if (uni_class(cp) != UNI_SPACE && cp != 0)
			buf_add(&w->text, s + at, n);
	}
	end_word(w, &from);
}

static int
bag_read(struct bag *w, const char *s, size_t len)
{
	struct buf folded = BUF_INIT;
	size_t i, at = 0;
	int r = -1;

	if (uni_fold(s, len, &folded) == 0 && buf_ok(&folded)) {
		cut_bag(w, buf_cstr(&folded), folded.len);
		w->v = mem_new(w->n + 1, sizeof(*w->v));
		r = w->v != NULL && buf_ok(&w->text) ? 0 : -1;
	}
	for (i = 0; r == 0 && i < w->n; i++) {
		w->v[i] = w->text.s + at;
		at += strlen(w->v[i]) + 1;
	}
	buf_free(&folded);
	return r;
}

static void
bag_free(struct bag *w)
{
	buf_free(&w->text);
	free(w->v);
}

static int
by_word(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* How many words two bags have in common; sorts them. */
static size_t
common(struct bag *a, struct bag *b)
{
	size_t i = 0, j = 0, n = 0;
	int order;

	qsort(a->v, a->n, sizeof(*a->v), by_word);
	qsort(b->v, b->n, sizeof(*b->v), by_word);
	while (i < a->n && j < b->n) {
		order = strcmp(a->v[i], b->v[j]);
		n += order == 0;
		i += order <= 0;
		j += order >= 0;
	}
	return n;
}

static int
is_same(const struct bag *a, const struct bag *b)
{
	size_t i;

	if (a->n != b->n)
		return 0;
	for (i = 0; i < a->n; i++)
		if (strcmp(a->v[i], b->v[i]) != 0)
			return 0;
	return 1;
}

int
agree_answers(const char *a, size_t a_len, const char *b, size_t b_len,
    struct agree *to)
{
	struct bag x = { .n = 0 }, y = { .n = 0 };
	int r = -1;

	if (bag_read(&x, a, a_len) == 0 && bag_read(&y, b, b_len) == 0) {
		to->exact = is_same(&x, &y);
		to->f1 = x.n == 0 || y.n == 0 ? to->exact :
		    2.0 * (double)common(&x, &y) / (double)(x.n + y.n);
		r = 0;
	}
	bag_free(&x);
	bag_free(&y);
	return r;
}

int
agree_questions(const char *a, size_t a_len, const char *b, size_t b_len,
    double *f)
{
	struct vocab *all = vocab_new();
	struct buf scratch = BUF_INIT;
	struct tokens x = { .n = 0 }, y = { .n = 0 };
	uint32_t *row = NULL;
	int r = -1;

	if (all != NULL && token_ids(TOKEN_UNICODE, a, a_len, all, &scratch,
	    &x) == 0 && token_ids(TOKEN_UNICODE, b, b_len, all, &scratch,
	    &y) == 0 && (row = mem_new(y.n + 1, sizeof(*row))) != NULL) {
		*f = rouge_value(ROUGE_F, rouge_lcs_plain(x.v, x.n, y.v, y.n,
		    row), x.n, y.n);
		r = 0;
	}
	free(row);
	tokens_free(&x);
	tokens_free(&y);
	buf_free(&scratch);
	vocab_free(all);
	return r;
}
