#include "augcon/preamble_self.h"

#include <string.h>

#include "augcon/itself.h"

/* Lists of words (phrase.h). */
static const char talk[] = "let me explain|let me answer|let me look|"
    "let me see|let me think|let me check|let me help|let me break|"
    "let me walk|let's look at|let's see|let's think|let's break|"
    "i'd be happy to|i would be happy to|i'd be glad to|"
    "i would be glad to|i'm happy to|i am happy to|"
    "i'll explain|i will explain|i'll answer|i will answer|"
    "happy to help|glad to help|thank you for asking|"
    "thank you for your question|thanks for asking|"
    "thanks for your question|the user asks|the user asked|"
    "the user is asking|the user wants to know";
static const char zh_talk[] = "我很高兴为您|我很高兴为你|很高兴为您|很高兴为你|"
    "很高兴回答|让我来|让我们来|让我解释|让我回答|我来回答|我来告诉|我来解释|"
    "我来为您|我来为你|感谢您的提问|感谢你的提问|谢谢您的提问|谢谢你的提问|"
    "感谢您的问题|谢谢您的问题|用户问|用户想知道|用户在问|用户的问题";
static const char address[] = "to answer your question|"
    "to answer this question|to answer the question|"
    "in answer to your question|in response to your question|"
    "as for your question|regarding your question|针对您的问题|针对你的问题|"
    "关于您的问题|关于你的问题|回答您的问题|回答你的问题";
static const char answer_to[] = "the answer to your question is|"
    "the answer to this question is|the answer to the question is|"
    "您的问题的答案是|你的问题的答案是|这个问题的答案是|该问题的答案是";
static const char can_say[] = "i can tell you that|i can say that|"
    "我可以告诉您|我可以告诉你";
static const char boxes[] = "【答案】|【回答】|【解答】|[answer]|[答案]";

enum { SENTENCE = 200, ECHO = 600 };	/* bytes at most */

/* Past the first mark of a list, among so many bytes and on one line. */
static int
past(struct phrase *a, const char *marks, size_t most)
{
	struct phrase b = *a;
	size_t n;

	for (n = 0; b.len > 0 && n < most && *b.s != '\n'; n++) {
		if (phrase_take(&b, marks)) {
			*a = b;
			return 1;
		}
		phrase_skip(&b, 1);
	}
	return 0;
}

/* A sentence about answering, when another follows. */
static int
talks(struct phrase *a)
{
	struct phrase b = *a;
	int zh = phrase_is_wide(a);

	if (!phrase_take(&b, zh ? zh_talk : talk))
		return 0;
	if (!past(&b, zh ? "。|！|：|，|!|:" : ". |.\n|!|:|,", SENTENCE) ||
	    b.len == 0)
		return 0;
	*a = b;
	return 1;
}

/* "As an AI, I can tell you that", 作为一个AI助手， */
static int
is_ai(struct phrase *a)
{
	struct phrase b = *a, c;

	if (!itself_named(&b) || !phrase_take(&b, ",|，"))
		return 0;
	phrase_take(&b, can_say);
	c = b;
	/* A refusal is no answer that something stands before. */
	if (itself_refuses(&c))
		return 0;
	*a = b;
	return 1;
}

static int
addresses(struct phrase *a)
{
	struct phrase b = *a;

	if (phrase_take(&b, answer_to))
		phrase_take(&b, ":|：");
	else if (!phrase_take(&b, address) || !phrase_take(&b, ",|:|，|："))
		return 0;
	*a = b;
	return 1;
}

/* To what comes behind a reasoning model's thoughts; all, if they end not. */
static int
thinks(struct phrase *a)
{
	struct phrase b = *a;

	if (!phrase_take(&b, "<think>|<thinking>|<thought>"))
		return 0;
	while (b.len > 0 &&
	    !phrase_take(&b, "</think>|</thinking>|</thought>"))
		phrase_skip(&b, 1);
	*a = b;
	return 1;
}

/* "Q: Who did? A: " and 问：谁？答： */
static int
echoes(struct phrase *a)
{
	struct phrase b = *a;
	size_t n;

	if (!phrase_take(&b, "q:|question:|问：|问题：|问:|问题:"))
		return 0;
	for (n = 0; b.len > 0 && n < ECHO; n++) {
		if (!phrase_letter(b.s[-1]) &&
		    phrase_take(&b, "a:|answer:|答：|答案：|回答：|答:|答案:")) {
			*a = b;
			return 1;
		}
		phrase_skip(&b, 1);
	}
	return 0;
}

/* "A: " of a dialogue, and not the first of A, B and C; 【答案】 */
static int
labels(struct phrase *a)
{
	struct phrase b = *a;

	if (phrase_take(&b, boxes)) {
		*a = b;
		return 1;
	}
	if (b.len == 0 || *b.s != 'A' || !phrase_take(&b, "a:") ||
	    phrase_holds(b, "b:", ECHO))
		return 0;
	*a = b;
	return 1;
}

int
preamble_self(struct phrase *a)
{
	if (a->len == 0)
		return 0;
	return thinks(a) || echoes(a) || labels(a) || is_ai(a) ||
	    addresses(a) || talks(a);
}
