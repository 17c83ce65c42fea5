#include "llm/limit.h"

void
limit_init(struct limit *l, unsigned long jobs)
{
	l->most = (double)jobs;
	l->now = jobs < 4 ? (double)jobs : 4;
	l->answered = 0;
	l->lowered = 0;
	l->congested = 0;
}

void
limit_answer(struct limit *l)
{
	if (++l->answered < (unsigned long)l->now)
		return;
	l->answered = 0;
	l->now = l->congested ? l->now + 1 : l->now * 2;
	if (l->now > l->most)
		l->now = l->most;
}

void
limit_full(struct limit *l, double sent, double now)
{
	/* Refusals of what was sent before the last step are old news. */
	if (l->congested && sent < l->lowered)
		return;
	l->congested = 1;
	l->lowered = now;
	l->answered = 0;
	l->now = (double)(long)(l->now * 0.7);
	if (l->now < 1)
		l->now = 1;
}
