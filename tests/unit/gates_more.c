/* The gates, on what another hand's pairs showed. */
#include "gates.h"

static void
test_refers_beside(void)
{
	question("According to the story, who was eaten?",
	    "According to the story");
	question("What is the fourth step of the recipe above?",
	    "the recipe above");
	question("What is on the floor above?", "");
	question("Which table above the door was sold?", "");
	question("下列哪一项是对的？", "下列哪");
	question("请概括上面的内容。", "上面的内");
	question("根据现有内容，花了多少钱？", "现有内容");
	question("文中子是谁的称号？", "");
	question("根据提供的资料，谁写的？", "提供的资");
	question("What was the price in the last year of that treaty?",
	    "that");
	question("When did Orle join the treaty, and what was the price of "
	    "that treaty?", "");
	question("Who directed the film and who produced it?", "film");
	question("What did the musical win for its actor?", "musical");
	question("Who directed the film Fargo?", "");
	question("Who sang the song of the lark?", "");
	question("who wrote the song always on my mind", "");
	question("How long after it was sold did the Norra burn?", "");
	question("How long after it was sold did the mill burn?", "it");
	question("本站原来叫什么名字？", "本");
	question("由本线转车要多少钱？", "本");
	question("日本队赢了吗？", "");
	question("What does this mean: carpe diem?", "");
	question("What does this mean?", "this");
	CHECK_STR(shown(GATE_STANDALONE, "Who translated the treaty of Orle?",
	    "The text was translated by Anna.", NULL), "");
	CHECK_STR(shown(GATE_STANDALONE, "Who translated the song of Orle?",
	    "The text was translated by Anna.", NULL), "The text");
}

/* What follows from a number that is there, and what looks like it. */
static void
test_faithful_counts(void)
{
	said("In the 20th century.", "It burned in 1901.", "");
	said("In the 20th century.", "It burned in 1846.", "20th");
	said("In the 1840s.", "It burned in 1846.", "");
	said("In the 1850s.", "It burned in 1846.", "1850s");
	said("In the 1800s.", "It burned in 1846.", "");
	said("In the 66666666666666666660s.", "It burned in 1846.",
	    "66666666666666666660s");
	said("19世纪40年代。", "1846年烧毁。", "");
	said("19世纪50年代。", "1846年烧毁。", "50");
	said("A quarter of a million.", "About 250,000 came.", "");
	said("Half a million.", "About 250,000 came.", "million");
	said("It was 12\" wide, and 7\" high.", "12 inches wide, 7 high.",
	    "");
	/* In another language digits alone can be told. */
	said("His grandson was Wang Bo, who wrote it in seven years.",
	    "王通的孙子王勃用七年写成了这本书。", "");
	said("His grandson was Wang Bo, who wrote it in 88 years.",
	    "王通的孙子王勃用七年写成了这本书。", "88");
	said("工程师是约瑟夫·施特劳斯。",
	    "Its engineer was Joseph Strauss, who lived there.", "");
}

/* Kilograms and billions; powers that follow each other without end. */
static void
test_faithful_powers(void)
{
	static char a[1200001];
	size_t i;

	said("约8千克。", "它只有8公斤重。", "");
	said("大约90千米。", "距离新山约有90公里。", "");
	said("约8千人。", "来了8000人。", "");
	said("约9千克。", "它只有8公斤重。", "9千");
	said("They sent $70bn home.", "It came to $70 billion.", "");
	said("They sent $4.5bn home.", "It came to $4.6 billion.",
	    "4.5bn");
	for (i = 0; i + 4 < sizeof(a); i += 4)
		memcpy(a + i, "1万", 5);
	CHECK(look(GATE_FAITHFUL, "How many?", a, "There were 10000.").verdict
	    == GATE_OK);
}

/* Numbers that no double holds: not like those that it does. */
static void
test_faithful_endless(void)
{
	char a[500], b[500];

	memset(a, '7', 400);
	strcpy(a + 400, " of them.");
	memset(b, '7', 401);
	strcpy(b + 401, " of them.");
	said(a, b, "");
	CHECK(look(GATE_FAITHFUL, "How many?", a, "There were 12.").verdict ==
	    GATE_BAD);
	said("There were 12.", a, "12");
}

