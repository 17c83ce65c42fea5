/*
 * Does a text begin with a yes or a no?  For a model's first token
 * (logprob.h), and for its answer to a question that wants no more.
 */
#ifndef LLM_YESNO_H
#define LLM_YESNO_H

/*
 * 1: it begins a yes; -1: a no; 0: neither.  Behind blanks (also as
 * tokenizers write them, U+2581 and U+0120), quotes and ASCII punctuation:
 *
 *	yes	"yes" or "y" and no letter behind it, in any case; 是 对 有 能
 *		可以, whatever follows
 *	no	"no", "n", "not" or "nope", likewise; 否 不 没 无 非
 *
 * 是否, 对不起, 有没有, 有无, 能否 and the like are neither.
 */
int yesno_start(const char *);

/*
 * The same of a whole answer, in the dress that models give it: Markdown's
 * marks, a label before it ("Answer: yes", 答案：是), and beside the words
 * above "correct", "right", "true" and "supported", "incorrect", "wrong",
 * "false" and "unsupported", 正确, 支持 and 错.  A letter alone counts only
 * where nothing but the answer's end or a full stop follows, so that "N/A" is
 * neither.
 */
int yesno_answer(const char *);

#endif
