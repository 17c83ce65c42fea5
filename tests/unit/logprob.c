/*
 * Log-probabilities: replies of each family of servers, as they were recorded
 * or as its source writes them, and replies that nobody should believe.
 */
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "check.h"
#include "llm/logprob.h"

static struct buf why;

static void
near(double got, double want, const char *file, int line)
{
	check_at(fabs(got - want) < 1e-6, file, line, "near");
	if (!(fabs(got - want) < 1e-6))
		printf("\tgot  %.9g\n\twant %.9g\n", got, want);
}
#define NEAR(got, want) near((got), (want), __FILE__, __LINE__)

static int
yes(const char *json, double *odds)
{
	int r;

	buf_reset(&why);
	r = logprob_yes(json, strlen(json), odds, &why);
	CHECK((r == 0) == (why.len == 0));
	return r;
}

static int
text(const char *json, const char *of, size_t from, struct logprob_sum *s)
{
	int r;

	buf_reset(&why);
	r = logprob_text(json, strlen(json), of, from, s, &why);
	CHECK((r == 0) == (why.len == 0));
	return r;
}

/* One choice of a chat reply. */
#define C(token, value) "{\"token\":\"" token "\",\"logprob\":" value "}"
#define CHAT(own, list) "{\"content\":[{\"token\":\"" own "\",\"logprob\":" \
	"-0.5,\"bytes\":null,\"top_logprobs\":[" list "]}]}"

/* Recorded of SmolLM2-135M-Instruct on llama.cpp's server. */
static const char llamacpp_chat[] = "{\"content\":[{\"id\":5230,\"token\":"
    "\"No\",\"bytes\":[78,111],\"logprob\":-1.4923440217971802,"
    "\"top_logprobs\":[{\"id\":5230,\"token\":\"No\",\"bytes\":[78,111],"
    "\"logprob\":-1.4923440217971802},{\"id\":10539,\"token\":\"Yes\","
    "\"bytes\":[89,101,115],\"logprob\":-1.6752129793167114},{\"id\":57,"
    "\"token\":\"I\",\"bytes\":[73],\"logprob\":-2.660747528076172},"
    "{\"id\":33,\"token\":\"1\",\"bytes\":[49],\"logprob\":"
    "-2.7975215911865234},{\"id\":10407,\"token\":\"yes\",\"bytes\":"
    "[121,101,115],\"logprob\":-3.1564884185791016},{\"id\":4607,\"token\":"
    "\"no\",\"bytes\":[110,111],\"logprob\":-3.8415987491607666}]}]}";

/* The same server's /v1/completions with echo: its own token alone. */
static const char llamacpp_echo[] = "{\"content\":[{\"id\":198,\"token\":"
    "\"\\n\",\"bytes\":[10],\"logprob\":-1.7880322933197021,"
    "\"top_logprobs\":[{\"id\":198,\"token\":\"\\n\",\"bytes\":[10],"
    "\"logprob\":-1.7880322933197021}]}]}";

/* Of vLLM 0.16.0, in llama.cpp's pull request 15189. */
static const char vllm_echo[] = "{\"text_offset\":[0,3,8,11,19,25,28,29,30],"
    "\"token_logprobs\":[null,-8.818763732910156,-1.552642822265625,"
    "-13.55989933013916,-2.0115487575531006,-2.2331151962280273,"
    "-8.53701114654541,-1.2870503664016724,-0.41059786081314087],"
    "\"tokens\":[\"The\",\" step\",\" of\",\" boiling\",\" water\",\" is\","
    "\":\",\" \",\"1\"],\"top_logprobs\":[null,{\" step\":"
    "-8.818763732910156,\" is\":-0.7875133752822876}]}";
static const char STEP[] = "The step of boiling water is: ";

static void
test_servers(void)
{
	double odds = 0;
	struct logprob_sum s;

	CHECK(yes(llamacpp_chat, &odds) == 0);
	NEAR(odds, log(exp(-1.6752129793167114) + exp(-3.1564884185791016)) -
	    log(exp(-1.4923440217971802) + exp(-3.8415987491607666)));
	CHECK(text(llamacpp_echo, STEP, 0, &s) == 1);
	CHECK_STR(buf_cstr(&why), "the reply's tokens (1) cover 0 of the "
	    "text's 30 bytes");
	CHECK(text(vllm_echo, STEP, 0, &s) == 0);
	CHECK(s.n == 7);		/* neither the first nor the last */
	NEAR(s.least, -13.55989933013916);
	NEAR(s.mean, -(8.818763732910156 + 1.552642822265625 +
	    13.55989933013916 + 2.0115487575531006 + 2.2331151962280273 +
	    8.53701114654541 + 1.2870503664016724) / 7);
	/* OpenAI tells no alternatives where none are asked for. */
	CHECK(yes("{\"content\":[{\"token\":\"Yes\",\"bytes\":[89,101,115],"
	    "\"logprob\":-0.0049944133,\"top_logprobs\":[]}],\"refusal\":null}",
	    &odds) == 0);
	NEAR(odds, -0.0049944133 - log(1 - exp(-0.0049944133)));
	/* Completions, as OpenAI's old models and vLLM have it. */
	CHECK(yes("{\"tokens\":[\" No\"],\"token_logprobs\":[-0.25],"
	    "\"top_logprobs\":[{\" No\":-0.25,\" Yes\":-2.5,\"\\n\":-4}],"
	    "\"text_offset\":[41]}", &odds) == 0);
	NEAR(odds, -2.25);
}

