/*
 * Chinese words for the text a question was made from.  Without blanks they
 * also stand across words (日本文化, 中文中), so a rule names what may not
 * stand beside them.
 */
#include <string.h>

#include "augcon/gate_int.h"
#include "text/utf8.h"

/* Characters before or behind that make it another word; NULL: any is right. */
struct rule {
	const char *word, *not_before, *only_before, *not_behind;
};

#define ASKING "在据从照问按对由与和是如，。？！：；、（"

#define ANY(word) { word, NULL, NULL, NULL }

static const struct rule rules[] = {
	{ "本文", "日基版剧文样课副脚书根标资范读抄底话绘异善译唱孤珍日",
	    NULL, "化学明字物件档书人体库" },
	{ "文中", NULL, ASKING, "学国华子" },
	{ "上文", NULL, ASKING, "化学字" },
	{ "下文", "以", ASKING, "化学字" },
	{ "原文", "古中日韩英", NULL, NULL },
	{ "短文", NULL, ASKING, NULL },
	{ "前文", NULL, ASKING, NULL },
	{ "该文", "应", NULL, "化件字" },
	{ "此文", NULL, NULL, "化件字" },
	{ "本段", "日基", NULL, NULL },
	{ "本节", "日", NULL, "目" },
	{ "本章", NULL, NULL, "程" },
	{ "现有内容", NULL, ASKING, NULL },
	{ "现有文本", NULL, ASKING, NULL },
	{ "文章中", NULL, ASKING, NULL },
	{ "文章没", NULL, ASKING, NULL },
	{ "材料中", NULL, ASKING, NULL },
	{ "材料里", NULL, ASKING, NULL },
	{ "书中", NULL, ASKING, NULL },
	{ "本研究", "日基", NULL, "所院生室会" },
	{ "该研究", "应", NULL, "所院生室会" },
	{ "研究人员发现", NULL, "，。", NULL },
	ANY("这篇"), ANY("本篇"), ANY("这段话"), ANY("这段文"),
	ANY("该段落"), ANY("上述"), ANY("以上内容"),
	ANY("以上文字"), ANY("以上材料"), ANY("以上信息"),
	ANY("以上段落"), ANY("根据以上"), ANY("上面的内"),
	ANY("上面的材"), ANY("上面的段"), ANY("上面这段"),
	ANY("上面这篇"), ANY("下列哪"), ANY("下列选项"),
	ANY("下列说法"), ANY("以下哪"), ANY("以下选项"),
	ANY("以下说法"), ANY("上面的文"), ANY("上面提到"),
	ANY("根据文章"), ANY("根据材料"), ANY("根据资料"),
	ANY("根据文本"), ANY("文章提"), ANY("文章说"),
	ANY("文章主要"), ANY("文章指出"), ANY("给定的"),
	ANY("所给"), ANY("提供的信息"), ANY("提供的文"),
	ANY("提供的资"), ANY("提供的材"), ANY("提供的内"),
	ANY("这项研究"), ANY("此项研究"),
	{ NULL, NULL, NULL, NULL }
};

/* Is the character before, behind one of a set? */
static int
before_is(const struct gate_text *t, size_t at, const char *set)
{
	uint32_t cp;
	size_t n;

	if (at == 0)
		return 0;
	n = utf8_prev(t->s, at, &cp);
	return utf8_is_in(t->s + at - n, n, set);
}

static int
behind_is(const struct gate_text *t, size_t at, const char *set)
{
	uint32_t cp;

	if (at >= t->len)
		return 0;
	return utf8_is_in(t->s + at, utf8_next(t->s + at, t->len - at, &cp),
	    set);
}

static int
holds(const struct gate_text *t, size_t at, const struct rule *r)
{
	if (!gate_starts(t, at, r->word))
		return 0;
	if (r->not_before != NULL && before_is(t, at, r->not_before))
		return 0;
	if (r->only_before != NULL && at > 0 &&
	    !before_is(t, at, r->only_before))
		return 0;
	return r->not_behind == NULL ||
	    !behind_is(t, at + strlen(r->word), r->not_behind);
}

/* The bit of a character of three bytes, by the last of them. */
static uint64_t
bit(const char *s)
{
	return UINT64_C(1) << (s[2] & 63);
}

static int
has(const struct gate_text *t, const char *what)
{
	return t->s != NULL && gate_find(t, 0, what) < t->len;
}

/*
 * From where on 作者 is somebody known: the work is named before, or in the
 * question of an answer.
 */
static size_t
author_known(const struct gate_case *c, enum gate_part part)
{
	const struct gate_text *q = &c->part[GATE_QUESTION];

	if (part == GATE_ANSWER && (has(q, "》") || has(q, "作者") ||
	    has(q, "书") || has(q, "小说")))
		return 0;
	return gate_find(&c->part[part], 0, "》");
}

int
refers_zh(const struct gate_case *c, enum gate_part part,
    struct gate_finding *f)
{
	static const char author[] = "作者";
	const struct gate_text *t = &c->part[part];
	const struct words *w = &t->words;
	const struct rule *r;
	size_t i, at, known = 0;
	int asked = 0;			/* for `known`: most need it not */
	uint64_t firsts = 0;

	for (r = rules; r->word != NULL; r++)
		firsts |= bit(r->word);
	for (i = 0; i < w->n; i++) {
		at = w->v[i].at;
		if (w->v[i].kind != WORD_CHAR || w->v[i].len != 3)
			continue;
		for (r = rules; firsts & bit(t->s + at) && r->word != NULL;
		    r++)
			if (r->word[2] == t->s[at + 2] &&
			    memcmp(r->word, t->s + at, 3) == 0 &&
			    holds(t, at, r))
				return gate_bad(f, "refers to a text", part,
				    at, strlen(r->word));
		if (!gate_starts(t, at, author))
			continue;
		if (!asked)
			known = author_known(c, part);
		asked = 1;
		if (at < known && !before_is(t, at, "的原合"))
			return gate_bad(f, "refers to a text", part, at,
			    sizeof(author) - 1);
	}
	return 0;
}
