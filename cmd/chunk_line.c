#include "chunk_line.h"

#include <inttypes.h>
#include <string.h>

#include "base/sha256.h"

int
origin_file(struct origin *o, const char *name)
{
	buf_reset(&o->more);
	buf_reset(&o->doc);
	json_quote(&o->doc, name, strlen(name));
	return buf_ok(&o->doc) ? 0 : -1;
}

int
origin_record(struct origin *o, struct rec *r, const char *text)
{
	const char *const but[] = { text,
	    "id", "root", "root_chars", "doc", "start", "end", "context",
	    "state", "question", "score", "answer", "error", "raw", "raw64",
	    "dropped", "explain", "provenance", "depth", "parent", "why",
	    "sample", "label", "kind", "checks", "agreement", NULL };
	struct buf name = BUF_INIT;
	int ok;

	if (rec_text(r, "doc", &name) != 1) {
		buf_reset(&name);
		if (rec_text(r, "id", &name) != 1) {
			buf_reset(&name);
			buf_fmt(&name, "%s:%lu", r->file, r->line);
		}
	}
	buf_reset(&o->doc);
	json_quote(&o->doc, buf_cstr(&name), name.len);
	buf_reset(&o->more);
	rec_members(r, but, &o->more);
	ok = buf_ok(&name) && buf_ok(&o->doc) && buf_ok(&o->more);
	buf_free(&name);
	return ok ? 0 : -1;
}

void
origin_free(struct origin *o)
{
	buf_free(&o->doc);
	buf_free(&o->more);
}

int
chunk_line(const struct origin *o, const struct chunk *k, struct buf *line)
{
	char id[17];

	sha256_hex(k->text, k->len, id, 16);
	buf_reset(line);
	buf_fmt(line, "{\"id\":\"%s\",\"root\":\"%s\",\"root_chars\":%zu,"
	    "\"doc\":", id, id, k->chars);
	buf_add(line, o->doc.s, o->doc.len);
	buf_fmt(line, ",\"start\":%" PRIu64 ",\"end\":%" PRIu64, k->start,
	    k->end);
	if (k->section[0] != '\0') {
		buf_str(line, ",\"section\":");
		json_quote(line, k->section, strlen(k->section));
	}
	buf_str(line, ",\"context\":");
	json_quote(line, k->text, k->len);
	buf_add(line, o->more.s, o->more.len);
	buf_str(line, "}\n");
	return buf_ok(line) ? 0 : -1;
}

/* {"doc":D,"start":N */
static void
place(const struct origin *o, uint64_t start, struct buf *line)
{
	buf_reset(line);
	buf_str(line, "{\"doc\":");
	buf_add(line, o->doc.s, o->doc.len);
	buf_fmt(line, ",\"start\":%" PRIu64, start);
}

int
chunk_dropped(const struct origin *o, const struct chunk *k,
    struct buf *line)
{
	place(o, k->start, line);
	buf_fmt(line, ",\"end\":%" PRIu64 ",\"rule\":\"%s\",\"raw\":", k->end,
	    k->rule);
	json_quote(line, k->text, k->len);
	buf_add(line, o->more.s, o->more.len);
	buf_str(line, "}\n");
	return buf_ok(line) ? 0 : -1;
}

int
chunk_place(const struct origin *o, uint64_t start, struct buf *line)
{
	place(o, start, line);
	buf_byte(line, '}');
	return buf_ok(line) ? 0 : -1;
}
