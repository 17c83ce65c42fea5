#!/bin/sh
# The tree in one run: ac-split goes on by itself until all is leaves.
# usage: inside.sh CHUNKS TREE [OPTION...]	(options of ac-split)
chunks=$1 tree=$2
shift 2
exec ac-split "$@" -o "$tree" "$chunks"
