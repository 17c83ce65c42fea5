/*
 * What this processor can do beyond what the program is compiled for.  A
 * function marked CPU_POPCNT counts bits in one instruction where
 * cpu_popcnt() is true; elsewhere the mark says nothing.
 */
#ifndef BASE_CPU_H
#define BASE_CPU_H

#if defined(__x86_64__) || defined(__i386__)
#define CPU_POPCNT __attribute__((target("popcnt")))

static inline int
cpu_popcnt(void)
{
	return __builtin_cpu_supports("popcnt") != 0;
}
#else
#define CPU_POPCNT

static inline int
cpu_popcnt(void)
{
	return 0;
}
#endif

#endif
