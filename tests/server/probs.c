/*
 * The log-probabilities of a reply, functions of the request's body alone.
 *
 * For a first token: yes is the likelier, the more of the words around the
 * passage (the question's) are in it.  For an echoed prompt: a word that was
 * there before is likely, a new one is not.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "server.h"

/* The next word: ASCII letters and digits, or one code point; n 0: none. */
static struct slice
next_word(struct slice *rest)
{
	struct slice w = { NULL, 0 };

	while (rest->n > 0 && (unsigned char)*rest->p < 0x80 &&
	    !isalnum((unsigned char)*rest->p))
		rest->p++, rest->n--;
	if (rest->n == 0)
		return w;
	w.p = rest->p;
	w.n = 1;
	if ((unsigned char)*w.p >= 0x80)
		while (w.n < rest->n && (w.p[w.n] & 0xc0) == 0x80)
			w.n++;
	else
		while (w.n < rest->n && isalnum((unsigned char)w.p[w.n]))
			w.n++;
	rest->p += w.n;
	rest->n -= w.n;
	return w;
}

static bool
has_word(struct slice text, struct slice word)
{
	struct slice w;

	while ((w = next_word(&text)).n > 0)
		if (w.n == word.n && strncasecmp(w.p, word.p, w.n) == 0)
			return true;
	return false;
}

/* How many words of the message that are not the passage's are in it. */
static double
overlap(const struct ask *a)
{
	struct slice rest = buf_slice(&a->msg), w;
	double n = 0, hits = 0;

	while ((w = next_word(&rest)).n > 0) {
		if (w.p >= a->text.p && w.p < a->text.p + a->text.n)
			continue;
		n++;
		hits += has_word(a->text, w);
	}
	return n > 0 ? hits / n : 0.5;
}

static void
add_choice(const char *word, double value, bool more, struct buf *out)
{
	buf_fmt(out, "%s{\"token\":\"%s\",\"logprob\":%.6f,\"bytes\":null",
	    more ? "," : "", word, value);
}

/* content[0], with as many choices as were asked for. */
static void
add_first(const struct ask *a, const char *how, struct buf *out)
{
	static const char *const words[] = { "Yes", "No", " yes", "The", "I",
	    "no", "是", "否", "Sure", "It", "\\n", "A", "This", "**", "To",
	    "You", "Can", "Is", "In", "What" };
	static const char *const others[] = { "The", "I", "It", "A", "Sure" };
	double odds = 6 * (overlap(a) - 0.5);
	long i, n = how && strcmp(how, "probsother") == 0 ? 5 : 20;
	const char *w;

	buf_str(out, ",\"logprobs\":{\"content\":[");
	add_choice(n == 5 ? others[0] : odds > 0 ? "Yes" : "No", -0.5, false,
	    out);
	buf_str(out, ",\"top_logprobs\":[");
	for (i = 0; i < n && i < a->top; i++) {
		w = n == 5 ? others[i] : words[i];
		if (i < 2 && n > 5)
			add_choice(w, -2 + (i ? -odds : odds) / 2, i > 0, out);
		else
			add_choice(w, -4 - (double)i / 4, i > 0, out);
		buf_str(out, "}");
	}
	buf_str(out, "]}]}");
}

/* A blank and a word, or whatever stands there: one token. */
static size_t
token_end(struct slice s, size_t i)
{
	size_t n = i + 1;

	if (s.p[i] == ' ' && n < s.n && isalnum((unsigned char)s.p[n]))
		n++;
	if (isalnum((unsigned char)s.p[n - 1]))
		while (n < s.n && isalnum((unsigned char)s.p[n]))
			n++;
	else
		while (n < s.n && (s.p[n] & 0xc0) == 0x80)
			n++;
	return n;
}

static double
value_of(struct slice before, struct slice token)
{
	double noise = (double)(mix(digest(token)) % 1000) / 1000;
	struct slice rest = token, w = next_word(&rest);

	if (w.n == 0)
		return -1 - noise;
	return has_word(before, w) ? -0.2 - noise / 2 : -4 - 3 * noise;
}

/* The prompt's tokens and one more, as completions say them. */
static void
add_prompt(const struct ask *a, const char *how, struct buf *out)
{
	struct slice s = buf_slice(&a->msg);
	struct buf values = { NULL, 0, 0 }, offsets = { NULL, 0, 0 };
	bool flat = how != NULL && strcmp(how, "probsflat") == 0;
	size_t i, end, points = 0;

	buf_str(out, ",\"logprobs\":{\"tokens\":[");
	for (i = 0; i < s.n; i = end) {
		end = token_end(s, i);
		buf_quote(out, (struct slice){ s.p + i, end - i });
		buf_str(out, ",");
		buf_fmt(&offsets, "%zu,", points);
		if (i == 0)
			buf_str(&values, "null,");
		else
			buf_fmt(&values, "%.6f,", flat ? -1.0 : value_of(
			    (struct slice){ s.p, i }, (struct slice){ s.p + i,
			    end - i }));
		for (; i < end; i++)
			points += (s.p[i] & 0xc0) != 0x80;
	}
	buf_fmt(&offsets, "%zu", points);
	buf_str(&values, "-0.125");
	buf_str(out, "\" ok\"],\"token_logprobs\":[");
	buf_add(out, values.p, values.n);
	buf_str(out, "],\"top_logprobs\":null,\"text_offset\":[");
	buf_add(out, offsets.p, offsets.n);
	buf_str(out, "]}");
	buf_free(&values);
	buf_free(&offsets);
}

void
probs_add(const struct ask *a, const char *how, struct buf *out)
{
	bool own = how != NULL && strcmp(how, "probsown") == 0;

	if (!a->probs || (how != NULL && strcmp(how, "probsnull") == 0))
		buf_str(out, ",\"logprobs\":null");
	else if (how != NULL && strcmp(how, "probsbad") == 0)
		buf_str(out, ",\"logprobs\":{\"content\":[{\"token\":\"Yes\","
		    "\"logprob\":\"high\",\"top_logprobs\":[{\"token\":"
		    "\"Yes\",\"logprob\":7}]}],\"tokens\":[1],"
		    "\"token_logprobs\":{}}");
	else if (a->api == TEXT && a->echo && !own)
		add_prompt(a, how, out);
	else
		add_first(a, how, out);
}

bool
fault_probs(struct reply *r, const struct ask *a, struct slice name,
    struct slice arg)
{
	static const char *const names[] = { "probsnull", "probsown",
	    "probsflat", "probsother", "probsbad" };
	size_t i;

	(void)arg;
	for (i = 0; i < sizeof names / sizeof *names; i++)
		if (slice_is(name, names[i])) {
			r->say.probs = names[i];
			reply_ok(r, a);
			return true;
		}
	return false;
}
