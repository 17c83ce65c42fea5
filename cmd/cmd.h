/* The commands, and what their functions begin with. */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#include <stddef.h>

#include "base/buf.h"
#include "base/opt.h"

/* Each in the file of its name; as main(). */
int ac_answer(int argc, char **argv);
int ac_ask(int argc, char **argv);
int ac_check(int argc, char **argv);
int ac_chunk(int argc, char **argv);
int ac_dedup(int argc, char **argv);
int ac_score(int argc, char **argv);
int ac_split(int argc, char **argv);
int ac_train_scorer(int argc, char **argv);
int ac_tune(int argc, char **argv);

/*
 * Reads the options; serves --help, --version and --print-config and exits.
 * Ends with 2 when two options name one file to be written, or one the .part
 * of the other: the later would take the place of the earlier.  Returns the
 * index of the first operand in argv.
 */
int cmd_begin(const struct opt_command *, int argc, char **argv);

/* Ends with 70. */
void cmd_no_memory(void) __attribute__((noreturn));

/* Ends with 2 and the reason, or with 70 when there was no memory for one. */
void cmd_refuse(const struct buf *why) __attribute__((noreturn));

/* A whole small file; exits with 2 when it cannot be read. */
void cmd_read(const char *path, struct buf *text);

#endif
