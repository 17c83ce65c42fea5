#include "augcon/phrase.h"

#include <string.h>

void
phrase_skip(struct phrase *a, size_t n)
{
	a->s += n;
	a->len -= n;
}

void
phrase_blanks(struct phrase *a)
{
	while (a->len > 0 && strchr(" \t\r\n", *a->s) != NULL && *a->s != '\0')
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

static int
begins(const struct phrase *a, const char *word, size_t len)
{
	size_t i;

	if (len > a->len)
		return 0;
	for (i = 0; i < len; i++)
		if (a->s[i] != word[i] && !(word[i] >= 'a' && word[i] <= 'z' &&
		    (a->s[i] | 0x20) == word[i]))
			return 0;
	/* A word of letters ends where they do; Chinese has no ends. */
	return len == a->len || !phrase_letter(word[len - 1]) ||
	    !phrase_letter(a->s[len]);
}

int
phrase_take(struct phrase *a, const char *list)
{
	const char *end;
	size_t len;

	for (; list != NULL; list = end == NULL ? NULL : end + 1) {
		end = strchr(list, '|');
		/* Most are told by their first letter. */
		if (a->len == 0 || ((*a->s ^ *list) & ~0x20) != 0)
			continue;
		len = end == NULL ? strlen(list) : (size_t)(end - list);
		if (len == 0 || !begins(a, list, len))
			continue;
		phrase_skip(a, len);
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
