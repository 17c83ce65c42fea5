/* The gates: what each finds, and what looks like it and is none. */
#include "gates.h"

#include "augcon/numeral.h"
#include "augcon/span.h"

static void
test_refers(void)
{
	question("What is said in the passage?", "the passage");
	question("Who sailed the Northwest Passage?", "");
	question("Which strait ends the Northwest Passage, and how deep is "
	    "the passage?", "");
	question("What does the text message say?", "");
	question("What does the above text say?", "the above text");
	question("In the text of the treaty, what is said?", "");
	question("Who is the author of Hamlet?", "");
	question("What does the author of Hamlet mean?", "");
	question("What does the author mean?", "the author");
	question("What does this study show?", "this study");
	question("Who began a study of bees, and what did the study show?",
	    "");
	question("As mentioned above, who won?", "mentioned above");
	question("What lies in the atmosphere above the clouds?", "");
	question("In the context of war, what is honour?", "");
	question("What is the context?", "the context");
	question("In the third paragraph, who wins?", "the third paragraph");
	question("本文讲了什么？", "本文");
	question("日本文化有什么特点？", "");
	question("基本文件有哪些？", "");
	question("在中文中怎么说？", "");
	question("文中的镇长是谁？", "文中");
	question("《红楼梦》的作者是谁？", "");
	question("作者认为怎样？", "作者");
	question("根据上述内容，谁赢了？", "上述");
	question("60岁以上的人有多少？", "");
}

static void
test_dangles(void)
{
	question("When was it built?", "it");
	question("When was the tower built, and who built it?", "");
	question("What book did he write?", "he");
	question("Which king lost his head?", "");
	question("How long does it take to boil an egg?", "");
	question("Is it true that bees dance?", "");
	question("How much does it cost?", "it");
	question("Before he became king, where did Alfred live?", "");
	question("What happened to Rome after this?", "this");
	question("What did Napoleon do in this battle?", "this");
	question("What is the purpose of those?", "");
	question("What did they call the wind at Orle?", "");
	question("What is the colour of their flag?", "their");
	question("他是什么时候出生的？", "他");
	question("为什么它被毁了？", "它");
	question("其他动物吃什么？", "");
	question("吉他有几根弦？", "");
	question("该公司在哪里？", "该");
	question("应该怎样理解？", "");
	question("公司是什么，该公司在哪里？", "");
}

static void
answer(enum gate g, const char *a, const char *want)
{
	CHECK_STR(shown(g, "Who sold the old mill?", a, NULL), want);
}

static void
test_answered(void)
{
	answer(GATE_ANSWERED, "Anna Feld sold it.", "");
	answer(GATE_ANSWERED, " \n", "empty");
	answer(GATE_ANSWERED, "", "empty");
	answer(GATE_ANSWERED, "I don\xe2\x80\x99t know.",
	    "I don\xe2\x80\x99t know");
	answer(GATE_ANSWERED, "The text really does not say.",
	    "text really does not say");
	answer(GATE_ANSWERED, "He did not say who sold it.", "");
	answer(GATE_ANSWERED, "Unknown.", "Unknown");
	answer(GATE_ANSWERED, "An unknown buyer.", "");
	answer(GATE_ANSWERED, "文中没有提到。", "没有提到");
	answer(GATE_ANSWERED, "无", "无");
	answer(GATE_ANSWERED, "无锡人。", "");
	answer(GATE_ANSWERED, "It is impossible to say when.",
	    "It is impossible to say");
	answer(GATE_ANSWERED, "As an AI, I can tell you: Anna.", "");
	answer(GATE_ANSWERED, "As an AI model, sadly, I cannot say.",
	    "As an AI model, sadly, I cannot");
	answer(GATE_ANSWERED, "作为一个AI助手，我告诉您：是安娜。", "");
	answer(GATE_ANSWERED, "作为人工智能，我不能说。",
	    "作为人工智能，我不能");
	answer(GATE_ANSWERED, "作为 AI，我没有感情。", "作为 AI，我没有");
	answer(GATE_ANSWERED, "I am not Anna.", "");
	answer(GATE_ANSWERED, "As an  AI, I am not Anna.",
	    "As an  AI, I am not");
	answer(GATE_ANSWERED, "无法预料的情况。", "");
	answer(GATE_ANSWERED, "不知道答案的时候可以求助。", "");
	answer(GATE_ANSWERED, "不知道她的名字。", "不知道");
	answer(GATE_ANSWERED, "没有。", "没有");
	CHECK_STR(shown(GATE_ANSWERED, "安娜去了吗？", "没有。", NULL), "");
	CHECK_STR(shown(GATE_ANSWERED, "Who?", NULL, NULL), "null");
}

