/*
 * Tokens of `unicode` and `augcon`, written out by hand: scripts, marks,
 * signs, what is invisible, what no one has assigned.  A want of NULL for
 * `augcon` is the same as for `unicode`.
 */
#include "text/token.h"

#include "check.h"

static int
add(void *arg, const char *s, size_t len)
{
	struct buf *b = arg;

	if (b->len > 0)
		buf_byte(b, ' ');
	buf_add(b, s, len);
	return 0;
}

static const struct {
	const char *text, *unicode, *augcon;
} cases[] = {
	/* One letter a token with its marks; digits make runs. */
	{ "ฉันกินข้าว ๑๒", "ฉั น กิ น ข้ า ว ๑๒", NULL },	/* Thai */
	/* AM is a and a mark before it by NFKC: น้ำ is น ้ ํ า. */
	{ "น้ำ", "น้ํ า", NULL },
	{ "ພາສາລາວ", "ພ າ ສ າ ລ າ ວ", NULL },		/* Lao */
	{ "ຄຳ", "ຄໍ າ", NULL },
	{ "ភាសាខ្មែរ", "ភា សា ខ្ មែ រ", NULL },		/* Khmer */
	{ "မြန်မာ၁၂။", "မြ န် မာ ၁၂", "မြ န် မာ ၁၂ ။" },	/* Myanmar */
	{ "Tokyo東京タワーへ行く。", "tokyo 東 京 タ ワ ー へ 行 く",
	    "Tokyo 東 京 タ ワ ー へ 行 く 。" },
	{ "人々は〇〇さん", "人 々 は 〇 〇 さ ん", NULL },
	{ "ﾊﾟｰﾃｨｰ", "パ ー テ ィ ー", NULL },		/* half width */
	{ "か\u3099き", "が き", NULL },		/* a mark apart */
	{ "スーパー・マン", "ス ー パ ー マ ン", "ス ー パ ー ・ マ ン" },
	{ "㍿と㌔", "株 式 会 社 と キ ロ", NULL },
	{ "서울에서 2024년에?", "서울에서 2024년에", "서울에서 2024년에 ?" },
	{ "\u1112\u1161\u11ab글", "한글", NULL },		/* jamo */
	{ "𠀀𪛖丽\U0002f801", "𠀀 𪛖 丽 丸", NULL },	/* beyond the BMP */
	{ "⼀⼆", "一 二", NULL },			/* radicals */
	/* Runs of letters and marks; a nukta does not compose. */
	{ "كِتَابٌ جديد؟", "كِتَابٌ جديد", "كِتَابٌ جديد ؟" },
	{ "ﻛﺘﺎﺏ", "كتاب", NULL },			/* its old forms */
	{ "٣٫١٤", "٣ ١٤", "٣ ٫ ١٤" },
	{ "हिन्दी में क्या है?", "हिन्दी में क्या है", "हिन्दी में क्या है ?" },
	{ "क\u093cलम", "क\u093cलम", NULL },
	{ "\u0958लम", "क\u093cलम", NULL },
	{ "שָׁלוֹם", "שָׁלוֹם", NULL },
	/* One word, composed or not. */
	{ "Việt", "việt", "Việt" },
	{ "Vie\u0323\u0302t", "việt", "Việt" },
	{ "Vie\u0302\u0323t", "việt", "Việt" },
	/* Case. */
	{ "Iğdır ISPARTA ıi", "iğdır isparta ıi", "Iğdır ISPARTA ıi" },
	{ "\u0130zmir", "i\u0307zmir", "\u0130zmir" },
	{ "Straße STRASSE \u1e9e", "strasse strasse ss",
	    "Straße STRASSE \u1e9e" },
	{ "ΟΔΟΣ οδος οδός", "οδοσ οδοσ οδόσ", "ΟΔΟΣ οδος οδός" },
	{ "ᾳ\u0301 ΑΙ", "άι αι", "ᾴ ΑΙ" },		/* iota below */
	{ "Ǆ ǅ ǆ", "dž dž dž", "DŽ Dž dž" },
	{ "Ёлка ЕЛКА", "ёлка елка", "Ёлка ЕЛКА" },
	/* Other forms of the same. */
	{ "Ｗｈｏ　１２？", "who 12", "Who 12 ?" },
	{ "ﬁne oﬃce ﬅ", "fine office st", NULL },
	{ "x² H₂O Ⅷ ①", "x2 h2o viii 1", "x2 H2O VIII 1" },
	/* What was one character may be several tokens. */
	{ "½ ℃ …", "1 2 c", "1 ⁄ 2 ° C . . ." },
	{ "№ ℡ ™", "no tel tm", "No TEL TM" },
	{ "𝐖𝐡𝐨 ℍ", "who h", "Who H" },
	/* Apostrophe, full stop and comma separate, as all else does. */
	{ "can't can’t 3.14 1,000 U.S.A. e-mail a_b",
	    "can t can t 3 14 1 000 u s a e mail a b",
	    "can ' t can ’ t 3 . 14 1 , 000 U . S . A . e - mail a _ b" },
	{ "l'été", "l été", "l ' été" },
	{ "a\tb\nc\v\f\rd\x7f" "e", "a b c d e", NULL },
	{ "a\u00a0b\u2003c\u2028d\u3000e", "a b c d e", NULL },
	/* What is not seen (category Cf) separates. */
	{ "co\u00adop a\u200bb a\u2060b \ufeffx", "co op a b a b x", NULL },
	{ "می\u200cخواهم", "می خواهم", NULL },
	/* Emoji are symbols, a variation selector is a mark. */
	{ "Who? 😀😀", "who", "Who ? 😀 😀" },
	{ "\U0001f468\u200d\U0001f469\u200d\U0001f467!", "",
	    "\U0001f468 \U0001f469 \U0001f467 !" },
	{ "👍🏽", "", "👍 🏽" },
	{ "🇩🇪", "", "🇩 🇪" },
	{ "1\ufe0f\u20e3", "1\ufe0f\u20e3", NULL },
	{ "❤\ufe0f x", "\ufe0f x", "❤ \ufe0f x" },
	{ "$5 + €6 = ¥7", "5 6 7", "$ 5 + € 6 = ¥ 7" },
	/* Chinese and English. */
	{ "TCP协议用80端口吗？", "tcp 协 议 用 80 端 口 吗",
	    "TCP 协 议 用 80 端 口 吗 ?" },
	{ "iPhone15发布于2023年9月", "iphone15 发 布 于 2023 年 9 月",
	    "iPhone15 发 布 于 2023 年 9 月" },
	{ "《红楼梦》，“好”。", "红 楼 梦 好", "《 红 楼 梦 》 , “ 好 ” 。" },
	/* Marks that stand on nothing. */
	{ "\u0301abc", "\u0301abc", NULL },
	{ "\u0301", "\u0301", NULL },
	{ "a \u0301 b", "a \u0301 b", NULL },
	{ "?\u0301", "\u0301", "? \u0301" },
	{ "\u0301中", "\u0301 中", NULL },
	{ "中\u0301\u0302文", "中\u0301\u0302 文", NULL },
	/* Private use, unassigned, not characters: they separate. */
	{ "a\ue000b \U000f0000 c", "a b c", NULL },
	{ "a\u0378b\U000e0fffc", "a b c", NULL },
	{ "a\uffffb\U0010ffff", "a b", NULL },
	{ "", "", NULL },
	{ "?!", "", "? !" },
};

int
main(void)
{
	struct buf got = BUF_INIT, scratch = BUF_INIT;
	size_t i, k;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (k = 0; k < 2; k++) {
			const char *s = cases[i].text, *want =
			    k == 1 && cases[i].augcon != NULL ?
			    cases[i].augcon : cases[i].unicode;

			buf_reset(&got);
			CHECK(token_each(k == 0 ? TOKEN_UNICODE :
			    TOKEN_AUGCON, s, strlen(s), &scratch, add,
			    &got) == 0);
			CHECK_STR(buf_cstr(&got), want);
		}
	buf_free(&got);
	buf_free(&scratch);
	return check_end("token_cases");
}
