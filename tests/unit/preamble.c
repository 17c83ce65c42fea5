/* What stands before an answer. */
#include "augcon/preamble.h"

#include "check.h"

/* The text loses what stands before it and reads so. */
static void
cut(const char *text, const char *want)
{
	struct buf out = BUF_INIT;
	size_t end, len = strlen(text);

	CHECK(preamble_find(text, len, &end) == PREAMBLE_CUT);
	preamble_cut(text, len, end, &out);
	CHECK_STR(buf_cstr(&out), want);
	buf_free(&out);
}

/* It is none of our business. */
static void
none(const char *text)
{
	struct buf out = BUF_INIT;
	size_t end, len = strlen(text);

	CHECK_STR(preamble_find(text, len, &end) == PREAMBLE_NONE ? "" : text,
	    "");
	CHECK(end == 0);
	preamble_cut(text, len, end, &out);
	CHECK_STR(buf_cstr(&out), text);
	buf_free(&out);
}

static void
stuck(const char *text)
{
	size_t end;

	CHECK_STR(preamble_find(text, strlen(text), &end) == PREAMBLE_STUCK ?
	    "" : text, "");
}

static void
test_english(void)
{
	cut("Based on the context, the mill burned.", "The mill burned.");
	cut("Based on the given context, it burned.", "It burned.");
	cut("According to the text, Ida Krog.", "Ida Krog.");
	cut("According to the information provided in the passage, 1846.",
	    "1846.");
	cut("BASED ON THE PASSAGE ABOVE: yes.", "Yes.");
	cut("From the text provided, oil.", "Oil.");
	cut("In the passage, pH is a number.", "pH is a number.");
	cut("In the given text,\nélan was it.", "élan was it.");
	cut("The passage states that geese fly.", "Geese fly.");
	cut("This text says that geese fly.", "Geese fly.");
	cut("Sure! Here is the answer to your question:\n\nBased on the "
	    "context, geese fly.", "Geese fly.");
	cut("Certainly, geese fly.", "Geese fly.");
	cut("Answer: geese fly.", "Geese fly.");
	cut("**Answer:** geese fly.", "Geese fly.");
	cut("The answer is: 12 geese.", "12 geese.");
	cut("  Here's a brief answer: \"Geese.\"", "\"Geese.\"");
}

static void
test_chinese(void)
{
	cut("根据上文，磨坊烧毁了。", "磨坊烧毁了。");
	cut("根据所提供的文字内容，磨坊烧毁了。", "磨坊烧毁了。");
	cut("从文中可知，磨坊烧毁了。", "磨坊烧毁了。");
	cut("由原文可以看出磨坊烧毁了。", "磨坊烧毁了。");
	cut("根据上下文中提供的信息，我们可以知道磨坊烧毁了。",
	    "磨坊烧毁了。");
	cut("文中提到，磨坊烧毁了。", "磨坊烧毁了。");
	cut("好的，磨坊烧毁了。", "磨坊烧毁了。");
	cut("答案是：1846年。", "1846年。");
	cut("以下是对该问题的回答：1846年。", "1846年。");
	stuck("文中提到磨坊烧毁了。");
	stuck("根据上文，");
}

static void
test_kept(void)
{
	none("");
	none(" ");
	none("The mill at Orle burned down in 1846.");
	none("According to the treaty of 1846, the mill is theirs.");
	none("According to the document signed in 1846, it is theirs.");
	none("Based on Darwin's theory, the fittest survive.");
	none("In the context of war, bread is dear.");
	none("In the text of the treaty the mill is not named.");
	none("In 1846, the mill burned.");
	none("Given the cold, nobody came.");
	none("The text of the song was written by Ida Krog.");
	none("The answer is twelve.");
	none("Answers came late.");
	none("Surely the mill burned.");
	none("Here is where the mill stood: on the hill.");
	none("Contexts differ.");
	none("根据1846年的法律，磨坊归他们。");
	none("据报道，磨坊烧毁了。");
	none("在文学中，磨坊很常见。");
	none("从1846年起，磨坊归他们。");
	none("文章憎命达。");
	none("好人不多。");
	none("答案不明。");
	none("内容丰富。");
	stuck("Based on the context");
	stuck("Based on the passage the mill burned.");
	stuck("The passage describes a mill.");
	stuck("According to the text, and so on.");
	stuck("Sure!");
}

/* What a chat model says of itself. */
static void
test_self(void)
{
	cut("Okay, let me look at this. The mill burned.", "The mill burned.");
	cut("Sure thing - the mill burned.", "The mill burned.");
	cut("I'd be happy to help! The mill burned.", "The mill burned.");
	cut("Thank you for asking. It burned.", "It burned.");
	cut("To answer your question, the mill burned.", "The mill burned.");
	cut("The answer to your question is 1846.", "1846.");
	cut("As an AI language model, I can tell you that it burned.",
	    "It burned.");
	cut("作为一个语言模型，我可以告诉您：磨坊烧毁了。", "：磨坊烧毁了。");
	cut("As  an AI\nassistant, it burned.", "It burned.");
	cut("<think>\nWhen? In 1846.\n</think>\n\nIn 1846.", "In 1846.");
	cut("Q: When did it burn?\nA: In 1846.", "In 1846.");
	cut("A: In 1846.", "In 1846.");
	cut("Here's a short explanation: the mill burned.",
	    "The mill burned.");
	cut("嗯，用户问的是磨坊。磨坊烧毁了。", "磨坊烧毁了。");
	cut("作为一个AI助手，我很高兴为您解答：磨坊烧毁了。", "磨坊烧毁了。");
	cut("感谢您的提问！磨坊烧毁了。", "磨坊烧毁了。");
	cut("问：什么烧毁了？答：磨坊。", "磨坊。");
	cut("【答案】磨坊。", "磨坊。");
	stuck("<think>\nWhen? The mill");
	none("Sure-footed mules carry it.");
	none("As an AI program, it plays Go.");
	none("As an AI, I can't answer.");
	none("As an AI, I have no eyes.");
	none("As an AI, I won’t say.");
	none("作为人工智能，我不能回答这个问题。");
	none("作为人工智能程序，它会下围棋。");
	none("Let me go, he said.");
	none("A: oats; B: rye.");
	none("OK is short for oll korrect.");
	none("The user is asked for a word.");
	none("Q: a letter.");
	none("问题出在磨坊。");
	none("谢谢。");
}

int
main(void)
{
	test_english();
	test_self();
	test_chinese();
	test_kept();
	return check_end("preamble");
}
