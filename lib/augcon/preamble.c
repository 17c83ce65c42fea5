#include "augcon/preamble.h"

#include <string.h>

#include "text/uni.h"
#include "text/utf8.h"

/* In a list '|' is between words; of two that begin alike the longer first. */
static const char chat[] = "sure thing|sure|certainly|of course|absolutely|"
    "great question|good question";
static const char labels[] = "the correct answer is|the answer is|"
    "the answer|answer is|answer|response|正确答案是|答案是|答案为|答案|"
    "回答|答";
static const char here[] = "here is|here's|here’s|here are|below is|"
    "以下是|下面是";
static const char answers[] = "answer|answers|response|回答|答案|答复";
static const char lead[] = "based on|according to|as stated in|"
    "as mentioned in|as described in|as explained in|as written in|"
    "as per|as indicated in|judging by|judging from|going by";
static const char weak_lead[] = "from|in|given|per|by|as";
static const char before[] = "the|this|that|your|these|above|given|provided|"
    "following|supplied|original|source|short|reference|background";
static const char noun[] = "context|contexts|text|texts|passage|passages|"
    "excerpt|excerpts|paragraph|paragraphs";
static const char weak_noun[] = "article|document|information|content|"
    "contents|source|material|details|facts";
static const char after[] = "provided|given|above|below|here|supplied|you|"
    "that|which|was|is|has|have|been|in|from|by|itself|alone";
static const char says[] = "says|states|mentions|explains|describes|"
    "tells us|indicates|notes|shows|discusses|suggests|reveals|is about";

static const char zh_chat[] = "好的|好|当然可以|当然|没问题";
static const char zh_lead[] = "正如|根据|依据|按照|依照|基于|通过|结合|参考|"
    "据|从|在|由|如";
static const char zh_before[] = "上述|以上|上面|前面|下面|所提供|所给出|所给|"
    "您提供|你提供|提供|给出|给定|已知|这段|这篇|这个|该段|该篇|该|此|的";
static const char zh_noun[] = "原文|上文|本文|文中|文内|文章|文本|文字|"
    "上下文|段落|短文|语境|文段";
static const char zh_weak[] = "内容|资料|材料|信息|描述|介绍";
static const char zh_after[] = "显示|所述|所说|所示|来看|看来|提供|中|里|的";
static const char zh_says[] = "提到|提及|指出|说到|写道|介绍说|介绍|说明|"
    "表明|讲到|描述|显示|说";
static const char zh_known[] = "我们可以知道|我们可以得知|我们可以看出|"
    "可以看出|可以得知|可以知道|我们可知|可知|得知";

enum { ANNOUNCED = 90 };	/* bytes at most between "Here is" and its colon */

struct at {
	const char *s;
	size_t len;
};

static void
skip(struct at *a, size_t n)
{
	a->s += n;
	a->len -= n;
}

static void
blanks(struct at *a)
{
	while (a->len > 0 && strchr(" \t\r\n", *a->s) != NULL && *a->s != '\0')
		skip(a, 1);
}

static int
letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static int
begins(const struct at *a, const char *word, size_t len)
{
	size_t i;

	if (len > a->len)
		return 0;
	for (i = 0; i < len; i++)
		if (a->s[i] != word[i] && !(word[i] >= 'a' && word[i] <= 'z' &&
		    (a->s[i] | 0x20) == word[i]))
			return 0;
	/* A word of letters ends where they do; Chinese has no ends. */
	return len == a->len || !letter(word[len - 1]) || !letter(a->s[len]);
}

/* Skips one of a list's words and the blanks after it. */
static int
take(struct at *a, const char *list)
{
	size_t len;

	for (; *list != '\0'; list += len + (list[len] == '|')) {
		len = strcspn(list, "|");
		if (!begins(a, list, len))
			continue;
		skip(a, len);
		blanks(a);
		return 1;
	}
	return 0;
}

/* Is one of the words anywhere before byte n? */
static int
holds(struct at a, const char *list, size_t n)
{
	const char *end = a.s + (n < a.len ? n : a.len);

	for (; a.s < end; skip(&a, 1))
		if (take(&a, list))
			return 1;
	return 0;
}

static int
colon(struct at *a)
{
	return take(a, ":|：");
}

static int
comma(struct at *a)
{
	return take(a, ",|，|:|：");
}

/* "Sure!" and 好的， */
static int
chatter(struct at *a)
{
	struct at b = *a;

	if (!(take(&b, chat) && take(&b, "!|,|.|:|！|，")) &&
	    !((b = *a, take(&b, zh_chat)) && take(&b, "，|。|！|：|,|!|:")))
		return 0;
	*a = b;
	return 1;
}

