/* Where text may be cut: each case has a bar at every edge. */
#include "text/sent.h"

#include <stdlib.h>

#include "base/rng.h"
#include "check.h"
#include "text/uni.h"
#include "text/utf8.h"

typedef size_t cut_fn(const char *, size_t);

/* Cuts the text without its bars, and puts bars where it was cut. */
static void
cuts(const char *want, cut_fn *next)
{
	char text[512], got[1024];
	size_t i, len = 0, n = 0;
	struct pieces p = { NULL, 0, 0 };

	for (i = 0; want[i] != '\0'; i++)
		if (want[i] != '|')
			text[len++] = want[i];
	CHECK(sent_cut(text, len, next, &p) == 0);
	for (i = 0; i < p.n; i++) {
		if (i > 0)
			got[n++] = '|';
		memcpy(got + n, text + p.v[i].start, p.v[i].len);
		n += p.v[i].len;
	}
	got[n] = '\0';
	CHECK_STR(got, want);
	pieces_free(&p);
}

static void
test_english(void)
{
	static const char *const cases[] = {
		"One. |Two! |Three? |Four",
		"Mr. Smith met Dr. Jones and Mrs. Lee. |They talked.",
		"J. R. R. Tolkien wrote it. |It sold well.",
		"J.K. Rowling of the U.S. Army. |She left.",
		"He lives in the U.S. |The house is old.",
		"He lives in the U.S. Virgin Islands. |Nice.",
		"At 3.14 it is 5.5.1, e.g. version 2.0. |Then more.",
		"See i.e. the book, vol. 3, pp. 12-14, no. 7. |End.",
		"It was No. 1 in Fig. 2 of Vol. 3. |Next.",
		"Visit www.example.com. |Or a.b@c.org now.",
		"Read https://example.com/a.b?c=d.e first. |Then go.",
		"He said \"Stop.\" |She did.",
		"He said \"Stop!\" and she did. |Fine.",
		"(He left.) |She stayed. |[Note.] |End.",
		"Wait... |What? |Well... maybe. |Yes.",
		"Wait . . . what? |Yes.",
		"Really?! |Yes!!! |No.",
		"It ended in 1999. |The next began.",
		"Apple Inc. announced it. |Apple Inc. |The end.",
		"By John Smith Jr. |He was born in St. Louis.",
		"He won, etc. |The rest is known.",
		"Works, tools etc. and more (12 mi). |The road ends.",
		"Smith et al. (1990) found it. |Others did not.",
		"Cleopatra (c. 69 BC), b. 70 BC. |She died.",
		"World War I. |It began.",
		"Yahoo! is a firm. |So is Google.",
		"Roe v. Wade was decided. |Then it was not.",
		"The end.[12] |Another claim.[3][4] |Last.",
		"5 p.m. on Monday. |At 6 p.m. |They left.",
		"A line\nwrapped. |Another\nline. ",
		"A paragraph\n\n|Another one",
		"Intro:\n|- first item\n|- second item\n|* third",
		"1. First thing\n|2. Second thing\n|3. Third. |Done.",
		"# A heading\n|Text follows.",
		"Text before\n|## A heading\n|More.",
		"Title\n=====\n|Text.",
		"He is 5 ft. tall. |Yes.",
		"\"Quoted.\" |\"Again.\" |'Third.' |Done.",
		"\xe2\x80\x9cQuoted.\xe2\x80\x9d |\xe2\x80\x9c""Again.\xe2\x80"
		"\x9d |End.",
		"Wie geht es? |Über alles.",
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cuts(cases[i], sent_sentence);
}

static void
test_chinese(void)
{
	static const char *const cases[] = {
		"今天下雨。|他没带伞！|怎么办？|回家；|睡觉",
		"他说：“走吧。”|她点头。",
		"他说：「好！」|然后走了。",
		"『真的吗？』|没人回答。",
		"（他走了。）|她留下。",
		"“走吧！”，他说。|她走了。",
		"《你好！》是一首歌。|很好听。",
		"他（英语：Foo；法语：Bar）来了；|她没来。",
		"太好了！！！|真的？！|对。",
		"他想……也许不对。|再想想。",
		"圆周率是3.14。|版本是2.0.1。",
		"他在U.S. Army工作。|退休了。",
		"第一行没有句号\n|第二行也没有\n|第三行。",
		"他问：\"你好吗？\"|她说好。",
		"好。|\"走吧。\"|他说。",
		"春天来了。\n|花开了。\n\n|夏天到了。",
		"これはペンです。|あれは本ですか？|はい。",
		"\xe3\x80\x80\xe3\x80\x80第一段\n\xe3\x80\x80|第二段",
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cuts(cases[i], sent_sentence);
}

/* Wide lines of 40 characters are wrapped, not sentences. */
static void
test_wrapped(void)
{
	char text[600];
	size_t len = 0, line, i;

	for (line = 0; line < 3; line++) {
		for (i = 0; i < 40; i++, len += 3)
			memcpy(text + len, "\xe4\xb8\xad", 3);
		text[len++] = '\n';
	}
	CHECK(sent_sentence(text, len) == len);
	CHECK(sent_paragraph(text, len) == len);
	/* A line over 120 columns is a paragraph. */
	for (i = 0; i < 121; i++)
		text[i] = 'a';
	memcpy(text + 121, "\nnext line", 10);
	CHECK(sent_paragraph(text, 131) == 122);
	CHECK(sent_sentence(text, 131) == 122);
	/* 120 columns may be wrapped. */
	text[119] = ' ';
	text[120] = '\n';
	memcpy(text + 121, "next line ", 10);
	CHECK(sent_paragraph(text, 130) == 130);
}

static void
test_other_cuts(void)
{
	cuts("One, |two; |three: |four", sent_clause);
	cuts("1,000 at 10:30 and a:b", sent_clause);
	cuts("the 2015 – 16 season, |5 - 3 – |then 1 — 2", sent_clause);
	cuts("series 6 – |present, |June – |7 May", sent_clause);
	cuts("一个，|两个、|三个：|四个；|五", sent_clause);
	cuts("this \xe2\x80\x94 |that \xe2\x80\x93 |other - |end well-known",
	    sent_clause);
	cuts("a (b, |c), |d", sent_clause);
	cuts("他说，”|对", sent_clause);
	cuts("one\ntwo\n\n|three\n \t\n\n|four", sent_paragraph);
	cuts("one\r\n\r\n|two\r\n", sent_paragraph);
	CHECK(sent_blank_start(" \t\xe3\x80\x80x", 6) == 5);
	CHECK(sent_blank_end("x \xc2\xa0\n", 5) == 4);
	/* A blank with a mark on it is not blank. */
	CHECK(sent_blank_start("  \xcc\x81", 4) == 1);
	cuts("Yes. | \xcc\x81 No", sent_sentence);
}

static void
test_join(void)
{
	static const char text[] = "One. Two. Three and more. X. ";
	struct pieces p = { NULL, 0, 0 };

	CHECK(sent_cut(text, strlen(text), sent_sentence, &p) == 0);
	CHECK(p.n == 4);
	pieces_join_short(text, &p, 5);
	CHECK(p.n == 2);
	CHECK(p.v[0].len == 10 && p.v[1].start == 10 && p.v[1].len == 19);
	pieces_free(&p);
}

/*
 * Whatever the text: the pieces joined are the text, none is empty, and no
 * edge is inside a grapheme cluster.
 */
static void
test_random(void)
{
	static const char *const bits[] = { "a", "B", ". ", ".", "! ", "\n",
	    "\n\n", " ", "\"", "\xe3\x80\x82", "\xe2\x80\x9d", "\xcc\x81",
	    "\xe4\xb8\xad", "\xef\xbc\x9b", "\xe2\x80\xa6", "(", ")", "1",
	    ", ", "\r\n", "\xe3\x80\x80", "- ", "#", "\xe2\x80\x8d",
	    "\xf0\x9f\x91\xa8", "\xe3\x80\x8a", "\xe3\x80\x8b", "[1]", "Dr" };
	static cut_fn *const fns[] = { sent_sentence, sent_paragraph,
	    sent_clause };
	uint64_t seed = 7;
	char text[400];
	size_t round, len, n, i, at, wrong = 0;
	struct pieces p = { NULL, 0, 0 };

	for (round = 0; round < 20000; round++) {
		for (len = 0; len < sizeof(text) - 8; len += n) {
			const char *b = bits[rng_below(&seed,
			    sizeof(bits) / sizeof(bits[0]))];

			n = strlen(b);
			memcpy(text + len, b, n);
		}
		len -= (size_t)rng_below(&seed, 8);
		while (((unsigned char)text[len] & 0xc0) == 0x80)
			len--;
		wrong += sent_cut(text, len, fns[round % 3], &p) != 0;
		for (i = at = 0; i < p.n; i++) {
			wrong += p.v[i].start != at || p.v[i].len == 0;
			at += p.v[i].len;
		}
		wrong += at != len;
		for (i = at = 0; at < len && i < p.n; at += n) {
			n = uni_grapheme(text + at, len - at);
			while (i < p.n && p.v[i].start + p.v[i].len <= at + n) {
				wrong += p.v[i].start + p.v[i].len > at &&
				    p.v[i].start + p.v[i].len < at + n;
				i++;
			}
		}
	}
	CHECK(wrong == 0);
	pieces_free(&p);
}

int
main(void)
{
	test_english();
	test_chinese();
	test_wrapped();
	test_other_cuts();
	test_join();
	test_random();
	return check_end("sent");
}
