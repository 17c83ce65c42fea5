/* ac-check's records: read, looked at, asked about, kept or dropped. */
#ifndef CMD_CHECK_JOB_H
#define CMD_CHECK_JOB_H

#include "check_ask.h"
#include "checks.h"
#include "llm/flow.h"
#include "llm/llm.h"
#include "rec/filter.h"
#include "rec/out.h"

struct checking {
	const char *in, *out;	/* names of members */
	unsigned gates;		/* 1 << gate: those that are looked through */
	unsigned drop;		/* a record that fails one of these goes */
	const char *dropped_path;	/* where it goes, or NULL */
	struct check_ask ask;

	/* The run's own. */
	struct filter filter;
	struct out dropped;
	struct gate_case texts;
	struct buf part[GATE_PARTS];	/* of the record in hand */
	struct buf json;
	struct check_counts counts;
};

/* The engine's ends of it (check_job.c); flow_command() is a checking. */
extern const struct flow_ops check_ops;

/* Runs to the end and returns the exit code (check_run.c). */
int check_run(struct checking *, const struct filter_opt *,
    const struct llm_opt *, char **files, size_t n);

#endif
