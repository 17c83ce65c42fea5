/* A file that is written as a whole: there with all its bytes, or not. */
#include <unistd.h>

#include "base/file.h"
#include "check.h"
#include "rec/out.h"

static struct buf why;

static const char *
content(const char *path)
{
	static struct buf b;

	buf_reset(&b);
	CHECK(file_read(path, &b, &why) == 0);
	return buf_cstr(&b);
}

int
main(void)
{
	char part[] = "table.part";
	char *inputs[] = { part };
	struct buf text = BUF_INIT;

	CHECK(out_whole("empty", NULL, 0, &text, &why) == 0);
	CHECK_STR(content("empty"), "");
	buf_str(&text, "one\n");
	CHECK(out_whole("table", NULL, 0, &text, &why) == 0);
	CHECK_STR(content("table"), "one\n");
	CHECK(access("table.part", F_OK) != 0);
	buf_str(&text, "two\n");
	CHECK(out_whole("table", NULL, 0, &text, &why) == 0);
	CHECK_STR(content("table"), "one\ntwo\n");
	CHECK(why.len == 0);

	CHECK(out_whole("none/table", NULL, 0, &text, &why) == -1);
	CHECK(strstr(buf_cstr(&why), "none/table") != NULL);
	if (access("/dev/full", W_OK) == 0) {
		buf_reset(&why);
		CHECK(out_whole("/dev/full", NULL, 0, &text, &why) == -1);
		CHECK(strstr(buf_cstr(&why), "(0 records written)") != NULL);
	}

	/* What is being read is not the place where it is written. */
	CHECK(rename("empty", "table.part") == 0);
	CHECK(out_is_input("table.part", inputs, 1));
	buf_str(&text, "three\n");
	CHECK(out_whole("table", inputs, 1, &text, &why) == 0);
	CHECK_STR(content("table"), "one\ntwo\nthree\n");
	buf_free(&text);
	buf_free(&why);
	return check_end("out");
}
