/* A line that is no record, as the text or base64 in a record of its own. */
#include <string.h>

#include "rec/wrap.h"
#include "text/utf8.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "abcdefghijklmnopqrstuvwxyz0123456789+/";

static void
encode(const unsigned char *p, size_t len, struct buf *out)
{
	size_t i, left;
	unsigned x;

	for (i = 0; i < len; i += 3) {
		left = len - i;
		x = (unsigned)p[i] << 16 | (left > 1 ? (unsigned)p[i + 1] << 8 :
		    0) | (left > 2 ? p[i + 2] : 0u);
		buf_byte(out, digits[x >> 18]);
		buf_byte(out, digits[x >> 12 & 63]);
		buf_byte(out, left > 1 ? digits[x >> 6 & 63] : '=');
		buf_byte(out, left > 2 ? digits[x & 63] : '=');
	}
}

/* -1 when it is no base64. */
static int
decode(const char *s, size_t len, struct buf *out)
{
	unsigned x = 0, bits = 0;
	const char *d;

	while (len > 0 && s[len - 1] == '=')
		len--;
	for (; len > 0; s++, len--) {
		d = memchr(digits, *s, sizeof(digits) - 1);
		if (d == NULL)
			return -1;
		x = (x << 6 | (unsigned)(d - digits)) & 0xffff;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			buf_byte(out, (int)(x >> bits & 0xff));
		}
	}
	return 0;
}

void
rec_wrap(const struct rec *r, struct buf *out)
{
	buf_byte(out, '{');
	buf_add(out, r->edits.s, r->edits.len);
	if (utf8_valid(r->s, r->len) == r->len &&
	    memchr(r->s, '\0', r->len) == NULL) {
		buf_str(out, ",\"raw\":");
		json_quote(out, r->s, r->len);
	} else {
		buf_str(out, ",\"raw64\":\"");
		encode((const unsigned char *)r->s, r->len, out);
		buf_byte(out, '"');
	}
	buf_byte(out, '}');
}

int
rec_unwrap(struct rec *r)
{
	struct buf text = BUF_INIT, line = BUF_INIT;
	size_t len;
	char *s;
	int found, whole;

	if (r->bad != NULL || r->json.n != 2 || !rec_has(r, "error") ||
	    rec_foreign_error(r))
		return 0;
	rec_revert(r);
	found = rec_text(r, "raw", &line) == 1 ||
	    (rec_text(r, "raw64", &text) == 1 &&
	    decode(buf_cstr(&text), text.len, &line) == 0);
	whole = buf_ok(&text) && buf_ok(&line);
	buf_free(&text);
	if (!whole) {
		buf_free(&line);
		return -1;
	}
	/* We wrap lines only; another's text of several lines stays. */
	if (!found || memchr(buf_cstr(&line), '\n', line.len) != NULL) {
		buf_free(&line);
		return 0;
	}
	len = line.len;
	s = buf_take(&line);
	return s == NULL ? -1 : rec_take(r, s, len, r->file, r->line);
}
