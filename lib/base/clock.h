/* Monotonic seconds; a change of the wall clock does not move them. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

double clock_now(void);

#endif