static int
sign(const char *token)
{
	struct buf b = BUF_INIT;
	double odds = 0;
	int r;

	buf_fmt(&b, CHAT("x", C("%s", "-1") "," C("x", "-3")), token);
	r = yes(buf_cstr(&b), &odds);
	buf_free(&b);
	return r != 0 ? 0 : odds > 0 ? 1 : -1;
}

static void
test_words(void)
{
	static const char *const yeses[] = { "yes", "Yes", " YES", "Yes.",
	    "\xe2\x96\x81Yes", "\xc4\xa0yes", "**Yes", "\\\"yes", "Y", "y)",
	    "“Yes", "Yes，", "是", "是的", " 是", "「是", "对", "有", "能回答",
	    "可以" };
	static const char *const noes[] = { "no", "No", "NO,", "\\nNo", "N",
	    "not", "Nope", "否", "不", "不能", "没有", "无法", "非" };
	static const char *const neither[] = { "Yesterday", "Now", "None1",
	    "Note", "Noël", "", " ", "\\n", "是否", "对不起", "有没有", "能否",
	    "非常", "否则", "可能", "The", "Yes1", "ye", "\xef\xbf\xbd" };
	size_t i;

	for (i = 0; i < sizeof(yeses) / sizeof(*yeses); i++)
		check_at(sign(yeses[i]) == 1, __FILE__, __LINE__, yeses[i]);
	for (i = 0; i < sizeof(noes) / sizeof(*noes); i++)
		check_at(sign(noes[i]) == -1, __FILE__, __LINE__, noes[i]);
	for (i = 0; i < sizeof(neither) / sizeof(*neither); i++)
		check_at(sign(neither[i]) == 0, __FILE__, __LINE__,
		    neither[i]);
}

/* What is not listed is as likely as the least that is, or as the rest. */
static void
test_floor(void)
{
	double odds = 0;

	CHECK(yes(CHAT("Yes", C("Yes", "-0.7") "," C("The", "-1.4") ","
	    C("I", "-3")), &odds) == 0);
	NEAR(odds, -0.7 + 3);
	CHECK(yes(CHAT("No", C("No", "-0.01") "," C("The", "-5")), &odds) ==
	    0);
	NEAR(odds, log(1 - exp(-0.01) - exp(-5)) + 0.01);
	CHECK(yes(CHAT("Yes", C("Yes", "0")), &odds) == 0);
	NEAR(odds, -log(1e-6));
	/* The server's own token counts once, listed or not. */
	CHECK(yes(CHAT("Yes", C("No", "-2") "," C("Yes", "-0.5")), &odds) ==
	    0);
	NEAR(odds, 1.5);
	CHECK(yes(CHAT("Yes", C("No", "-2")), &odds) == 0);
	NEAR(odds, 1.5);
	/* vLLM and llama.cpp write minus infinity so. */
	CHECK(yes(CHAT("Yes", C("Yes", "-0.5") "," C("No", "-9999.0")),
	    &odds) == 0);
	NEAR(odds, 99.5);
	CHECK(yes(CHAT("Yes", C("Yes", "-0.5") "," C("No",
	    "-3.4028234663852886e+38")), &odds) == 0);
	NEAR(odds, 99.5);
	CHECK(yes(CHAT("The", C("The", "-0.5") "," C("I", "-2")), &odds) ==
	    1);
	CHECK_STR(buf_cstr(&why), "neither yes nor no among the 2 likeliest "
	    "first tokens, the likeliest is \"The\"");
}

#define LISTS(tokens, values) "{\"tokens\":[" tokens "],\"token_logprobs\":[" \
	values "],\"text_offset\":[7]}"

