#!/bin/sh
# Prints C source that holds the given prompt files: name, text.
set -eu
echo '#include "llm/prompts.h"'
n=0
for f; do
	printf 'static const char text%d[] = {' $n
	od -An -v -td1 "$f" | sed 's/-\{0,1\}[0-9][0-9]*/&,/g'
	echo '0 };'
	n=$((n + 1))
done
echo 'const struct prompt_text prompt_texts[] = {'
n=0
for f; do
	name=${f##*/}
	echo "	{ \"${name%.txt}\", text$n },"
	n=$((n + 1))
done
echo '	{ 0, 0 }'
echo '};'
