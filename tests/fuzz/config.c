/*
 * A config file.  It is taken, and then every value is within its bounds, or
 * the reason names the file and the line.
 */
#include <math.h>
#include <string.h>

#include "base/opt.h"
#include "fuzz.h"

struct values {
	int flag, choice;
	const char *text;
	struct opt_list list;
	unsigned long count, size;
	double number, duration;
};

#define AT(field) offsetof(struct values, field)

static const struct opt opts[] = {
	{ "quiet", 'q', OPT_FLAG, 0, NULL, NULL, AT(flag), 0, "a flag" },
	{ "by", 0, OPT_CHOICE, 0, "cut|rewrite", "cut", AT(choice), 0, "a" },
	{ "model", 'm', OPT_TEXT, 0, "NAME", NULL, AT(text), 0, "a text" },
	{ "set", 0, OPT_LIST, OPT_ONCE, "K=JSON", NULL, AT(list), 0, "a list" },
	{ "jobs", 'j', OPT_COUNT, 0, "N", "4", AT(count), 1, "a count" },
	{ "size", 0, OPT_SIZE, 0, "BYTES", "64k", AT(size), 16, "a size" },
	{ "temperature", 't', OPT_NUMBER, 0, "X", "0", AT(number), 0, "a" },
	{ "timeout", 0, OPT_DURATION, 0, "TIME", "1m", AT(duration), 0, "a" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

static void
check(const struct values *v)
{
	MUST(v->flag >= 0);
	MUST(v->choice == 0 || v->choice == 1);
	MUST(v->count >= 1);
	MUST(v->size >= 16);
	MUST(isfinite(v->number));
	MUST(isfinite(v->duration) && v->duration >= 0);
	MUST(v->list.n == 0);
	MUST(v->text == NULL || strlen(v->text) < 1 << 20);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct values v = { .flag = 0 };
	const struct opt_group groups[] = { { opts, &v }, { NULL, NULL } };
	const struct opt_command cmd = { "ac-fuzz", "fuzzes", "[FILE ...]",
		"ac-fuzz", groups };
	char name[] = "ac-fuzz", option[] = "--config";
	char *path = fuzz_file(data, len);
	char *argv[] = { name, option, path, NULL };
	struct buf text = BUF_INIT, at = BUF_INIT;
	int first;

	if (opt_parse(&cmd, 3, argv, &first, &text) == 0) {
		check(&v);
		/* A text is the process's, which here goes on. */
		free((void *)(uintptr_t)v.text);
	} else {
		buf_fmt(&at, "%s:", path);
		MUST(strncmp(buf_cstr(&text), at.s, at.len) == 0);
		MUST(strtoul(text.s + at.len, NULL, 10) > 0);
	}
	buf_free(&text);
	buf_free(&at);
	return 0;
}
