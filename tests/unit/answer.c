/* Answers: objects in all kinds of dress, and labelled lines. */
#include <stdlib.h>

#include "check.h"
#include "llm/answer.h"

static struct buf out;

/* The question in a text, or what is wrong with it. */
static const char *
object(const char *text)
{
	struct buf why = BUF_INIT;
	struct doc *d = answer_object(text, strlen(text), &why);
	const char *q = doc_text(doc_get(d, "q"));

	buf_reset(&out);
	buf_str(&out, d == NULL ? buf_cstr(&why) : q == NULL ? "-" : q);
	doc_free(d);
	buf_free(&why);
	return buf_cstr(&out);
}

static void
test_object(void)
{
	static char many[1 << 20];
	struct buf why = BUF_INIT;

	CHECK_STR(object("{\"q\":\"A\"}"), "A");
	CHECK_STR(object("```json\n{\"q\": \"A\"}\n```"), "A");
	CHECK_STR(object("Sure! Here it is:\n{\"q\":\"A}{\\\"\"} Anything"
	    " else? {}"), "A}{\"");
	CHECK_STR(object("a { b } and {\"q\":\"A\"}"), "A");
	CHECK_STR(object("{{\"q\":\"A\"}"), "A");
	CHECK_STR(object("{\"q\":\"two\nlines\tand\"}"), "two\nlines\tand");
	CHECK_STR(object("{\"q\":\"one\r\ntwo\n\nthree\"}"),
	    "one\r\ntwo\n\nthree");
	CHECK_STR(object("{\"p\":{\"q\":\"A\"}}"), "-");
	CHECK_STR(object("What is it?"), "the reply holds no JSON object");
	CHECK_STR(object("{\"q\":\"A"), "the reply holds no JSON object");
	CHECK_STR(object("{\"q\":\"A\\"), "the reply holds no JSON object");
	CHECK(strncmp(object("{\"q\":A}"), "column 6: ", 10) == 0);
	/* Bounded work on what has no end. */
	memset(many, '{', sizeof(many));
	CHECK(answer_object(many, sizeof(many), &why) == NULL);
	memcpy(many, "{\"", 2);
	memset(many + 2, 'a', sizeof(many) - 2);
	CHECK(answer_object(many, sizeof(many), &why) == NULL);
	buf_free(&why);
}

static void
test_wide(void)
{
	CHECK_STR(object("{“q”：“A”}"), "A");
	CHECK_STR(object("｛\"q\"：\"A\"，\"p\"：1｝"), "A");
	CHECK_STR(object("{＂q＂：＂A＂}"), "A");
	CHECK_STR(object("{”q”：“A \"b\" c”}"), "A \"b\" c");
	CHECK_STR(object("{　“q”：“一\n二”}"), "一\n二");
	/* In a string of plain JSON they are text. */
	CHECK_STR(object("{\"q\":\"“A”：，｛｝\"}"), "“A”：，｛｝");
	CHECK_STR(object("{“q”：“A"), "the reply holds no JSON object");
}

static const struct answer_field fields[] = {
	{ "question", "q|问题", ANSWER_LINE },
	{ "cut", "cut after|第一部分最后一句", ANSWER_NUMBER },
	{ "first", "part 1|第一部分", ANSWER_TEXT },
	{ "second", "part 2|第二部分", ANSWER_TEXT },
	{ NULL, NULL, 0 }
};

static void
add(const struct doc *d)
{
	double x;

	if (d == NULL)
		buf_str(&out, "-");
	else if (doc_number(d, &x))
		buf_fmt(&out, "%g", x);
	else
		buf_str(&out, doc_text(d) != NULL ? doc_text(d) : "?");
	buf_byte(&out, '|');
}

/* "question|cut|first|second|" of an answer. */
static const char *
read(const char *text)
{
	struct buf why = BUF_INIT;
	struct doc *d = answer_read(text, strlen(text), fields, &why);
	const struct answer_field *f;

	buf_reset(&out);
	CHECK((d == NULL) == (why.len > 0));
	for (f = fields; d != NULL && f->name != NULL; f++)
		add(doc_get(d, f->name));
	doc_free(d);
	buf_free(&why);
	return buf_cstr(&out);
}

