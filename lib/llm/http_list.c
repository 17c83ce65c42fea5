/* Requests under way, those that stand still, those that are done. */
#include "llm/http_int.h"

void
http_list_add(struct http_list *l, struct http_req *r)
{
	r->prev = NULL;
	r->next = l->active;
	if (r->next != NULL)
		r->next->prev = r;
	l->active = r;
}

void
http_list_remove(struct http_list *l, struct http_req *r)
{
	if (r->prev != NULL)
		r->prev->next = r->next;
	else
		l->active = r->next;
	if (r->next != NULL)
		r->next->prev = r->prev;
	r->prev = r->next = NULL;
}

void
http_list_done(struct http_list *l, struct http_req *r)
{
	if (l->done == NULL)
		l->done = r;
	else
		l->last->next = r;
	l->last = r;
}

struct http_req *
http_list_take(struct http_list *l)
{
	struct http_req *r = l->done;

	if (r == NULL)
		return NULL;
	l->done = r->next;
	r->next = NULL;
	return r;
}

struct http_req *
http_list_stalled(struct http_list *l, double now)
{
	struct http_req *r;

	if (now - l->looked < l->stall / 4)
		return NULL;
	for (r = l->active; r != NULL; r = r->next)
		if (r->seen > 0 && now - r->seen >= l->stall)
			return r;
	l->looked = now;
	return NULL;
}