static void
test_places(void)
{
	struct logprob_sum s;

	/* A token counts where its first byte that is no blank does. */
	CHECK(text(LISTS("\"a\",\" b\",\"?\",\" Who\",\" is\",\"!\"",
	    "null,-1,-2,-4,-8,-16"), "a b? Who is", 5, &s) == 0);
	CHECK(s.n == 2);
	NEAR(s.mean, -6);
	NEAR(s.least, -8);
	CHECK(text(LISTS("\"a\",\" b\",\"?\",\" Who\",\" is\"",
	    "null,-1,-2,-4,-8"), "a b? Who is", 6, &s) == 0 && s.n == 1);
	/* Blanks alone count by where they are. */
	CHECK(text(LISTS("\"a\",\"\\n\\n\",\"b\"", "null,-1,-2"), "a\n\nb", 3,
	    &s) == 0 && s.n == 1);
	CHECK(text(LISTS("\"a\",\"\\n\\n\",\"b\"", "null,-1,-2"), "a\n\nb", 1,
	    &s) == 0 && s.n == 2);
	/* A mark before the text; the first token may have a value. */
	CHECK(text(LISTS("\"<|begin_of_text|>\",\"a\",\" b\"",
	    "null,-1,-2"), "a b", 0, &s) == 0 && s.n == 2);
	CHECK(text(LISTS("\"<s>\",\"你\",\"好\"", "null,-1,-2"), "你好", 0,
	    &s) == 0 && s.n == 2);
	CHECK(text(LISTS("\"a\",\" b\"", "-1,-2"), "a b", 0, &s) == 0 &&
	    s.n == 2);
	/* Blanks as tokenizers write them, or lose them, or add one. */
	CHECK(text(LISTS("\"<s>\",\"\xe2\x96\x81" "a\",\"\xe2\x96\x81" "b\"",
	    "null,-1,-2"), "a b", 0, &s) == 0 && s.n == 2);
	CHECK(text(LISTS("\"a\",\"\xc4\xa0" "b\"", "-1,-2"), "a b", 2, &s) ==
	    0 && s.n == 1);
	CHECK(text(LISTS("\" a\",\"b\",\"c\"", "-1,-2,-4"), "a b c", 2, &s) ==
	    0 && s.n == 2);
}

/* Characters of which each token has a part. */
static void
test_parts(void)
{
	struct logprob_sum s;

	/* U+FFFD for each byte or each run of them. */
	CHECK(text(LISTS("\"好\",\"\xef\xbf\xbd\",\"\xef\xbf\xbd\",\"，\","
	    "\"你\"", "null,-1,-2,-4,-8"), "好鑫，你", 9, &s) == 0);
	CHECK(s.n == 1);
	CHECK(text(LISTS("\"好\",\"\xef\xbf\xbd\",\"\xef\xbf\xbd\",\"，\","
	    "\"你\"", "null,-1,-2,-4,-8"), "好鑫，你", 3, &s) == 0);
	CHECK(s.n == 4);
	NEAR(s.mean, -15.0 / 4);
	/* Nothing at all, as llama.cpp cuts a token to valid UTF-8. */
	CHECK(text("{\"content\":[" C("a", "-1") "," C("", "-2") ","
	    C("", "-4") "," C(" b", "-8") "]}", "a鑫 b", 1, &s) == 0 &&
	    s.n == 3);
	/* Nothing, and then the whole character (vLLM). */
	CHECK(text(LISTS("\"a\",\"\",\"\",\"鑫\",\" b\"", "-1,-2,-4,-8,-16"),
	    "a鑫 b", 1, &s) == 0 && s.n == 4);
	/* A blank, or a whole character, and a part of the next one. */
	CHECK(text(LISTS("\"a\",\" \xef\xbf\xbd\",\"\xef\xbf\xbd\",\"b\"",
	    "-1,-2,-4,-8"), "a 鑫b", 2, &s) == 0 && s.n == 3);
	CHECK(text(LISTS("\"a\",\"。\xef\xbf\xbd\",\"\xef\xbf\xbd\",\"b\"",
	    "-1,-2,-4,-8"), "a。鑫b", 4, &s) == 0 && s.n == 2);
	/* At the end, where the last token is the server's own. */
	CHECK(text(LISTS("\"a\",\"\xef\xbf\xbd\",\"\xef\xbf\xbd\",\"!\"",
	    "-1,-2,-4,-8"), "a鑫", 1, &s) == 0 && s.n == 2);
	NEAR(s.mean, -3);
	/* One token is not the whole of a long text. */
	CHECK(text(LISTS("\"好的\"", "-1"), "天地玄黄宇宙洪荒", 0, &s) == 1);
	CHECK(text(LISTS("\"x\",\"y\"", "-1,-1"), "天地玄黄宇宙洪荒", 0, &s) ==
	    1);
}

