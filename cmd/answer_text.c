#include "answer_text.h"

#include <string.h>

#include "augcon/preamble.h"
#include "text/lang.h"

/* Scripts that lang_detect() is sure of; of others it says "und". */
enum script { OTHER, LATIN, HAN, HANGUL };

static enum script
script_of(const char *text, size_t len)
{
	const char *lang = lang_detect(text, len);

	if (strcmp(lang, "zh") == 0 || strcmp(lang, "ja") == 0)
		return HAN;
	if (strcmp(lang, "ko") == 0)
		return HANGUL;
	return strcmp(lang, "en") == 0 ? LATIN : OTHER;
}

/* Is a text of script `of` at home where another is? */
static int
is_at_home(enum script of, const struct buf *there)
{
	enum script s = script_of(buf_cstr(there), there->len);

	if (of == LATIN)	/* English words may lack in a text of ours */
		return s == LATIN || s == OTHER;
	return s == of;
}

static int
strays(const char *text, size_t len, const struct buf *context,
    const struct buf *question)
{
	enum script of = script_of(text, len);

	return of != OTHER && !is_at_home(of, context) &&
	    !is_at_home(of, question) &&
	    strstr(buf_cstr(context), text) == NULL;
}

enum flow_verdict
answer_judge(const char *text, size_t len, const struct buf *context,
    const struct buf *question, struct buf *why)
{
	size_t end;

	if (strspn(text, " \t\r\n") >= len) {
		buf_str(why, "the answer is empty");
		return FLOW_BAD;
	}
	if (strays(text, len, context, question)) {
		buf_str(why, "the answer is in another language than the "
		    "question");
		return FLOW_BAD;
	}
	if (preamble_find(text, len, &end) != PREAMBLE_STUCK)
		return FLOW_TAKE;
	buf_str(why, "the answer begins with words about the text or about "
	    "itself; its reader has no text");
	return FLOW_WEAK;
}

void
answer_clean(const char *text, size_t len, struct buf *out)
{
	size_t end = 0;

	if (preamble_find(text, len, &end) == PREAMBLE_CUT)
		preamble_cut(text, len, end, out);
	else
		buf_add(out, text, len);
}
