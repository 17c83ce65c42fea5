/* Directives that break or bend the HTTP around an answer (matrix, part B). */
#include <string.h>

#include "server.h"

enum framing { WHOLE, CHUNKS, UNENDED, BADSIZE };

/*
 * `head` holds the header lines: # stands for the length of the body plus
 * `grow`, $ for a NUL byte.  Of the body, `percent` is sent.
 */
static const struct shape {
	const char *name, *head;
	enum framing framing;
	size_t percent, grow;
	enum after after;
} shapes[] = {
	{ "headhang", "Content-Length: #\r\n", WHOLE, 0, 0, SILENT },
	{ "halfbody", "Content-Length: #\r\n", WHOLE, 50, 0, SILENT },
	{ "clshort", "Content-Length: #\r\n", WHOLE, 100, 100, CLOSE },
	{ "eofcut", "Connection: close\r\n", WHOLE, 50, 0, CLOSE },
	{ "eofok", "Connection: close\r\n", WHOLE, 100, 0, CLOSE },
	{ "clover", "Content-Length: 99999999999999999999999\r\n", WHOLE, 50,
	    0, CLOSE },
	{ "neglen", "Content-Length: -5\r\n", WHOLE, 100, 0, CLOSE },
	{ "hugelen", "Content-Length: 1099511627776\r\n", WHOLE, 100, 0,
	    SILENT },
	{ "nulheader", "X-Note: a$b\r\nContent-Length: #\r\n", WHOLE, 100, 0,
	    KEEP },
	{ "nocolon", "this line has no colon\r\nContent-Length: #\r\n", WHOLE,
	    100, 0, KEEP },
	{ "twolen", "Content-Length: 5\r\nContent-Length: #\r\n", WHOLE, 100,
	    0, CLOSE },
	{ "lenchunk", "Content-Length: 7\r\nTransfer-Encoding: chunked\r\n",
	    CHUNKS, 100, 0, CLOSE },
	{ "chunked", "Transfer-Encoding: chunked\r\n", CHUNKS, 100, 0, KEEP },
	{ "chunkcut", "Transfer-Encoding: chunked\r\n", UNENDED, 100, 0,
	    CLOSE },
	{ "badchunk", "Transfer-Encoding: chunked\r\n", BADSIZE, 100, 0,
	    CLOSE },
	{ "connclose", "Connection: close\r\nContent-Length: #\r\n", WHOLE,
	    100, 0, CLOSE },
	{ "rstafter", "Content-Length: #\r\n", WHOLE, 100, 0, RESET },
};

static const struct {
	const char *name, *bytes;
	enum after after;
} raw[] = {
	{ "hang", "", SILENT },
	{ "close", "", CLOSE },
	{ "rst", "", RESET },
	{ "http09", "This is a greeting and no status line.\n", CLOSE },
	{ "badstatus", "HTTP/1.1 abc\r\nContent-Length: 2\r\n\r\n{}", CLOSE },
	{ "101", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
	    "Upgrade: websocket\r\n\r\n", SILENT },
};

static void
run_shape(struct reply *r, const struct ask *a, const struct shape *s)
{
	size_t n, half;

	reply_compose(r, a);
	n = r->body.n * s->percent / 100;
	half = n / 2;
	reply_head(r, a, s->head, r->body.n + s->grow);
	if (s->framing == WHOLE) {
		buf_add(&r->wire, r->body.p, n);
	} else {
		reply_chunk(r, (struct slice){ r->body.p, half });
		if (s->framing == BADSIZE)
			buf_str(&r->wire, "zz\r\n");
		reply_chunk(r, (struct slice){ r->body.p + half, n - half });
		if (s->framing == CHUNKS)
			buf_str(&r->wire, "0\r\n\r\n");
	}
	r->after = s->after;
}

