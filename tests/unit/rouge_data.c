/*
 * Tokens and ROUGE-L against what rouge_score and rouge-chinese say of texts
 * in the folder AC_TEST_DATA, of which only the place is recorded.
 */
#include "rouge_peers.h"

#include "text/utf8.h"

/* A file of the folder of texts; 0, or -1 when the test is left out. */
static int
data_read(struct lines *l, const char *name)
{
	const char *at = getenv("AC_TEST_DATA");
	struct buf folder = BUF_INIT;
	int r;

	if (at != NULL)
		buf_fmt(&folder, "%s/", at);
	else
		buf_fmt(&folder, "%s../shared/data/", top);
	r = lines_read(l, buf_cstr(&folder), name);
	if (r < 0)
		printf("rouge_data: data: skipped: no %s\n", name);
	buf_free(&folder);
	return r;
}

static const char *
data_line(const struct lines *l, size_t i)
{
	CHECK(i < l->n);
	return i < l->n ? l->s[i] : "";
}

static void
test_squad(void)
{
	struct lines l, texts;
	struct pair p;
	const char *s;
	size_t i;

	if (data_read(&texts, "questions-squad-dev.txt") < 0)
		return;
	memset(&p, 0, sizeof(p));
	CHECK(lines_read(&l, top, "tests/rouge/squad.ndjson") == 0);
	CHECK(l.n >= 300);
	for (i = 0; i < l.n; i++) {
		pair_line(&p, l.s[i]);
		s = data_line(&texts, count(&p, "i"));
		pair_tokens(&p, TOKEN_GOOGLE, &p.a, s, strlen(s));
		s = data_line(&texts, count(&p, "j"));
		pair_tokens(&p, TOKEN_GOOGLE, &p.b, s, strlen(s));
		pair_check(&p, 1e-9);
	}
	pair_free(&p);
	lines_free(&l);
	lines_free(&texts);
}

/* Question k of a line, whose quotes inside strings are all escaped. */
static void
question(const char *line, size_t k, struct buf *out)
{
	static const char key[] = "\"question\": ";
	const char *s = line, *end;

	buf_reset(out);
	do {
		s = strstr(s, key);
		CHECK(s != NULL);
		if (s == NULL)
			return;
		s += sizeof(key) - 1;
	} while (k-- > 0);
	for (end = s + 1; *end != '"' && *end != '\0'; end++)
		end += *end == '\\';
	CHECK(*end == '"' && json_unquote(s, (size_t)(end + 1 - s), out) == 0);
}

/*
 * A text's words with blanks between: `lengths` says how many code points
 * each word has (NULL: one), blanks not counted.
 */
static void
segment(const struct buf *text, const char *lengths, struct buf *out)
{
	long left = 0;
	uint32_t cp;
	size_t i, n;
	char *end;

	buf_reset(out);
	for (i = 0; i < text->len; i += n) {
		n = utf8_next(text->s + i, text->len - i, &cp);
		if (cp == ' ' || cp == 0x3000 || cp == 0xa0)
			continue;
		if (left == 0) {
			left = lengths == NULL ? 1 :
			    strtol(lengths, &end, 10);
			if (lengths != NULL)
				lengths = end;
			buf_byte(out, ' ');
		}
		left--;
		buf_add(out, text->s + i, n);
	}
}

/* The tokens of one question of a recorded pair. */
static void
cmrc_tokens(struct pair *p, const struct lines *texts,
    const char *const names[3], struct tokens *to)
{
	struct buf text = BUF_INIT, cut = BUF_INIT, words = BUF_INIT;
	int cuts = rec_text(&p->r, names[2], &cut) == 1;

	question(data_line(texts, count(p, names[0])), count(p, names[1]),
	    &text);
	segment(&text, cuts ? buf_cstr(&cut) : NULL, &words);
	pair_tokens(p, TOKEN_SPACE, to, buf_cstr(&words), words.len);
	buf_free(&text);
	buf_free(&cut);
	buf_free(&words);
}

static void
test_cmrc(void)
{
	static const char *const a[] = { "i", "iq", "iw" };
	static const char *const b[] = { "j", "jq", "jw" };
	struct lines l, texts;
	struct pair p;
	size_t i;

	if (data_read(&texts, "zh-wiki-cmrc-trial.ndjson") < 0)
		return;
	memset(&p, 0, sizeof(p));
	CHECK(lines_read(&l, top, "tests/rouge/cmrc.ndjson") == 0);
	CHECK(l.n >= 300);
	for (i = 0; i < l.n; i++) {
		pair_line(&p, l.s[i]);
		cmrc_tokens(&p, &texts, a, &p.a);
		cmrc_tokens(&p, &texts, b, &p.b);
		pair_check(&p, 1e-8);
	}
	pair_free(&p);
	lines_free(&l);
	lines_free(&texts);
}

int
main(int argc, char **argv)
{
	struct buf b = BUF_INIT;

	(void)argc;
	top = find_top(argv[0], &b);
	test_squad();
	test_cmrc();
	buf_free(&b);
	return check_end("rouge_data");
}
