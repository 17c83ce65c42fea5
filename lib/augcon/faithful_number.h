/* What gate_faithful() and gate_grounded() see in numbers. */
#ifndef AUGCON_FAITHFUL_NUMBER_H
#define AUGCON_FAITHFUL_NUMBER_H

#include "augcon/gate.h"

/* Of part f->in.  1 and *f: one is not there; 0: all are; -1: no memory. */
int faithful_strange_number(struct gate_case *, struct gate_finding *f);

#endif