static void
test_preamble(void)
{
	answer(GATE_PREAMBLE, "Based on the context, Anna.",
	    "Based on the context");
	answer(GATE_PREAMBLE, "According to Anna Feld, nobody.", "");
	answer(GATE_PREAMBLE, "Sure! Anna.", "Sure");
	answer(GATE_PREAMBLE, "Sure winners sold it.", "");
	answer(GATE_PREAMBLE, "In the text of the deed Anna did.", "");
	answer(GATE_PREAMBLE, "答：安娜。", "答");
	answer(GATE_PREAMBLE, "根据上文，安娜。", "根据上文");
	answer(GATE_PREAMBLE, "根据法律，安娜。", "");
}

static void
test_faithful(void)
{
	said("12,500 people.", "Twelve thousand five hundred came.", "");
	said("12 500 people.", "About 12500 came.", "");
	said("12.5 thousand.", "It was 12,500.", "");
	said("12,500 people.", "12,600 came.", "12,500");
	said("In nineteen seventy-three.", "In 1973.", "");
	said("It lasted 60 years.", "From 1861 to 1921.", "");
	said("It lasted 61 years.", "From 1861 to 1921.", "61");
	said("三百一十二人。", "312 workers.", "");
	said("二〇〇五年。", "In 2005.", "");
	said("八百六十四只", "共1864只。", "八百六十四");
	said("十分大。", "很大。", "");
	said("1. It burned.\n2. It was sold.\n9. It fell.", "It fell.", "");
	said("It was Heroult.", "By Paul H\xc3\xa9roult.", "");
	said("It was Davy.", "By Paul H\xc3\xa9roult.", "Davy");
	said("The Swedish king.", "The king of Sweden.", "");
	said("Granite.", "It was stone.", "");
	said("It was built at Orle.", "A stone.", "");
	said("It read \"merry  Christmas\".", "It read Merry Christmas.", "");
	said("It read \"happy Christmas\".", "It read Merry Christmas.",
	    "happy Christmas");
	said("It wasn't 'odd', Anna's said.", "Anna: it was odd.", "");
	said("他写了《红楼梦》。", "曹雪芹写的《红楼梦》。", "");
	said("他写了《西游记》。", "曹雪芹写的《红楼梦》。", "西游记");
	said("约纳斯·费尔德", "镇长约纳斯·费尔德来了。", "");
	said("约纳斯·林德", "镇长约纳斯·费尔德来了。", "斯·林");
	CHECK_STR(shown(GATE_FAITHFUL, "Who?", "He.", NULL), "null");
}

static void
asked(const char *q, const char *context, const char *want)
{
	CHECK_STR(shown(GATE_GROUNDED, q, "In Dubai, in 1999.", context),
	    want);
}

static void
test_grounded(void)
{
	asked("How many lived in Orle in 1846?", "Orle, 1846: 500 souls.", "");
	asked("How many lived in Orle in 1847?", "Orle, 1846: 500 souls.",
	    "1847");
	asked("How does the Moon pull at Dubai?", "The Moon pulls.", "Dubai");
	asked("Dubai is where?", "The Moon pulls.", "");
	asked("Who were the first two of the five hundred?", "500 came.", "");
	asked("Who said \"no more bread\"?", "He said: no bread.",
	    "no more bread");
	asked("Is the Norwegian king there?", "The king of Norway.", "");
	asked("谁在1999年写了《红楼梦》？", "曹雪芹写的《红楼梦》。", "1999");
	asked("谁写了《西游记》？", "曹雪芹写的《红楼梦》。", "西游记");
	asked("磨坊？", "曹雪芹写的《红楼梦》。", "");
	CHECK_STR(shown(GATE_GROUNDED, "Who is Anna?", "Anna.", NULL), "null");
	/* What faithful lets an answer have of its question is its own. */
	CHECK_STR(shown(GATE_FAITHFUL, "Who is Anna?", "It is Anna.", "He."),
	    "");
	CHECK_STR(shown(GATE_GROUNDED, "Who is Anna?", NULL, "He."), "Anna");
}