static void
named(const char *q, const char *a, const char *context, const char *want)
{
	CHECK_STR(shown(GATE_FAITHFUL, q, a, context), want);
}

/* The first letters of what stands there. */
static void
test_faithful_initials(void)
{
	static const char un[] = "Sweden joined the United Nations.";

	said("It joined the UN.", un, "");
	said("It joined the EU.", un, "EU");
	said("It joined the UNO.", un, "UNO");
	said("It joined the USA.", "They left the United States of America.",
	    "");
}

/* Chinese names without a dot, where one is asked for. */
static void
test_faithful_asked(void)
{
	static const char bank[] = "银行在胡志明市证券交易所上市。";

	named("它在哪里上市？", "在河内证券交易所。", bank, "河内");
	named("它在哪里上市？", "在胡志明证券交易所。", bank, "");
	named("它何时上市？", "在河内证券交易所。", bank, "");
	named("谁拒绝了他？", "乌克兰足协", "法国足协拒绝了他。", "乌克兰");
	named("哪座桥？", "公元2世纪的桥。", "建于104年的桥。", "");
	named("哪座桥？", "桥", "建于104年。", "");
}

/* The same number in other words. */
static void
test_faithful_otherwise(void)
{
	said("41 million rupees.", "It cost Rs 4.1 crore.", "");
	said("42 million rupees.", "It cost Rs 4.1 crore.", "42 million");
	said("4.449兆元。", "注册资本为4兆4,490亿元。", "");
	said("35,000人。", "来了3万5千人。", "");
	said("It is 1.122 km long.", "A street of 1,122 metres.", "");
	said("约30.4公顷。", "面积为0.304平方公里。", "");
	said("It is 4 km long.", "A street of 400 metres.", "4");
	said("约30.4人。", "面积为0.304平方公里。", "30.4");
	said("It fell by 8.6 points.", "It was 39% and then 30.4%.", "");
	said("It fell to 8.6 points.", "It was 39% and then 30.4%.", "8.6");
	said("低0.7度。", "先是零下52.3度，后来零下53度。", "");
	said("| Year | Share |", "The year was good.", "");
	said("About 25% of them.", "A quarter of them came.", "");
	said("About 35% of them.", "A quarter of them came.", "35");
	said("About 33% of them.", "A third of them came.", "");
	said("占50%。", "一半的人来了。", "");
	said("He died aged 76.", "He lived from 1901 to 1978.", "");
	said("After 77 years.", "He lived from 1901 to 1978.", "");
	said("After 76 years.", "He lived from 1901 to 1978.", "76");
	said("1980年12月5日。", "1975年捐地，1980年12月4日开放。", "5");
	said("Nearly 17,000 came.", "There were 16,801 guests.", "");
	said("Nearly 12,000 came.", "There were 16,801 guests.", "12,000");
	said("There came 17,000.", "There were 16,801 guests.", "17,000");
	said("There came 16,800.", "There were 16,801 guests.", "");
	said("In 1990.", "It burned in 1986.", "1990");
	said("有9万多人。", "人口为91606人。", "");
	said("约236米。", "楼高235.6米。", "");
	said("约246米。", "楼高235.6米。", "246");
}

static void
ended(const char *a, const char *context, const char *want)
{
	CHECK_STR(shown(GATE_TRUNCATED, "How was it?", a, context), want);
}

static void
test_truncated_ends(void)
{
	ended("To sail around the world with three ships of his own, and to "
	    "find the islands of the spices", NULL, "");
	ended("Because he had sailed around the world with three ships that "
	    "he had from the king of Spain", NULL, "");
	ended("When he came home in 1522, the city was given to him by the "
	    "king with money that came", NULL, "came");
	ended("In 1522 the city of Orle was given to him by the king of Spain "
	    "with money that came", NULL, "came");
	ended("The Who", NULL, "");
	ended("Group A", NULL, "");
	ended("N/A", NULL, "");
	ended("It was the", NULL, "the");
	ended("He was named for the Award for Best Orig",
	    "He won the Award for Best Original Screenplay.", "Orig");
	ended("He was named for the Award for Best Ship",
	    "He won the Award for Best Ships.", "");
	ended("At the Harbour School of Orle for two years, then at the High "
	    "School of Norra Point", NULL, "");
	ended("越南、老挝、缅甸、泰国、菲律宾、印度尼西亚、新加坡、马来西亚、柬埔寨",
	    NULL, "");
	ended("It burned until", NULL, "until");
	ended("郑和", NULL, "");
	ended("爪哇、锡兰和", NULL, "和");
	ended("既省石料，又", NULL, "又");
	ended("有好几种，例如", NULL, "如");
	ended("Any of [0, 10).", NULL, "");
	ended("All (0, 10].", NULL, "");
	ended("All (of it", NULL, "(");
	ended("| a | b |\n| --- | --- |\n| 1 | 2 |", NULL, "");
	ended("| a | b |\n| --- | --- |\n| 1 | ", NULL, "|");
	ended("It was 7.", "It was 7.1 then.", "7");
	ended("It was 7.", "It was 7.1 then and 7 now.", "");
	ended("It was 7.", "It was 7. Now it is not.", "");
	ended("It was 7.1.", "It was 7.1 then.", "");
}