static void
test_refused(void)
{
	static const char *const bad[] = {
		"", "null", "[]", "1", "{}", "{\"content\":null}",
		"{\"content\":[]}", "{\"content\":[1,2]}", "{\"content\":{}}",
		"{\"content\":[{\"token\":\"a b\"}]}",
		"{\"content\":[{\"token\":1,\"logprob\":-1}]}",
		"{\"content\":[{\"token\":\"a b\",\"logprob\":\"-1\"}]}",
		"{\"content\":[{\"token\":\"a b\",\"logprob\":7}]}",
		"{\"content\":[{\"token\":\"Yes\",\"logprob\":NaN}]}",
		"{\"content\":[{\"token\":\"Yes\",\"logprob\":-Infinity}]}",
		"{\"content\":[{\"token\":\"Yes\",\"logprob\":-1e999}]}",
		"{\"content\":[{\"token\":\"Yes\",\"logprob\":-1}]",
		"{\"content\":[],\"content\":[]}",
		LISTS("", ""), LISTS("\"a\",\" b\"", ""), LISTS("1", "-1"),
		LISTS("\"a\",\" b\"", "null"), LISTS("\"a\",\" b\"",
		"-1,null"), LISTS("\"a\",\" c\"", "-1,-1"),
		LISTS("\"a\",\" b\"", "-1,0.5"), LISTS("\"a b\"", "null"),
		LISTS("\"a\",\"b\"", "[-1],-1"),
		"{\"tokens\":\"a b\",\"token_logprobs\":[-1,-1]}",
		"{\"tokens\":[\"Yes\"],\"token_logprobs\":[-1],"
		    "\"top_logprobs\":[{\"Yes\":1}]}",
		"{\"tokens\":[],\"top_logprobs\":[[{\"Yes\":-1}]]}",
	};
	struct logprob_sum s;
	double odds;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		check_at(text(bad[i], "a b", 0, &s) == 1, __FILE__, __LINE__,
		    bad[i]);
		check_at(yes(bad[i], &odds) == 1, __FILE__, __LINE__, bad[i]);
	}
	/* A little above 0 is rounding. */
	CHECK(text(LISTS("\"a\",\" b\"", "-1,1e-7"), "a b", 0, &s) == 0);
	NEAR(s.mean, -0.5);
	CHECK(text(LISTS("\"a\"", "-1"), "", 0, &s) == 1);
	CHECK(text(LISTS("\"a\",\" b\"", "-1,-1"), "a b", 99, &s) == 1);
}

/* As much again in a loop must not take the square of the time. */
static double
seconds(const char *unit, const char *value, const char *of, int want)
{
	clock_t begun;
	struct buf b = BUF_INIT, t = BUF_INIT;
	struct logprob_sum s;
	double odds;
	int i;

	buf_str(&b, "{\"tokens\":[\"a\"");
	buf_str(&t, "a");
	for (i = 0; i < 200000; i++) {
		buf_fmt(&b, ",\"%s\"", unit);
		buf_str(&t, of);
	}
	buf_str(&b, "],\"token_logprobs\":[-1");
	for (i = 0; i < 200000; i++)
		buf_fmt(&b, ",%s", value);
	buf_str(&b, "]}");
	begun = clock();
	CHECK(text(buf_cstr(&b), buf_cstr(&t), 0, &s) == want);
	CHECK(yes(buf_cstr(&b), &odds) == 1);
	buf_free(&b);
	buf_free(&t);
	return (double)(clock() - begun) / CLOCKS_PER_SEC;
}

static void
test_huge(void)
{
	struct buf b = BUF_INIT;
	double odds;
	int i;

	CHECK(seconds(" b", "-1", " b", 0) < 2);
	CHECK(seconds("", "-1", "鑫", 1) < 2);
	CHECK(seconds("\xef\xbf\xbd", "-1", "鑫", 1) < 2);
	CHECK(seconds("zz", "-1", "鑫", 1) < 2);
	buf_str(&b, "{\"content\":[");
	for (i = 0; i < 100000; i++)
		buf_byte(&b, '[');
	CHECK(yes(buf_cstr(&b), &odds) == 1);
	for (i = 0; i < 100000; i++)
		buf_byte(&b, ']');
	buf_str(&b, "]}");
	CHECK(yes(buf_cstr(&b), &odds) == 1);
	buf_free(&b);
}

int
main(void)
{
	test_servers();
	test_words();
	test_floor();
	test_places();
	test_parts();
	test_refused();
	test_huge();
	buf_free(&why);
	return check_end("logprob");
}
