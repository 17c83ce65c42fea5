#!/bin/sh
# The tree by GNU parallel: five chunks to a process, four processes at a
# time, their outputs in the order of the input (-k).  Without -N a process
# would get a megabyte of chunks, which is all of them.
# usage: parallel.sh CHUNKS TREE [OPTION...]	(options of ac-split)
chunks=$1 tree=$2
shift 2
parallel -q --pipe -N 5 -k -j 4 ac-split -q -j 4 "$@" \
    < "$chunks" > "$tree.part" && mv "$tree.part" "$tree"
