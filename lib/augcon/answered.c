/*
 * Answered: the answer is none: empty, a refusal, or "the text does not
 * say".
 */
#include <string.h>

#include "augcon/gate_int.h"
#include "augcon/itself.h"
#include "augcon/lexicon.h"

/* The whole of an answer. */
static const char *const whole[] = { "unknown", "n a", "not mentioned",
	"not stated", "not specified", "not given", "not provided",
	"not available", "not applicable", "no answer", "no information",
	"unanswerable", "no idea", "idk", NULL };
/* How one begins, beside itself_cannot(). */
static const char *const starts[] = { "i don t know", "i do not know",
	"i m sorry", "i am sorry", "sorry", "i couldn t", "i could not",
	"i am not able", "i m not able", "i m not sure", "i am not sure",
	"i don t have", "i do not have", "i apologize", "i m afraid",
	"my apologies", "it is impossible to say", "it is impossible to tell",
	"it is impossible to know", "it is impossible to determine",
	"it is not possible to say", "it is not possible to tell",
	"it is not possible to determine", NULL };
/* What says so wherever it stands. */
static const char *const anywhere[] = { "there is no information",
	"there s no information", "there is no mention",
	"there s no mention", "no information is", "no information about",
	"gives no details", "gives no information", "not enough information",
	"insufficient information", "cannot be determined",
	"can t be determined", "can not be determined",
	"could not be determined", "cannot be answered",
	"can t be answered", "cannot be found", "can t be found",
	"could not find", "couldn t find", "unable to answer",
	"unable to determine", "is not specified", "is not stated",
	"is not mentioned", "are not mentioned", "is not provided",
	"isn t mentioned", "isn t specified", "isn t stated",
	"not mentioned in the", "not given in the", "not stated in the",
	"not specified in the", "not available in the",
	"not provided in the", "not found in the", "no mention of",
	"does not contain information", "doesn t contain information",
	NULL };
/* After "the text", whatever stands between. */
static const char *const denies[] = { "does not", "doesn t", "do not",
	"don t", "did not", "didn t", NULL };

static const char *const zh_whole[] = { "无", "未知", "不详", "没有", "不明",
	NULL };
static const char *const zh_starts[] = { "抱歉", "很抱歉", "对不起", "不知道",
	"不清楚", "我不知道", "我不清楚", "我不确定", NULL };
/* Not at the head of these: 不知道答案的时候 is a time. */
static const char *const zh_clause[] = { "的时候", "时，", "的人", "的话",
	"的情况", NULL };
/* What is asked so may be answered 没有. */
static const char *const zh_whether[] = { "吗", "有没有", "是否", "没有", "么？",
	NULL };
static const char *const zh_anywhere[] = { "无法回答", "无法确定", "无法得知",
	"无法判断", "不能回答", "不能确定", "未提及", "未提到", "没有提到",
	"没有提及", "没提到", "没有说明", "未说明", "没有提供", "未提供",
	"没有给出", "未给出", "没有相关", "无相关", "没有找到答案",
	"没有这方面的信息", "未作说明", "未明确", "没有明确", NULL };

static size_t
match_any(const struct gate_text *t, size_t i, const char *const *list)
{
	size_t n;
	int first = i < t->words.n ? t->s[t->words.v[i].at] | 0x20 : 0;

	for (; *list != NULL; list++)
		if (**list == first &&
		    (n = words_match(&t->words, t->s, i, *list)) > 0)
			return n;
	return 0;
}

static int
holds_any(const struct gate_text *t, size_t from, size_t to,
    const char *const *list)
{
	for (; *list != NULL; list++)
		if (gate_find(t, from, *list) < to)
			return 1;
	return 0;
}

/* Where the clause from byte `at` on ends. */
static size_t
clause_end(const struct gate_text *t, size_t at)
{
	size_t i;

	for (i = 0; i < t->words.n; i++)
		if (t->words.v[i].at > at && t->words.v[i].gap >= GAP_MARK)
			return t->words.v[i].at;
	return t->len;
}

/* 不知道答案的时候 and 无法预料的人 begin no refusal. */
static int
is_clause(const struct gate_text *t)
{
	size_t at = t->words.v[0].at;

	return t->words.chars > 0 &&
	    holds_any(t, at, clause_end(t, at), zh_clause);
}

/* Moves a text's reading to its word i. */
static int
read_from(const struct gate_text *t, size_t i, struct phrase *a)
{
	if (i >= t->words.n)
		return 0;
	a->s = t->s + t->words.v[i].at;
	a->len = t->len - t->words.v[i].at;
	return 1;
}

