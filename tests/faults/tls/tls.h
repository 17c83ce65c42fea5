/*
 * actls: TLS in front of the scripted server, with faults of its own; what
 * its files tell each other.
 *
 *   main    options, connections, the poll loop
 *   util    bytes, sockets, the script and the log
 *   relay   HTTP/1.1: bytes to and from the scripted server; CONNECT
 *   h2      HTTP/2 frames by hand (RFC 9113): scripted faults of streams
 *   fetch   an answer from the scripted server for an HTTP/2 stream
 *
 * It listens on 127.0.0.1 only and ends at SIGTERM, with its parent, or
 * after -T seconds.  Out of memory it ends.
 */
#ifndef TLS_H
#define TLS_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct bytes {
	unsigned char *p;
	size_t n, cap;
};

struct stream {
	uint32_t id;
	char fault[32];
	struct bytes body;	/* of the request */
	bool held;
	struct stream *next;
};

struct conn {
	int fd, peer;		/* peer: the scripted server, or -1 */
	long id;
	SSL *ssl;		/* NULL: not yet, or a proxy's connection */
	bool h2, silent, dead, begun;
	bool leaving;		/* GOAWAY was sent */
	struct bytes in;
	struct stream *streams;	/* open ones */
	struct conn *next;
};

struct front {
	const char *script, *urlfile;
	FILE *log;
	SSL_CTX *ctx;		/* NULL: a proxy that speaks CONNECT */
	int port;		/* 0: a free one */
	int target;		/* port of the scripted server */
	bool h2;
	long max_streams;	/* SETTINGS_MAX_CONCURRENT_STREAMS */
	long silent;		/* connections without a handshake; -1: all */
	long life_s;
	unsigned long conns, requests;
	long inflight, held;
	struct conn *list;
};

/* util.c */
void fail(const char *what);
void bytes_add(struct bytes *, const void *, size_t);
/* Takes n bytes off the front. */
void bytes_take(struct bytes *, size_t);
void conn_write(struct conn *, const void *, size_t);
/* Appends what can be read now to c->in; sets c->dead at the end. */
void conn_read(struct conn *);
/* A socket, and the address of a port of 127.0.0.1. */
struct sockaddr_in;
int loopback(struct sockaddr_in *, int port);
void prepare(int fd);
/* A connection to 127.0.0.1, or -1. */
int dial(int port);
/* The directive of the k-th request: of `a,b*3,c` the last one repeats. */
void script_pick(const char *script, unsigned long k, char out[32]);
void log_request(struct front *, const struct conn *, uint32_t stream,
    const char *fault);

/* relay.c */
void relay_start(struct front *, struct conn *);
void relay_in(struct conn *);
void relay_out(struct conn *);
/* A proxy: "CONNECT host:port" in c->in goes to the target. */
void relay_connect(struct front *, struct conn *);

/* h2.c */
void h2_start(struct front *, struct conn *);
void h2_run(struct front *, struct conn *);
void h2_free(struct front *, struct conn *);

/* fetch.c: 0 or -1; *status and the body of the answer. */
int fetch(int port, const struct bytes *request, int *status,
    struct bytes *answer);

#endif
