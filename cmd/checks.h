/* What the gates found of a record, as the member `checks`; and counts. */
#ifndef CMD_CHECKS_H
#define CMD_CHECKS_H

#include "augcon/gate.h"
#include "base/buf.h"

/* Beside what a gate finds: the judge's reply was none, twice. */
enum { CHECK_UNKNOWN = GATE_BAD + 1 };

struct checks {
	struct gate_finding of[GATES];
	unsigned gates;			/* 1 << gate: asked for */
	int unknown;			/* the judge's word on faithful */
};

struct check_counts {
	unsigned long found[GATES][CHECK_UNKNOWN + 1];
	unsigned long kept, dropped, rewritten, judged, unclear;
};

/* A comma-separated list as 1 << gate; -1: *why. */
int checks_gates(const char *list, unsigned *gates, struct buf *why);

/* Looks through the gates.  0, or -1 without memory. */
int checks_look(struct checks *, struct gate_case *, unsigned gates);

/* 1 << gate of those that the record fails. */
unsigned checks_failed(const struct checks *);

/* Appends the object, in the gates' order (ac-record(5), CHECKS). */
void checks_write(const struct checks *, const struct gate_case *,
    struct buf *out);

void checks_count(struct check_counts *, const struct checks *);
/* Members for --stats; words for the closing line. */
void checks_stats(const struct check_counts *, unsigned gates,
    struct buf *out);
void checks_say(const struct check_counts *, unsigned gates,
    struct buf *out);

#endif
