#include "augcon/itself.h"

/* Lists of words (phrase.h). */
static const char named[] = "as an ai language model|as an ai assistant|"
    "as an ai model|as a large language model|as a language model|as an ai";
static const char zh_ai[] = "ai|人工智能";
static const char zh_model[] = "大型语言模型|大语言模型|语言模型";
static const char cannot[] = "i can't|i cannot|i can not|i am unable|"
    "i'm unable|i have no|i won't|我无法|我不能|我没有|无法";
/* Without a name these may begin anything. */
static const char named_not[] = "i don't|i do not|i am not|i'm not|我不|不能|"
    "没有能力|没有办法|不便";

int
itself_named(struct phrase *a)
{
	struct phrase b = *a;
	int is_ai;

	if (phrase_take(a, named))
		return 1;
	if (!phrase_take(&b, "作为"))
		return 0;
	phrase_take(&b, "一个|一名|一款|一位");
	is_ai = phrase_take(&b, zh_ai);
	if (!phrase_take(&b, zh_model) && !is_ai)
		return 0;
	phrase_take(&b, "大模型|模型|助手|助理");
	*a = b;
	return 1;
}

int
itself_cannot(struct phrase *a)
{
	return phrase_take(a, cannot);
}

int
itself_refuses(struct phrase *a)
{
	return phrase_take(a, cannot) || phrase_take(a, named_not);
}
