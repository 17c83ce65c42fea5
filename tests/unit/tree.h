/* What the tests of trees begin with. */
#ifndef TREE_H
#define TREE_H

#include "base/mem.h"
#include "check.h"
#include "cmd/tree.h"

static const struct tree_names names = { "context", "id", "question" };

/* A record of its own. */
static struct rec
record(const char *line)
{
	struct rec r = REC_INIT;

	CHECK(rec_take(&r, mem_dup(line, strlen(line)), strlen(line), "f", 1)
	    == 0);
	return r;
}

/* Adds an input line to a tree. */
static void
plant(struct tree *t, const char *line)
{
	struct rec r = record(line);

	t->names = &names;
	CHECK(tree_add(t, &r) != NULL);
	rec_free(&r);
}

#endif