/* gzip with one stored block; bad: the block lies about itself. */
static void
gzipped(struct reply *r, const struct ask *a, bool bad)
{
	static const unsigned char magic[] = { 31, 139, 8, 0, 0, 0, 0, 0, 0,
		255, 1 };
	uint32_t crc = 0xffffffffu, tail[2];
	struct buf z = { NULL, 0, 0 };
	unsigned char t[4];
	size_t i, n;
	int k;

	reply_compose(r, a);
	n = r->body.n < 65535 ? r->body.n : 65535;
	buf_add(&z, magic, sizeof magic);
	t[0] = (unsigned char)n;
	t[1] = (unsigned char)(n >> 8);
	t[2] = (unsigned char)(bad ? t[0] : ~t[0]);
	t[3] = (unsigned char)~t[1];
	buf_add(&z, t, 4);
	buf_add(&z, r->body.p, n);
	for (i = 0; i < n; i++)
		for (crc ^= (unsigned char)r->body.p[i], k = 0; k < 8; k++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
	tail[0] = ~crc;
	tail[1] = (uint32_t)n;
	for (i = 0; i < 8; i++) {
		t[0] = (unsigned char)(tail[i / 4] >> i % 4 * 8);
		buf_add(&z, t, 1);
	}
	r->body.n = 0;
	buf_add(&r->body, z.p, z.n);
	buf_free(&z);
	reply_http(r, 200, "Content-Encoding: gzip\r\n");
}

/* Appends the lowest n bits of code, as RFC 1951 packs them. */
static void
put_bits(struct buf *b, unsigned *have, unsigned code, int n)
{
	unsigned char byte;

	while (n-- > 0) {
		if (*have % 8 == 0)
			buf_add(b, "", 1);
		byte = (unsigned char)b->p[b->n - 1];
		b->p[b->n - 1] = (char)(byte | (code >> n & 1) << *have % 8);
		++*have;
	}
}

/*
 * 200 MB of one letter in 1.3 MB of gzip: one block of fixed codes, each but
 * the first "258 bytes as the one before" (length 285, distance 0).
 */
static void
bomb(struct reply *r)
{
	static const unsigned char magic[] = { 31, 139, 8, 0, 0, 0, 0, 0, 0,
		255 };
	unsigned have = 0;
	int i;

	buf_add(&r->body, magic, sizeof magic);
	put_bits(&r->body, &have, 6, 3);
	put_bits(&r->body, &have, 0x30 + 'a', 8);
	for (i = 0; i < 775000; i++) {
		put_bits(&r->body, &have, 0xc5, 8);
		put_bits(&r->body, &have, 0, 5);
	}
	put_bits(&r->body, &have, 0, 7);
	buf_add(&r->body, "\0\0\0\0\0\0\0", 8);
	reply_http(r, 200, "Content-Encoding: gzip\r\n");
}

static void
garbage(struct reply *r, const struct ask *a)
{
	uint64_t x = a->id | 1;
	int i;

	for (i = 0; i < 512; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		buf_add(&r->wire, &x, sizeof x);
	}
	r->after = CLOSE;
}

static void
long_header(struct reply *r, const struct ask *a)
{
	reply_compose(r, a);
	reply_head(r, a, "Content-Length: #\r\nX-Long: ", r->body.n);
	r->wire.n -= 2;
	buf_fill(&r->wire, "0123456789abcdef", 65536);
	buf_str(&r->wire, "\r\n\r\n");
	buf_add(&r->wire, r->body.p, r->body.n);
}

bool
fault_wire(struct reply *r, const struct ask *a, struct slice name,
    struct slice arg)
{
	static const char early[] = "HTTP/1.1 103 Early Hints\r\n"
	    "Link: </style.css>; rel=preload\r\n\r\n";
	size_t i;

	for (i = 0; i < sizeof shapes / sizeof *shapes; i++)
		if (slice_is(name, shapes[i].name)) {
			run_shape(r, a, &shapes[i]);
			r->after_ms = slice_long(arg);
			return true;
		}
	for (i = 0; i < sizeof raw / sizeof *raw; i++)
		if (slice_is(name, raw[i].name)) {
			buf_str(&r->wire, raw[i].bytes);
			r->after = raw[i].after;
			return true;
		}
	if (slice_is(name, "100")) {
		buf_str(&r->wire, "HTTP/1.1 100 Continue\r\n\r\n");
		reply_ok(r, a);
	} else if (slice_is(name, "1xx") || slice_is(name, "1xxflood")) {
		buf_str(&r->wire, "HTTP/1.1 102 Processing\r\n\r\n");
		buf_fill(&r->wire, early, name.n > 3 ? 100000 : 1);
		reply_ok(r, a);
	} else if (slice_is(name, "idleclose")) {
		reply_ok(r, a);
		r->after_ms = arg.p ? slice_long(arg) : 1000;
	} else if (slice_is(name, "extra")) {
		reply_ok(r, a);
		buf_str(&r->wire, "and some bytes that nobody asked for\r\n");
	} else if (slice_is(name, "gzip") || slice_is(name, "badgzip")) {
		gzipped(r, a, name.p[0] == 'b');
	} else if (slice_is(name, "gzbomb")) {
		bomb(r);
	} else if (slice_is(name, "twice")) {
		reply_ok(r, a);
		reply_second(r, a);
	} else if (slice_is(name, "garbage")) {
		garbage(r, a);
	} else if (slice_is(name, "bighead")) {
		long_header(r, a);
	} else {
		return fault_pace(r, a, name, arg);
	}
	return true;
}
