/* Yes, no or neither: a first token, and whole answers in their dress. */
#include "check.h"
#include "llm/yesno.h"

static void
starts(void)
{
	CHECK(yesno_start("Yes") == 1);
	CHECK(yesno_start(" \xc4\xa0yes") == 1);
	CHECK(yesno_start("\xe2\x96\x81No") == -1);
	CHECK(yesno_start("nope") == -1);
	CHECK(yesno_start("Yesterday") == 0);
	CHECK(yesno_start("North") == 0);
	CHECK(yesno_start("是的") == 1);
	CHECK(yesno_start("是否") == 0);
	CHECK(yesno_start("不是") == -1);
	CHECK(yesno_start("") == 0);
	/* A token "correct" has never counted; an answer's does. */
	CHECK(yesno_start("Correct") == 0);
}

static void
answers(void)
{
	CHECK(yesno_answer("yes") == 1);
	CHECK(yesno_answer("Yes, the answer is right.") == 1);
	CHECK(yesno_answer("**Yes**\n\nBecause it says so.") == 1);
	CHECK(yesno_answer("# No\n") == -1);
	CHECK(yesno_answer("- no") == -1);
	CHECK(yesno_answer("Answer: No.") == -1);
	CHECK(yesno_answer("**Answer:** yes") == 1);
	CHECK(yesno_answer("ANSWER: YES") == 1);
	CHECK(yesno_answer("Verdict : no") == -1);
	CHECK(yesno_answer("答案：是") == 1);
	CHECK(yesno_answer("答：否。") == -1);
	CHECK(yesno_answer("判断:不正确") == -1);
	CHECK(yesno_answer("“是”") == 1);
	CHECK(yesno_answer("正确。") == 1);
	CHECK(yesno_answer("错误") == -1);
	CHECK(yesno_answer("Incorrect") == -1);
	CHECK(yesno_answer("That's right") == 0);
	CHECK(yesno_answer("True.") == 1);
	CHECK(yesno_answer("YES") == 1);
	CHECK(yesno_answer("Nobody") == 0);
	CHECK(yesno_answer("Yesterday") == 0);
	CHECK(yesno_answer("Supported") == 1);
	CHECK(yesno_answer("unsupported") == -1);
	CHECK(yesno_answer("Not supported") == -1);
	CHECK(yesno_answer("支持") == 1);
	CHECK(yesno_answer("不支持") == -1);
	CHECK(yesno_answer("y") == 1);
	CHECK(yesno_answer(" N. ") == -1);
	CHECK(yesno_answer("N/A") == 0);
	CHECK(yesno_answer("Y/N") == 0);
	CHECK(yesno_answer("N is the sign of nitrogen") == 0);
	CHECK(yesno_answer("Not quite.") == -1);
	CHECK(yesno_answer("The answer is yes.") == 0);
	CHECK(yesno_answer("Answers vary") == 0);
	CHECK(yesno_answer("I cannot tell.") == 0);
	CHECK(yesno_answer("是否正确，很难说") == 0);
	CHECK(yesno_answer("对不起，我不知道") == 0);
	CHECK(yesno_answer("答案") == 0);
	CHECK(yesno_answer("") == 0);
	CHECK(yesno_answer(" \n*** ") == 0);
}

int
main(void)
{
	starts();
	answers();
	return check_end("yesno");
}
