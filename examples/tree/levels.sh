#!/bin/sh
# The tree level by level: each pass replaces every open node by itself and
# its two children, in place.  The bytes are those of inside.sh; between the
# passes the file can be looked at, pruned, weighed.
# usage: levels.sh CHUNKS TREE [OPTION...]	(options of ac-split)
chunks=$1 tree=$2
shift 2

# Nodes that failed are open too, and would be for ever: they do not count.
open='fromjson? | objects |
    select((.state // "open") == "open" and (.error | not))'

cp "$chunks" "$tree" || exit
while jq -cR "$open" "$tree" | grep -q .; do
	ac-split -d 1 --max-errors 100% "$@" -o "$tree" "$tree" || exit
done
