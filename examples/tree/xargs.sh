#!/bin/sh
# The tree level by level, with the chunks dealt to files and four processes
# at a time on those that still have open nodes.  In flight are as many
# requests as 4 times --jobs.
# usage: xargs.sh CHUNKS TREE [OPTION...]	(options of ac-split)
chunks=$1 tree=$2
shift 2
dir=$(mktemp -d) || exit
trap 'rm -rf "$dir"' EXIT

open='fromjson? | objects |
    select((.state // "open") == "open" and (.error | not))'

# unfinished: the names of the files with an open node.
unfinished() {
	for file in "$dir"/shard.????; do
		jq -cR "$open" "$file" | grep -q . && echo "$file"
	done
}

split -a 4 -l 5 "$chunks" "$dir/shard." || exit
while files=$(unfinished); [ -n "$files" ]; do
	echo "$files" | xargs -P 4 -I {} \
	    ac-split -q -j 4 -d 1 --max-errors 100% "$@" -o {} {} || exit
done
cat "$dir"/shard.???? > "$tree.part" && mv "$tree.part" "$tree"
