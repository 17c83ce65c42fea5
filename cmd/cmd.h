/* What the main functions of all commands begin with. */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#include <stddef.h>

#include "base/buf.h"
#include "base/opt.h"

/*
 * Reads the options; serves --help, --version and --print-config and exits.
 * Returns the index of the first operand in argv.
 */
int cmd_begin(const struct opt_command *, int argc, char **argv);

/* A whole small file; exits with 2 when it cannot be read. */
void cmd_read(const char *path, struct buf *text);

#endif
