/*
 * A scripted fake of an OpenAI-compatible server, for the tests: what its
 * files tell each other.  README.md in this folder says what it does.
 *
 *   main    options, the poll loop, the end of its life
 *   hole    a port that answers no SYN
 *   conn    one connection and its requests, one after the other
 *   pace    the bytes of a reply, at their pace
 *   request HTTP/1.1 as a client sends it
 *   ask     what the JSON body asks, and the directives inside it
 *   answer  the default answer: a pure function of the request's body
 *   body    the JSON of a completion around an answer; embeddings
 *   probs   the log-probabilities in it
 *   serve   which directive a request gets, and the log line
 *   fault*  the directives
 *
 * It shares no code with the library it tests.  Out of memory it ends.
 */
#ifndef SERVER_H
#define SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define NONE SIZE_MAX		/* "no such place" in a struct reply */

struct slice {
	const char *p;		/* NULL: absent */
	size_t n;
};

struct buf {
	char *p;
	size_t n, cap;
};

/* One HTTP request; the slices point into its connection's buffers. */
struct request {
	struct slice method, path, body;
	struct slice auth;	/* the key, without "Bearer " */
	bool authorized;	/* some header with a key was there */
	bool last;		/* the client wants the connection closed */
	bool expect;		/* waits for 100 Continue */
	bool chunked;
	size_t length;		/* Content-Length */
};

enum api { CHAT, TEXT, EMBED, OTHER };

/* What the body of a request asks for. */
struct ask {
	const struct request *req;
	enum api api;
	uint64_t id;		/* digest of the body */
	uint64_t msgid;		/* digest of msg */
	struct buf msg;		/* the user message that counts, unescaped */
	struct buf example;	/* the last assistant message, unescaped */
	struct slice text;	/* the passage inside msg */
	struct slice props;	/* "properties" of the reply's JSON schema */
	struct slice list;	/* "a,b" of the directive @@a,b@@ in msg */
	struct slice input;	/* of an embeddings request */
	bool format;		/* a response_format is present */
	bool json_object;	/* and it is json_object */
	bool stream, base64;
	bool probs, echo;	/* logprobs are wanted; the prompt's too */
	long top;		/* so many choices a token */
	bool one;		/* max_tokens is 1 */
	unsigned attempt;	/* 0 for the first request with this msg */
};

/* What an answer says, before it is wrapped in a completion's JSON. */
struct answer {
	struct buf text;	/* the content, as the client should read it */
	const char *finish;	/* finish_reason; NULL: null */
	const char *refusal;	/* NULL: null */
	const char *wound;	/* raw bytes put into the content's literal */
	const char *choice;	/* further members of the choice, or NULL */
	const char *probs;	/* a directive of fault_probs, or NULL */
	bool null;		/* content is null */
	long prompt_tokens;	/* -1: the plausible number */
	int index;		/* of the choice */
};

enum after { KEEP, CLOSE, RESET, SILENT };

/*
 * Bytes for the wire and their pace: `burst` bytes at once, then `step` bytes
 * every step_ms up to drip_end, then the rest.  With loop_at set the reply
 * never ends: it goes on from there.
 */
struct reply {
	struct buf wire, body;
	struct answer say;
	size_t head;		/* where the body starts in wire */
	size_t burst, step, drip_end, loop_at;
	long step_ms;
	long delay_ms;		/* before the first byte; -1: the default */
	long after_ms;		/* before what follows; 0: at once */
	enum after after;
	size_t sent, allow;	/* of wire: out already; may go now */
};

struct conn;

struct server {
	const char *key, *script, *chance, *early, *urlfile, *unixpath;
	FILE *log;
	bool log_body;
	int port;
	long drop;		/* connections to drop at accept; -1: all */
	long delay_lo, delay_hi, max_inflight, slots, life_s;
	long hole_s;		/* answers no SYN for so long */
	long parent;		/* the process to die with */
	int64_t start, first;	/* microseconds; first call or 0 */
	unsigned long requests, calls, conns, refused, done;
	long inflight, peak, running, open;
	int64_t busy_us;	/* sum of the time requests were worked on */
	struct conn *head, *tail;	/* waiting for a slot */
};

