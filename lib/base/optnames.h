/* Names of the options of all commands, for optfile.c. */
"out", "in", "id", "max-errors", "progress", "quiet", "verbose",
