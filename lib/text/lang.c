/* Languages and their stop words. */
#include "text/lang.h"

#include <string.h>

#include "text/uni.h"
#include "text/utf8.h"

/*
 * Folded, in byte order.  The parts that contractions leave behind ("don",
 * "t", "ll") are here since the apostrophe separates tokens.  Chinese has
 * only function words of one character, as tokens there are characters.
 */
static const char *const stops[] = {
	"a", "about", "above", "after", "again", "against", "ain", "all",
	"also", "although", "am", "among", "an", "and", "any", "are", "aren",
	"as", "at", "be", "because", "been", "before", "being", "below",
	"between", "both", "but", "by", "can", "cannot", "could", "couldn",
	"d", "did", "didn", "do", "does", "doesn", "doing", "don", "down",
	"during", "each", "either", "else", "ever", "few", "for", "from",
	"further", "had", "hadn", "has", "hasn", "have", "haven", "having",
	"he", "her", "here", "hers", "herself", "him", "himself", "his",
	"how", "however", "i", "if", "in", "into", "is", "isn", "it", "its",
	"itself", "just", "ll", "m", "may", "me", "might", "more", "most",
	"much", "must", "mustn", "my", "myself", "needn", "neither", "no",
	"nor", "not", "now", "o", "of", "off", "often", "on", "once", "one",
	"only", "or", "other", "others", "our", "ours", "ourselves", "out",
	"over", "own", "per", "perhaps", "rather", "re", "s", "same", "shall",
	"shan", "she", "should", "shouldn", "since", "so", "some", "such",
	"t", "than", "that", "the", "their", "theirs", "them", "themselves",
	"then", "there", "these", "they", "this", "those", "though",
	"through", "thus", "to", "too", "toward", "towards", "under", "until",
	"up", "upon", "us", "ve", "very", "was", "wasn", "we", "were",
	"weren", "what", "when", "where", "whether", "which", "while", "who",
	"whom", "whose", "why", "will", "with", "within", "without", "won",
	"would", "wouldn", "yet", "you", "your", "yours", "yourself",
	"yourselves", "不", "与", "且", "个", "为", "乃", "么", "之", "也",
	"了", "于", "从", "他", "以", "们", "会", "但", "你", "個", "們",
	"其", "则", "到", "即", "又", "及", "各", "向", "吗", "吧", "呢",
	"和", "啊", "嗎", "嘛", "因", "在", "地", "她", "如", "它", "对",
	"将", "將", "對", "就", "并", "很", "得", "從", "您", "我", "或",
	"所", "把", "故", "於", "无", "是", "更", "最", "會", "某", "此",
	"每", "没", "為", "無", "由", "的", "着", "等", "給", "给", "而",
	"與", "若", "著", "被", "讓", "让", "过", "还", "这", "這", "過",
	"還", "那", "都", "麼"
};

enum { LONGEST_STOP = 10 };	/* "yourselves", "themselves" */

int
lang_is_stop(const char *token, size_t len)
{
	size_t lo = 0, hi = sizeof(stops) / sizeof(stops[0]), mid;
	int r;

	if (len == 0 || len > LONGEST_STOP)
		return 0;
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		r = strncmp(token, stops[mid], len);
		if (r == 0 && stops[mid][len] == '\0')
			return 1;
		if (r > 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return 0;
}

static int
is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Are these letters, small or great, those of a small word? */
static int
is_word(const char *s, const char *word, size_t len)
{
	size_t i = 0;

	while (i < len && (s[i] | 0x20) == word[i])
		i++;
	return i == len;
}

/* English words that its neighbours, German to Italian, do not share. */
static int
is_english(const char *s, size_t len)
{
	/* By their first letters, each in six places. */
	static const char *const words[] = {
		['a'] = "and   are   ",
		['b'] = "be    by    ",
		['d'] = "did   does  ",
		['f'] = "for   from  ",
		['h'] = "he    his   had   has   have  how   ",
		['i'] = "is    it    its   ",
		['n'] = "not   ",
		['o'] = "of    ",
		['s'] = "she   ",
		['t'] = "the   to    that  this  they  their ",
		['w'] = ("was   with  which what  when  where were  who   "
		    "why   "),
		['y'] = "you   your  ",
		['z'] = NULL
	};
	const char *w = words[*s | 0x20];

	if (w == NULL || len < 2 || len > 5)
		return 0;
	for (; *w != '\0'; w += 6)
		if (w[len] == ' ' && is_word(s, w, len))
			return 1;
	return 0;
}

enum { SAMPLE = 8192 };

struct tally {
	size_t han, kana, hangul;	/* letters */
	size_t words, english;		/* words of ASCII letters */
};

/* Counts the letter cp by its script, when it has one of these. */
static void
tally_letter(struct tally *t, uint32_t cp)
{
	if (cp < 0x1100)
		return;
	if (uni_is_han(cp))
		t->han++;
	else if (uni_is_kana(cp))
		t->kana++;
	else if (uni_is_hangul(cp))
		t->hangul++;
}

static void
tally(struct tally *t, const char *text, size_t len)
{
	size_t i, n;
	uint32_t cp;

	for (i = 0; i < len; i += n) {
		for (n = 0; i + n < len && is_letter(text[i + n]);)
			n++;
		if (n > 0) {
			t->words++;
			t->english += is_english(text + i, n) != 0;
		} else if ((unsigned char)text[i] < 0x80) {
			n = 1;
		} else {
			n = utf8_next(text + i, len - i, &cp);
			tally_letter(t, cp);
		}
	}
}

/* The first bytes of a long text are enough; ends before a code point. */
static size_t
sample(const char *text, size_t len)
{
	uint32_t cp;

	if (len <= SAMPLE)
		return len;
	return SAMPLE - utf8_prev(text, SAMPLE, &cp);
}

const char *
lang_detect(const char *text, size_t len)
{
	struct tally t = { 0, 0, 0, 0, 0 };

	tally(&t, text, sample(text, len));
	/* A quoted name must not decide: a letter here weighs as a word. */
	if (t.hangul > t.words && t.hangul > t.han + t.kana)
		return "ko";
	if (t.han + t.kana > t.words)
		return t.kana * 5 > t.han + t.kana ? "ja" : "zh";
	/* English prose has a third of such words, a question one at least. */
	if (t.english * 10 >= t.words && t.english > 0)
		return "en";
	return "und";
}