/* buf.c */
int64_t now_us(void);
void *must(void *);
void buf_room(struct buf *, size_t);
void buf_add(struct buf *, const void *, size_t);
void buf_str(struct buf *, const char *);
void buf_fmt(struct buf *, const char *, ...)
    __attribute__((format(printf, 2, 3)));
void buf_fill(struct buf *, const char *, size_t times);
void buf_escape(struct buf *, struct slice);	/* inside of a JSON string */
void buf_quote(struct buf *, struct slice);	/* and with its quotes */
void buf_name(struct buf *, const char *);	/* NULL: null */
void buf_clear(struct buf *);		/* empties, gives large blocks back */
void buf_free(struct buf *);
struct slice slice_of(const char *);
struct slice buf_slice(const struct buf *);
bool slice_is(struct slice, const char *);
bool slice_starts(struct slice, const char *);
bool slice_ends(struct slice, const char *);
const char *slice_find(struct slice, const char *);
long slice_long(struct slice);
double slice_double(struct slice);
uint64_t digest(struct slice);
uint64_t mix(uint64_t);

/* json.c: js_valid first; the others trust the bytes */
bool js_valid(struct slice);
bool js_next(struct slice *it, struct slice *key, struct slice *val);
struct slice js_open(struct slice val, char bracket);	/* iterator */
struct slice js_member(struct slice obj, const char *name);
bool js_text(struct slice val, struct buf *out);

/* request.c: 1 whole, 0 more bytes wanted, -1 not HTTP */
int request_head(struct slice in, struct request *, size_t *headlen);
int request_chunks(struct slice in, size_t *at, struct buf *body);

/* ask.c: NULL, or what is wrong with the body */
const char *ask_read(struct ask *, const struct request *);

/* answer.c */
void answer_plain(struct answer *);
void answer_say(const struct ask *, struct slice tail, struct buf *out);

/* body.c */
void answer_body(const struct ask *, const struct answer *, struct buf *out);
void answer_stream(const struct ask *, const struct answer *, bool whole,
    struct buf *out);
void answer_embed(const struct ask *, struct buf *out);

/* probs.c: the member logprobs of a choice, as the directive wants it */
void probs_add(const struct ask *, const char *directive, struct buf *out);

/* serve.c */
void serve(struct server *, struct ask *, const char *why, long conn,
    unsigned nth, struct reply *);

/* fault.c */
void reply_reset(struct reply *);
void reply_http(struct reply *, int status, const char *headers);
void reply_error(struct reply *, int status, const char *headers,
    const char *type, const char *code, const char *message);
void reply_ok(struct reply *, const struct ask *);
void reply_compose(struct reply *, const struct ask *);
void reply_second(struct reply *, const struct ask *);
void reply_head(struct reply *, const struct ask *, const char *head,
    size_t length);
void reply_chunk(struct reply *, struct slice);
bool fault_run(struct reply *, const struct ask *, struct slice directive);

/* fault_NAME.c: false: no such directive */
bool fault_pace(struct reply *, const struct ask *, struct slice name,
    struct slice arg);
bool fault_wire(struct reply *, const struct ask *, struct slice name,
    struct slice arg);
bool fault_status(struct reply *, const struct ask *, struct slice name,
    struct slice arg);
bool fault_body(struct reply *, const struct ask *, struct slice name,
    struct slice arg);
bool fault_probs(struct reply *, const struct ask *, struct slice name,
    struct slice arg);
bool fault_events(struct reply *, const struct ask *, struct slice name,
    struct slice arg);

/* hole.c */
void hole_open(int door);
int hole_watch(struct server *, int door, int64_t now);

/* pace.c */
void pace_start(struct reply *);
int pace_send(struct reply *, int fd, int64_t now, int64_t *wake);

/* conn.c */
struct conn *conn_new(struct server *, int fd);
short conn_events(const struct conn *);
int64_t conn_wake(const struct conn *);		/* 0: nothing to wait for */
bool conn_run(struct server *, struct conn *, short revents, int64_t now);
void conn_free(struct server *, struct conn *);

#endif