static void
test_members(void)
{
	CHECK_STR(read("{\"question\":\"A\",\"cut\":2}"), "A|2|-|-|");
	CHECK_STR(read("{\"问题\":\"A\",\"第一部分最后一句\":2}"),
	    "A|2|-|-|");
	CHECK_STR(read("{\"Question\":\"A\",\"Cut After\":\"[2]\"}"),
	    "A|2|-|-|");
	CHECK_STR(read("{\"question\":\"A\",\"cut\":\"none\"}"), "A|none|-|-|");
	/* A member's own name wins over a label. */
	CHECK_STR(read("{\"q\":\"B\",\"question\":\"A\"}"), "A|-|-|-|");
	CHECK_STR(read("{\"other\":1}"), "-|-|-|-|");
}

static void
test_lines(void)
{
	CHECK_STR(read("Question: What is it?"), "What is it?|-|-|-|");
	CHECK_STR(read("Question: What is it?\nCut: 3\n"),
	    "What is it?|3|-|-|");
	CHECK_STR(read("问题：这是什么？\n第一部分最后一句：3。"),
	    "这是什么？|3|-|-|");
	CHECK_STR(read("**问题**：“这是什么？”\n\n**第一部分最后一句：** [03]"),
	    "这是什么？|3|-|-|");
	CHECK_STR(read("Sure!\n\n1. **Question:** What is it?\n2. Cut after: "
	    "sentence 12\n"), "What is it?|12|-|-|");
	/* All lines of a value, not the first one alone. */
	CHECK_STR(read("Question:\nWhat\nis it?\n\nPart 1: One.\nTwo.\n\n"
	    "Three.\nPart 2: Four: \nfive.\n\nSix.\n"),
	    "What\nis it?|-|One.\nTwo.\n\nThree.|Four: \nfive.\n\nSix.|");
	CHECK_STR(read("Question: What is it?\n\nI hope that this helps."),
	    "What is it?|-|-|-|");
	/* A second answer is not the first one's. */
	CHECK_STR(read("Question: A?\nCut: 1\nQuestion: B?\nCut: 2"),
	    "A?|1|-|-|");
	/* Braces that hold no answer do not hide it. */
	CHECK_STR(read("{x}\nQuestion: What is {x}?"), "What is {x}?|-|-|-|");
	CHECK_STR(read("{\"a\":1}\nQuestion: A?"), "A?|-|-|-|");
	/* None. */
	CHECK_STR(read("What is it?"), "");
	CHECK_STR(read("Question:\n"), "");
	CHECK_STR(read("A question: what is it?"), "");
	CHECK_STR(read("Cut: 3"), "");
	CHECK_STR(read(""), "");
	CHECK_STR(read("Question: A?\nCut: none"), "A?|-|-|-|");
}

static const char *
first(const char *text)
{
	struct buf b = BUF_INIT;

	buf_reset(&out);
	if (answer_first(text, strlen(text), fields, &b))
		buf_str(&out, buf_cstr(&b));
	else
		buf_byte(&out, '-');
	buf_free(&b);
	return buf_cstr(&out);
}

/* The short way finds what the long way would, or nothing. */
static void
test_first(void)
{
	CHECK_STR(first("{\"question\":\"A\"}"), "A");
	CHECK_STR(first("{ \"cut\" : 2 , \"question\" : \"\\u4e2d\\n\" }"),
	    "\xe4\xb8\xad\n");
	CHECK_STR(first("{\"q\":\"B\",\"question\":\"A\"}"), "A");
	CHECK_STR(first("{\"q\":\"B\"}"), "-");
	CHECK_STR(first("{\"question\":\"A\",\"question\":\"B\"}"), "-");
	CHECK_STR(first("{\"question\":1}"), "-");
	CHECK_STR(first("{\"question\":\"\\ud800\"}"), "-");
	CHECK_STR(first("{\"question\":\"A\"} So it is."), "-");
	CHECK_STR(first("{\"question\":\"A"), "-");
	CHECK_STR(first("Question: A"), "-");
	CHECK_STR(first(""), "-");
}

/* Nothing is read behind the end of a text that has no NUL. */
static void
test_end(void)
{
	static const char text[] = "Question: A?\nCut: 12\nPart 1: B";
	struct buf why = BUF_INIT;
	struct doc *d;
	char *part;
	size_t i;

	for (i = 1; i < sizeof(text); i++) {
		part = malloc(i);
		if (part == NULL)
			break;
		memcpy(part, text, i);
		d = answer_read(part, i, fields, &why);
		CHECK((d != NULL) == (i > strlen("Question: ")));
		doc_free(d);
		free(part);
	}
	buf_free(&why);
}

int
main(void)
{
	test_object();
	test_wide();
	test_members();
	test_lines();
	test_first();
	test_end();
	buf_free(&out);
	return check_end("answer");
}
