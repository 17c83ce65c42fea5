/*
 * A Chinese question that says 他, 它, 这 or 该 before it has named what is
 * meant.  Words are not set apart, so only those are told for sure which
 * stand behind question words and particles alone, and 该 before the common
 * nouns that it points at.
 */
#include <string.h>

#include "augcon/gate_int.h"

/* What may stand before and names nothing; longest first of one start. */
static const char *const fillers[] = {
	"为什么", "为何", "什么时候", "什么时间", "什么", "何时", "何地",
	"哪一年", "哪年", "哪里", "哪些", "哪个", "哪", "请问", "当时",
	"那么", "怎么", "怎样", "如何", "是否", "谁", "在", "从", "由于",
	"由", "因为", "对于", "对", "关于", "后来", "最后", "首先", "最初",
	"当", "是", "和", "与", "把", "被", "将", "根据", "到", "，", " ",
	"请", "为", NULL
};

/* Pronouns, and what behind makes them other words. */
static const struct {
	const char *word;
	const char *not_behind[4];
} pronouns[] = {
	{ "他们", { NULL } }, { "她们", { NULL } }, { "它们", { NULL } },
	{ "他", { "人", "乡", "国" } }, { "她", { NULL } },
	{ "它", { NULL } }, { "其他", { "x" } }, { "其它", { "x" } },
	{ "其实", { "x" } }, { "其余", { "x" } },
	{ "其", { "他", "它", "余" } },
	{ "这样", { "x" } }, { "这里", { NULL } },
	{ "这", { "辈", "么" } }, { "此外", { "x" } },
	{ "此", { "刻", "前", "后" } },
	{ "该", { "不", "怎", "如" } }
};

static const char *const pointed[] = { "公司", "地区", "片", "剧", "书",
	"国", "市", "县", "校", "省", "岛", "镇", "村", "节目", "作品",
	"专辑", "游戏", "组织", "机构", "建筑", "理论", "方法", "系统",
	"技术", "物种", "病", "药", "队", "团", "桥", "舰", "战役", "事件",
	"城市", "电影", "电视", "歌", "站", "寺", "学校", "大学", "产品",
	"项目", "山", "河", "湖", "车", "船", "机", "党", "校", "乐队",
	"小说", "地", "馆", "运动", "疾病", "植物", "动物", "族", "人物",
	"银行", "奖", "线", "路线", "鱼", "种", "赛季", "届", NULL };

/* Length of the filler at `at`, or 0. */
static size_t
filler(const struct gate_text *t, size_t at)
{
	size_t k;

	for (k = 0; fillers[k] != NULL; k++)
		if (gate_starts(t, at, fillers[k]))
			return strlen(fillers[k]);
	return 0;
}

/* Length of the pronoun at `at`, or 0. */
static size_t
pronoun(const struct gate_text *t, size_t at)
{
	size_t k, i, n;

	for (k = 0; k < sizeof(pronouns) / sizeof(pronouns[0]); k++) {
		if (!gate_starts(t, at, pronouns[k].word))
			continue;
		n = strlen(pronouns[k].word);
		for (i = 0; i < 3 && pronouns[k].not_behind[i] != NULL; i++)
			if (*pronouns[k].not_behind[i] == 'x' ||
			    gate_starts(t, at + n, pronouns[k].not_behind[i]))
				return 0;
		return n;
	}
	return 0;
}

/* 该 or 本 before a noun that did not come before. */
static int
points(const struct gate_text *t, size_t at)
{
	size_t k, behind = at + strlen("该");

	for (k = 0; pointed[k] != NULL; k++)
		if (gate_starts(t, behind, pointed[k]))
			return gate_find(t, 0, pointed[k]) >= behind;
	return 0;
}

int
dangles_zh(const struct gate_text *t, struct gate_finding *f)
{
	static const char why[] = "nothing it stands for";
	size_t at = 0, n;

	while (at < t->len && (n = filler(t, at)) > 0)
		at += n;
	n = at < t->len ? pronoun(t, at) : 0;
	if (n == 0 && gate_starts(t, at, "本") && points(t, at))
		n = strlen("本");
	if (n > 0)
		return gate_bad(f, why, GATE_QUESTION, at, n);
	at = gate_find(t, 0, "该");
	if (at < t->len && (at < 3 || memcmp(t->s + at - 3, "应", 3) != 0) &&
	    points(t, at))
		return gate_bad(f, why, GATE_QUESTION, at, strlen("该"));
	return 0;
}
