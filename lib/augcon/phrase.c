#include "augcon/phrase.h"

#include <string.h>

void
phrase_skip(struct phrase *a, size_t n)
{
	a->s += n;
	a->len -= n;
}

static int
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

void
phrase_blanks(struct phrase *a)
{
	while (a->len > 0 && is_blank(*a->s))
		phrase_skip(a, 1);
}

int
phrase_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

int
phrase_is_wide(const struct phrase *a)
{
	return a->len > 0 && (unsigned char)*a->s >= 0x80;
}

/* The bytes that byte c of a list's word stands for here, or 0. */
static size_t
same(const char *s, size_t len, char c)
{
	static const char curly[] = "’";
	size_t n = 0;

	if (c == ' ') {
		while (n < len && is_blank(s[n]))
			n++;
		return n;
	}
	if (len > 0 && (*s == c || (c >= 'a' && c <= 'z' && (*s | 0x20) == c)))
		return 1;
	n = sizeof(curly) - 1;
	return c == '\'' && len >= n && memcmp(s, curly, n) == 0 ? n : 0;
}

/* The bytes of the word that stands here, or 0. */
static size_t
begins(const struct phrase *a, const char *word, size_t len)
{
	size_t i, n, at = 0;

	for (i = 0; i < len; i++, at += n)
		if ((n = same(a->s + at, a->len - at, word[i])) == 0)
			return 0;
	/* A word of letters ends where they do; Chinese has no ends. */
	return at == a->len || !phrase_letter(word[len - 1]) ||
	    !phrase_letter(a->s[at]) ? at : 0;
}

int
phrase_take(struct phrase *a, const char *list)
{
	const char *end;
	size_t len, n;

	for (; list != NULL; list = end == NULL ? NULL : end + 1) {
		end = strchr(list, '|');
		/* Most are told by their first letter. */
		if (a->len == 0 || ((*a->s ^ *list) & ~0x20) != 0)
			continue;
		len = end == NULL ? strlen(list) : (size_t)(end - list);
		n = begins(a, list, len);
		if (n == 0)
			continue;
		phrase_skip(a, n);
		phrase_blanks(a);
		return 1;
	}
	return 0;
}

int
phrase_holds(struct phrase a, const char *list, size_t n)
{
	const char *end = a.s + (n < a.len ? n : a.len);

	for (; a.s < end; phrase_skip(&a, 1))
		if (phrase_take(&a, list))
			return 1;
	return 0;
}