/* "Answer:", "**The answer is:**", 答案是： */
static int
label(struct at *a)
{
	struct at b = *a;

	take(&b, "**");
	if (!take(&b, labels))
		return 0;
	take(&b, "**");
	if (!colon(&b))
		return 0;
	take(&b, "**");
	*a = b;
	return 1;
}

/* "Here is the answer to your question:", on one line and no sentence. */
static int
announced(struct at *a)
{
	struct at b = *a, c;
	size_t n = 0;

	if (!take(&b, here))
		return 0;
	for (c = b; c.len > 0 && n < ANNOUNCED && strchr("\n.", *c.s) == NULL;
	    n++) {
		if (colon(&c)) {
			if (!holds(b, answers, n))
				return 0;
			*a = c;
			return 1;
		}
		skip(&c, 1);
	}
	return 0;
}

/* "Based on the information provided in the context, " */
static enum preamble
reference(struct at *a)
{
	struct at b = *a;
	int strong = take(&b, lead), nouns = 0, strongs = 0, some = 1;

	if (!strong && !take(&b, weak_lead))
		return PREAMBLE_NONE;
	while (some) {
		some = take(&b, before);
		if (take(&b, noun))
			some = ++nouns, ++strongs;
		else if (take(&b, weak_noun))
			some = ++nouns;
		else if (nouns > 0 && take(&b, after))
			some = 1;
	}
	if (nouns == 0)
		return PREAMBLE_NONE;
	if (!comma(&b))
		return strong && strongs > 0 && (b.len == 0 || letter(*b.s)) ?
		    PREAMBLE_STUCK : PREAMBLE_NONE;
	*a = b;
	return PREAMBLE_CUT;
}

/* "The passage states that ..." */
static enum preamble
saying(struct at *a)
{
	struct at b = *a;

	if (!take(&b, "the|this"))
		return PREAMBLE_NONE;
	take(&b, "given|provided|above|following");
	if (!take(&b, noun) || !take(&b, says))
		return PREAMBLE_NONE;
	if (!take(&b, "that"))
		return PREAMBLE_STUCK;
	take(&b, ",");
	*a = b;
	return PREAMBLE_CUT;
}

/* 根据上文提供的信息，我们可以知道 and 文中提到， */
static enum preamble
chinese(struct at *a)
{
	struct at b = *a;
	int leads = take(&b, zh_lead), nouns = 0, strongs = 0, some = 1, cut;

	while (some) {
		some = take(&b, zh_before);
		if (take(&b, zh_noun))
			some = ++nouns, ++strongs;
		else if (take(&b, zh_weak))
			some = ++nouns;
		else if (nouns > 0 && take(&b, zh_after))
			some = 1;
	}
	if (nouns == 0 || (!leads && strongs == 0))
		return PREAMBLE_NONE;
	if (!leads && !take(&b, zh_says))
		return PREAMBLE_NONE;
	take(&b, zh_says);
	take(&b, "了");
	cut = comma(&b);
	cut |= take(&b, zh_known);
	cut |= comma(&b);
	if (!cut)
		return strongs > 0 && !leads ? PREAMBLE_STUCK : PREAMBLE_NONE;
	*a = b;
	return PREAMBLE_CUT;
}

/* Does a sentence begin here?  A letter, a number, or what may stand before. */
static int
stands(struct at a)
{
	uint32_t cp;

	if (a.len == 0)
		return 0;
	if (take(&a, "and|but|or|which|that|who|because"))
		return 0;
	utf8_next(a.s, a.len, &cp);
	return uni_class(cp) == UNI_LETTER || uni_class(cp) == UNI_NUMBER ||
	    uni_class(cp) == UNI_SYMBOL || (cp != ',' && cp != '.' &&
	    cp != ';' && cp != 0xff0c && cp != 0x3002);
}

enum preamble
preamble_find(const char *text, size_t len, size_t *end)
{
	struct at a = { text, len };
	enum preamble found = PREAMBLE_NONE, one;
	int more = 1;

	blanks(&a);
	*end = 0;
	while (more) {
		one = chatter(&a) || label(&a) || announced(&a) ?
		    PREAMBLE_CUT : reference(&a);
		if (one == PREAMBLE_NONE)
			one = saying(&a);
		if (one == PREAMBLE_NONE)
			one = chinese(&a);
		more = one == PREAMBLE_CUT;
		if (one != PREAMBLE_NONE) {
			found = one;
			*end = len - a.len;
		}
	}
	return found == PREAMBLE_CUT && !stands(a) ? PREAMBLE_STUCK : found;
}

void
preamble_cut(const char *text, size_t len, size_t end, struct buf *out)
{
	const char *s = text + end;
	size_t n = len - end;

	if (end > 0 && n > 1 && *s >= 'a' && *s <= 'z' &&
	    !(s[1] >= 'A' && s[1] <= 'Z')) {
		buf_byte(out, *s - 'a' + 'A');
		s++;
		n--;
	}
	buf_add(out, s, n);
}