/* How many words stand before what is still to be read. */
static size_t
words_read_of(const struct gate_text *t, const struct phrase *a)
{
	size_t n = 0;

	while (n < t->words.n && t->s + t->words.v[n].at < a->s)
		n++;
	return n;
}

/* "As an AI language model, sadly, I cannot": how many words. */
static size_t
named_refuses(const struct gate_text *t, struct phrase *a)
{
	enum { MOST = 12 };	/* words between, of a script with blanks */
	size_t i, end;

	if (!itself_named(a))
		return 0;
	i = words_read_of(t, a);
	end = t->words.chars > 0 ? t->words.n : i + MOST;
	for (; i < end && read_from(t, i, a); i++)
		if (itself_refuses(a))
			return words_read_of(t, a);
	return 0;
}

/* The answerer says of itself that it cannot. */
static int
refuses(const struct gate_text *t, struct gate_finding *f)
{
	struct phrase a;
	size_t n;

	read_from(t, 0, &a);
	if (itself_cannot(&a))
		n = is_clause(t) ? 0 : words_read_of(t, &a);
	else
		n = named_refuses(t, &a);
	return n > 0 &&
	    gate_bad_words(f, "no answer", GATE_ANSWER, t, 0, n);
}

/* "The text does not say", "the context provided doesn't explain". */
static size_t
denied(const struct gate_text *t, size_t i)
{
	size_t k, n;

	if (!(gate_word(t, i) & LEX_TEXT))
		return 0;
	for (k = i + 1; k < i + 4 && k < t->words.n; k++) {
		if (t->words.v[k].gap >= GAP_MARK)
			return 0;
		n = match_any(t, k, denies);
		if (n > 0 && gate_word(t, k + n) & LEX_SAY)
			return k + n + 1 - i;
	}
	return 0;
}

static int
refuses_en(const struct gate_text *t, struct gate_finding *f)
{
	static const char why[] = "no answer";
	const struct words *w = &t->words;
	const uint64_t firsts = gate_firsts(anywhere);
	size_t i, n;

	n = match_any(t, 0, starts);
	if (n == 0 && (n = match_any(t, 0, whole)) < w->n)
		n = 0;
	if (n > 0)
		return gate_bad_words(f, why, GATE_ANSWER, t, 0, n);
	for (i = 0; i < w->n; i++) {
		if (w->v[i].kind > WORD_UPPER)
			continue;
		n = firsts & gate_first(t, i) ? match_any(t, i, anywhere) : 0;
		if (n == 0)
			n = denied(t, i);
		if (n > 0)
			return gate_bad_words(f, why, GATE_ANSWER, t, i, n);
	}
	return 0;
}

static int
refuses_zh(const struct gate_text *t, const struct gate_text *q,
    struct gate_finding *f)
{
	static const char why[] = "no answer";
	const struct words *w = &t->words;
	size_t start = w->v[0].at, end = w->v[w->n - 1].at +
	    w->v[w->n - 1].len, at, k;

	for (k = 0; zh_whole[k] != NULL; k++)
		if (end - start == strlen(zh_whole[k]) &&
		    gate_starts(t, start, zh_whole[k]) &&
		    !(strcmp(zh_whole[k], "没有") == 0 && q->s != NULL &&
		    holds_any(q, 0, q->len, zh_whether)))
			return gate_bad(f, why, GATE_ANSWER, start,
			    end - start);
	for (k = 0; zh_starts[k] != NULL; k++)
		if (gate_starts(t, start, zh_starts[k]) && !is_clause(t))
			return gate_bad(f, why, GATE_ANSWER, start,
			    strlen(zh_starts[k]));
	for (k = 0; zh_anywhere[k] != NULL; k++) {
		at = gate_find(t, 0, zh_anywhere[k]);
		if (at < t->len)
			return gate_bad(f, why, GATE_ANSWER, at,
			    strlen(zh_anywhere[k]));
	}
	return 0;
}

int
gate_answered(struct gate_case *c, struct gate_finding *f)
{
	const struct gate_text *t = &c->part[GATE_ANSWER];

	if (t->words.n == 0)
		return gate_bad(f, "empty", GATE_ANSWER, 0, 0);
	return refuses(t, f) || refuses_en(t, f) ||
	    (t->words.chars > 0 && refuses_zh(t, &c->part[GATE_QUESTION], f));
}