/* Question, answer and context: "" or what is in another language. */
static void
spoken(const char *q, const char *a, const char *context, const char *want)
{
	struct gate_finding f = look(GATE_LANGUAGE, q, a, context);

	CHECK_STR(f.verdict == GATE_BAD ? gate_part_names[f.in] : "", want);
}

static void
test_language_mix(void)
{
	static const char en[] = "\"Je me souviens\" has been the motto since "
	    "a man called T\xc3\xa9 had it carved over the door in 1883.";
	static const char zh[] = "鲍勃·迪伦写了《Blowin' in the Wind》，2016年得了奖，"
	    "没有去领，帕蒂·史密斯在典礼上唱了一首歌。";

	spoken("¿Cómo se llama el lema?", "x", en, "question");
	spoken("Who had it carved?", "C'est T\xc3\xa9 qui l'a fait.", en, "");
	spoken("Who had it carved?", "C'est T\xc3\xa9 qui le fit en 1883.",
	    en, "answer");
	spoken("What is it?", "\"Je me souviens\"", en, "");
	spoken("Who was it?", "Charles de Gaulle and Vasco da Gama.", en, "");
	spoken("《Blowin' in the Wind》的作者Bob Dylan是谁？", "是歌手。", zh, "");
	spoken("谁得了奖？", "Bob Dylan", zh, "");
	spoken("谁得了奖？", "賞を取ったのはボブ・ディランです。", zh, "answer");
	spoken("谁唱歌？", "Patti Smith sang for Bob Dylan. 她唱了一首歌，大家都很喜欢。",
	    zh, "answer");
	spoken("谁唱歌？", "是帕蒂·史密斯唱的《The Answer Is Blowin in the Wind》。",
	    zh, "");
	spoken("Who had it carved?", "A man did. 是一个名叫泰的人把它刻在门上的。", en,
	    "answer");
	/* Names alone have the context's language, whatever came before. */
	look(GATE_GROUNDED, "Who was it?", "x", en);
	memset(&texts.sources, 0, sizeof(texts.sources));
	spoken("Which towns of them were sold?",
	    "Orle, Vasa, Norra, Lund, Bath, Graz, Turku, Oulu, Pori, Kemi",
	    "The towns of Orle, Vasa, Norra, Lund, Bath, Graz, Turku, Oulu, "
	    "Pori and Kemi were sold.", "");
	spoken("Who had it carved?", "A man whom they called Te (泰).", en,
	    "");
}

/* What is known of a context is known of no other, in the same memory. */
static void
test_context_again(void)
{
	static char context[] = "Orle had 40 mills.";
	static const char forty[] = "It had 40 mills.",
	    fifty[] = "It had 50 mills, as Feld said.";
	int i;

	for (i = 0; i < 3; i++) {
		context[9] = '4';
		said(forty, context, "");
		said(fifty, context, "50");
		said(forty, context, "");
		context[9] = '5';
		said(forty, context, "40");
		said(fifty, context, "Feld");
		said(forty, "", "40");
		said(forty, NULL, "null");
	}
}

int
main(void)
{
	test_refers_beside();
	test_faithful_counts();
	test_faithful_powers();
	test_faithful_endless();
	test_faithful_otherwise();
	test_faithful_initials();
	test_faithful_asked();
	test_truncated_ends();
	test_language_mix();
	test_context_again();
	gate_free(&texts);
	return check_end("gates_more");
}
