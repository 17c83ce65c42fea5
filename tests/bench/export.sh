#!/bin/sh
# export.sh: examples/export over the recorded run's answers (FILE=answered),
# each result loaded with the Python package `datasets`, as trainers do.
# Skipped where that cannot be had.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
file=${FILE:-$top/tests/recording/want/answers.ndjson}
python=$top/build/export/bin/python
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The packages, in a folder of their own.
install() {
	python3 -c 'import venv, ensurepip' 2>/dev/null || return
	[ -x "$python" ] || python3 -m venv "$top/build/export" || return
	"$python" -c 'import datasets' 2>/dev/null ||
	    "$python" -m pip install -q --no-deps \
		-r "$top/tests/bench/export-requirements.txt" >"$work/pip" 2>&1
}
install || {
	echo "export.sh: skipped: no pip, or no package datasets"
	tail -2 "$work/pip" 2>/dev/null || :
	exit 0
}

export HF_HOME="$work/hf" HF_DATASETS_OFFLINE=1 HF_HUB_OFFLINE=1
for form in openai sharegpt alpaca qa; do
	to=$work/$form.jsonl
	jq -c -f "$top/examples/export/$form.jq" "$file" >"$to"
	"$python" "$top/tests/bench/export.py" $form "$to"
	jq -c -f "$top/examples/export/$form.jq" --arg system 'Be brief.' \
	    "$file" >"$to"
	[ $form = qa ] ||
	    "$python" "$top/tests/bench/export.py" $form "$to" 'Be brief.'
done