static void
test_language(void)
{
	const char *en = "The mill at Orle was sold to the bishop.";

	CHECK_STR(shown(GATE_LANGUAGE, "Who sold the mill?", "安娜把它卖了。",
	    en), "another language");
	CHECK_STR(shown(GATE_LANGUAGE, "Who sold the mill?", "She did.", en),
	    "");
	CHECK_STR(shown(GATE_LANGUAGE, "Who sold the mill?", "安娜", en), "");
	CHECK_STR(shown(GATE_LANGUAGE, "谁卖了磨坊？", NULL, en),
	    "another language");
	CHECK_STR(shown(GATE_LANGUAGE, "Who?", NULL, "1846"), "null");
}

static void
test_copied(void)
{
	const char *c = "One day the mill at Orle was sold to the bishop, "
	    "who had it pulled down and built a house of its stones.";

	CHECK_STR(shown(GATE_COPIED, "The mill at Orle was sold to the "
	    "bishop?", NULL, c), "The mill at Orle was sold to the bishop");
	CHECK_STR(shown(GATE_COPIED, "The mill at Orle was sold to whom?",
	    NULL, c), "");
	CHECK_STR(shown(GATE_COPIED, "Who?", "To the bishop, who had it pulled "
	    "down and built a house of its stones.", c), "To the bishop, who "
	    "had it pulled down and built a house of its stones");
	CHECK_STR(shown(GATE_COPIED, "Who?", "The bishop had it pulled down, "
	    "and then he built himself a new house of its old stones.", c),
	    "");
	CHECK(look(GATE_COPIED, "Who?", "Well, the bishop, who had it pulled "
	    "down and built a house of its stones.", c).share > 0.93);
}

static void
test_truncated(void)
{
	answer(GATE_TRUNCATED, "Anna", "");
	answer(GATE_TRUNCATED, "Anna sold the", "the");
	answer(GATE_TRUNCATED, "Anna,", ",");
	answer(GATE_TRUNCATED, "Anna (the miller", "(");
	answer(GATE_TRUNCATED, "Anna :)", "");
	answer(GATE_TRUNCATED, "It is 5\" long.", "");
	answer(GATE_TRUNCATED, "It read \"sold.", "\"");
	answer(GATE_TRUNCATED, "```\nprint(\"a\n```", "");
	answer(GATE_TRUNCATED, "```\nprint", "```");
	answer(GATE_TRUNCATED, "- Anna\n- Jonas\n-", "-");
	answer(GATE_TRUNCATED, "One two three four five six seven eight nine "
	    "ten eleven twelve thirteen fourteen fifteen", "fifteen");
	answer(GATE_TRUNCATED, "One two three four five six seven eight nine "
	    "ten eleven twelve thirteen fourteen fifteen.", "");
	answer(GATE_TRUNCATED, "他卖了《磨坊", "《");
	answer(GATE_TRUNCATED, "他卖了，", "，");
}

/* Against the plain way, over all texts of few words. */
static size_t
plain(const struct words *a, const struct words *b)
{
	size_t i, k, n, best = 0;

	for (i = 0; i < a->n; i++)
		for (k = 0; k < b->n; k++) {
			for (n = 0; i + n < a->n && k + n < b->n &&
			    a->v[i + n].hash == b->v[k + n].hash; n++)
				;
			best = n > best ? n : best;
		}
	return best;
}

static void
test_span(void)
{
	char s[2][32];
	struct words w[2] = { { .n = 0 }, { .n = 0 } };
	size_t z[64], least, got, want, at, wrong = 0, i;
	unsigned seed, r;

	for (seed = 1; seed < 4000; seed++) {
		r = seed * 2654435761u;
		for (i = 0; i < 2; i++) {
			size_t n = 1 + (r >> (3 + i)) % (i ? 12 : 7), k;

			for (k = 0; k < n; k++) {
				r = r * 1664525u + 1013904223u;
				s[i][2 * k] = (char)('a' + (r >> 28) % 2);
				s[i][2 * k + 1] = ' ';
			}
			s[i][2 * n] = '\0';
			CHECK(words_read(&w[i], s[i], strlen(s[i])) == 0);
		}
		want = plain(&w[0], &w[1]);
		for (least = w[0].n / 2 + 1; least <= w[0].n; least++) {
			got = span_longest(&w[0], &w[1], least, z, &at);
			wrong += got != (want >= least ? want : 0);
		}
	}
	CHECK(wrong == 0);
	words_free(&w[0]);
	words_free(&w[1]);
}

int
main(void)
{
	test_refers();
	test_dangles();
	test_answered();
	test_preamble();
	test_faithful();
	test_grounded();
	test_language();
	test_copied();
	test_truncated();
	test_span();
	gate_free(&texts);
	return check_end("gates");
}
