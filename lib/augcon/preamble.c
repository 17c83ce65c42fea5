#include "augcon/preamble.h"

#include <string.h>

#include "augcon/phrase.h"
#include "augcon/preamble_self.h"
#include "text/uni.h"
#include "text/utf8.h"

/* Lists of words (phrase.h). */
static const char chat[] = "sure thing|sure|certainly|of course|absolutely|"
    "great question|good question|excellent question|that's a great question|"
    "what a great question|okay|alright|hello|hi there|hi|no problem";
static const char labels[] = "the correct answer is|the answer is|"
    "the answer|answer is|answer|response|正确答案是|答案是|答案为|答案|"
    "回答|答";
static const char here[] = "here is|here's|here are|below is|"
    "以下是|下面是";
static const char answers[] = "answer|answers|response|explanation|summary|"
    "overview|breakdown|reply|回答|答案|答复|解释|总结";
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

static const char zh_chat[] = "好的|好|当然可以|当然|没问题|嗯|您好|你好|"
    "这是一个很好的问题|这是一个好问题|这是个很好的问题|这是个好问题|好问题";
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

enum { ANNOUNCED = 90 };	/* bytes at most from "Here is" to its colon */

static int
colon(struct phrase *a)
{
	return phrase_take(a, ":|：");
}

static int
comma(struct phrase *a)
{
	return phrase_take(a, ",|，|:|：");
}

/* "Sure!" and 好的， */
static int
chatter(struct phrase *a)
{
	struct phrase b = *a;

	if (!phrase_take(&b, phrase_is_wide(a) ? zh_chat : chat))
		return 0;
	/* "sure-footed" is none; behind a blank a dash ends it. */
	if (!phrase_take(&b, "!|,|.|:|！|，|。|：") &&
	    (b.s[-1] != ' ' || !phrase_take(&b, "- |-- |–|—")))
		return 0;
	*a = b;
	return 1;
}

/* "Answer:", "**The answer is:**", 答案是： */
static int
label(struct phrase *a)
{
	struct phrase b = *a;

	phrase_take(&b, "**");
	if (!phrase_take(&b, labels))
		return 0;
	phrase_take(&b, "**");
	if (!colon(&b))
		return 0;
	phrase_take(&b, "**");
	*a = b;
	return 1;
}

/* "Here is the answer to your question:", on one line and no sentence. */
static int
announced(struct phrase *a)
{
	struct phrase b = *a, c;
	size_t n = 0;

	if (!phrase_take(&b, here))
		return 0;
	for (c = b; c.len > 0 && n < ANNOUNCED && strchr("\n.", *c.s) == NULL;
	    n++) {
		if (colon(&c)) {
			if (!phrase_holds(b, answers, n))
				return 0;
			*a = c;
			return 1;
		}
		phrase_skip(&c, 1);
	}
	return 0;
}

/* "Based on the information provided in the context, " */
static enum preamble
reference(struct phrase *a)
{
	struct phrase b = *a;
	int strong = phrase_take(&b, lead), nouns = 0, strongs = 0, some = 1;

	if (!strong && !phrase_take(&b, weak_lead))
		return PREAMBLE_NONE;
	while (some) {
		some = phrase_take(&b, before);
		if (phrase_take(&b, noun))
			some = ++nouns, ++strongs;
		else if (phrase_take(&b, weak_noun))
			some = ++nouns;
		else if (nouns > 0 && phrase_take(&b, after))
			some = 1;
	}
	if (nouns == 0)
		return PREAMBLE_NONE;
	if (!comma(&b))
		return strong && strongs > 0 && (b.len == 0 ||
		    phrase_letter(*b.s)) ? PREAMBLE_STUCK : PREAMBLE_NONE;
	*a = b;
	return PREAMBLE_CUT;
}

/* "The passage states that ..." */
static enum preamble
saying(struct phrase *a)
{
	struct phrase b = *a;

	if (!phrase_take(&b, "the|this"))
		return PREAMBLE_NONE;
	phrase_take(&b, "given|provided|above|following");
	if (!phrase_take(&b, noun) || !phrase_take(&b, says))
		return PREAMBLE_NONE;
	if (!phrase_take(&b, "that"))
		return PREAMBLE_STUCK;
	phrase_take(&b, ",");
	*a = b;
	return PREAMBLE_CUT;
}

/* What of English words alone may stand here. */
static enum preamble
english(struct phrase *a)
{
	enum preamble found = reference(a);

	return found != PREAMBLE_NONE ? found : saying(a);
}

/* 根据上文提供的信息，我们可以知道 and 文中提到， */
static enum preamble
chinese(struct phrase *a)
{
	struct phrase b = *a;
	int leads = phrase_take(&b, zh_lead), nouns = 0, strongs = 0;
	int some = 1, cut;

	while (some) {
		some = phrase_take(&b, zh_before);
		if (phrase_take(&b, zh_noun))
			some = ++nouns, ++strongs;
		else if (phrase_take(&b, zh_weak))
			some = ++nouns;
		else if (nouns > 0 && phrase_take(&b, zh_after))
			some = 1;
	}
	if (nouns == 0 || (!leads && strongs == 0))
		return PREAMBLE_NONE;
	if (!leads && !phrase_take(&b, zh_says))
		return PREAMBLE_NONE;
	phrase_take(&b, zh_says);
	phrase_take(&b, "了");
	cut = comma(&b);
	cut |= phrase_take(&b, zh_known);
	cut |= comma(&b);
	if (!cut)
		return strongs > 0 && !leads ? PREAMBLE_STUCK : PREAMBLE_NONE;
	*a = b;
	return PREAMBLE_CUT;
}

/* Does a sentence begin here?  A letter, a number, or what may stand before. */
static int
stands(struct phrase a)
{
	uint32_t cp;

	if (a.len == 0)
		return 0;
	if (phrase_take(&a, "and|but|or|which|that|who|because"))
		return 0;
	utf8_next(a.s, a.len, &cp);
	return uni_class(cp) == UNI_LETTER || uni_class(cp) == UNI_NUMBER ||
	    uni_class(cp) == UNI_SYMBOL || (cp != ',' && cp != '.' &&
	    cp != ';' && cp != 0xff0c && cp != 0x3002);
}

enum preamble
preamble_find(const char *text, size_t len, size_t *end)
{
	struct phrase a = { text, len };
	enum preamble found = PREAMBLE_NONE, one;
	int more = 1;

	phrase_blanks(&a);
	*end = 0;
	while (more) {
		one = PREAMBLE_CUT;
		if (!(chatter(&a) || label(&a) || announced(&a) ||
		    preamble_self(&a)))
			one = phrase_is_wide(&a) ? chinese(&a) : english(&a);
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
