#!/bin/sh
# What all commands promise of their command line: help, version, errors,
# the environment and the config file.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start
unset AC_PROGRESS
commands=$(cd "$top/bin" && ls -d ac-*)

for c in $commands; do
	begin $c
	: > in

	run 0 $c --help
	check "nothing on stderr" test ! -s err
	check "help of one screen" test "$(lines out)" -le 24
	for o in --help --help=all; do
		run 0 $c $o
		equal "$(awk 'length > 80' out)" "" "lines over 80 columns"
	done
	run 0 $c --help
	has out "$c: "
	has out "usage: $c "
	has out "example: "
	has out "$c(1)"
	has out "exit: 0 "
	cp out help
	run 0 $c -h
	same out help
	run 0 $c --quiet none --help
	same out help
	run 2 $c --help=nonsense

	run 0 $c --version
	check "version" grep -qE "^$c \(augcon\) [0-9]+\.[0-9]+\.[0-9]+\$" out
	cp out version
	run 0 $c -V
	same out version

	# Every option has help and no name is there twice.
	run 0 $c --help=names
	equal "$(sort out | uniq -d)" "" "names twice"
	cp out names
	$c --help=all > out
	while read -r name; do
		check "--help=all has --$name" grep -qE -- \
		    "^  (-.,|   ) --$name( |\$)" out
	done < names
	for form in bash zsh fish mdoc; do
		run 0 $c --help=$form
		check "--help=$form has --output" grep -q output out
	done
	$c --help=bash > out
	check "bash reads it" sh -n out

	# A wrong option: what is wrong, and where help is.
	for o in --nonsense-at-all -Z --quiet=x --output --progress=maybe \
	    --total=0 --total=x --color; do
		run 2 $c $o
		check "$o: two lines" test "$(lines err)" -eq 2
		equal "$(sed -n 2p err)" "Try '$c --help'." "the second line"
		has err "$c: "
		check "nothing on stdout" test ! -s out
	done
	for o in outptu:output qiet:quiet verbos:verbose progres:progress; do
		run 2 $c --${o%:*}
		has err "did you mean '--${o#*:}'?"
	done
	# Abbreviations are promises nobody can take back.
	run 2 $c --verb
	run 2 $c --outpu=x
	for o in --key --api-key --key=sk-1 --api-key=sk-1; do
		run 2 $c $o
		has err '--key-file or AC_API_KEY'
		lacks err sk-1
	done

	# The config file: whose it is, what is wrong in it, which one.
	printf '# a comment\n\n  quiet = yes  \n[%s]\nprogress=never\n[ac-none]\nnonsense = 1\n' $c > conf
	run 0 $c --config conf --print-config
	check "from the file" grep -qE '^quiet = yes.*# conf$' out
	check "from the section" grep -qE '^progress = never.*# conf$' out
	AC_PROGRESS=always run 0 $c --config conf --print-config
	check "from the environment" \
	    grep -qE '^progress = always.*# environment$' out
	AC_PROGRESS=always run 0 $c --config conf --progress auto --print-config
	check "from the command line" \
	    grep -qE '^progress = auto.*# command line$' out
	run 0 $c --config conf --no-config --print-config
	check "no file" grep -qE '^quiet = .*# default$' out
	AC_CONFIG=conf run 0 $c --print-config
	check "AC_CONFIG" grep -qE '^quiet = yes.*# conf$' out
	mkdir -p xdg/ac sys/ac
	echo 'quiet = yes' > xdg/ac/config
	printf 'quiet = no\nverbose = yes\n' > sys/ac/config
	XDG_CONFIG_HOME=$PWD/xdg XDG_CONFIG_DIRS=$PWD/sys \
	    run 0 $c --print-config
	check "the user's" grep -qE '^quiet = yes.*# .*/xdg/ac/config$' out
	check "the system's" grep -qE '^verbose = yes.*# .*/sys/ac/config$' out
	# None is picked up from the working directory.
	mkdir -p ac .config/ac
	cp conf ac/config
	cp conf .config/ac/config
	cp conf ac.conf
	cp conf .acrc
	run 0 $c --print-config
	check "none from here" grep -qE '^quiet = .*# default$' out

	printf 'quiet = yes\n\n%s = 1\n' nonsense > conf
	run 2 $c --config conf
	has err "conf:3: "
	printf '[%s]\nnonsense = 1\n' $c > conf
	run 2 $c --config conf
	has err "conf:2: "
	for line in quiet 'quiet = maybe' 'output = x' 'key = sk-1' \
	    'progress = soon'; do
		printf '%s\n' "$line" > conf
		run 2 $c --config conf
		has err "conf:1: "
		lacks err sk-1
	done
	run 2 $c --config none
	has err none
	AC_CONFIG=none run 2 $c
	AC_PROGRESS=soon run 2 $c
	has err AC_PROGRESS

	# What it prints as its settings it reads as such.
	run 0 $c --print-config
	grep -v ' = 	' out | sed 's/	#.*//' > conf
	sed 's/	#.*//' out > want
	run 0 $c --config conf --print-config
	sed 's/	#.*//' out > got
	same got want
done

# Options that go together in one word, values that follow or stick.
begin forms
printf '{"id":"a","question":"Who was it?"}\n' > in
run 0 ac-dedup -qo out1 in
run 0 ac-dedup -oout2 -q in
run 0 ac-dedup --output=out3 in --quiet
run 0 ac-dedup --quiet --output out4 -- in
cp in ./-q
run 0 ac-dedup -o out5 -- -q
for i in 1 2 3 4 5; do same out$i in; done
run 2 ac-dedup -o
run 0 ac-dedup --
run 0 ac-dedup -- -

# Those who call no model know none of its settings, in whatever way.
begin no-model
for o in "-m x" "--model x" "-u http://x" "-j 4" "--jobs 4"; do
	run 2 ac-chunk $o
done
AC_MODEL=x AC_JOBS=none AC_TIMEOUT=soon run 0 ac-chunk --print-config
printf 'model = x\njobs = 3\n' > conf
run 0 ac-chunk --config conf --print-config
lacks out model

# One program by all names.
begin names
ln -s "$(command -v augcon)" ./ac-dedup
run 0 ./ac-dedup --version
has out "ac-dedup"
run 0 augcon ac-chunk --version
has out "ac-chunk"
run 2 augcon ac-none
has err "	ac-dedup"
run 2 augcon
equal "$(grep -c '	ac-' err)" "$(ls "$top"/bin/ac-* | wc -l | tr -d ' ')" \
    "commands named"

# Two outputs that are one file: nothing is begun.
begin one-file
echo old > f
cp f old
for o in "ac-chunk --dropped f --df f" "ac-chunk -o new --df ./new" \
    "ac-split --by cohesion -o f --stats f" "ac-score -S s -e f --log f" \
    "ac-train-scorer -o new --report ./new" "ac-ask -m x -o f -e ./f" \
    "ac-answer -m x --log f --stats f" "ac-dedup --dropped f --short f"; do
	run 2 $o
	has err "name one file"
	same f old
	check "nothing was begun" test ! -e new -a ! -e new.part
done

# Numbers, durations, choices and lists say what they want.
begin values
for o in "--jobs 0" "--jobs -1" "--jobs 1.5" "--jobs 99999999999999999999" \
    "--temperature warm" "--temperature -1" "--temperature nan" \
    "--timeout 5x" "--timeout -5" "--timeout s" "--api rest" \
    "--max-tokens 0" "--give-up 0"; do
	run 2 ac-ask $o
	has err "${o% *}: "
done
for o in "--timeout 1.5s" "--timeout 2m" "--timeout 1h" "--timeout 1d" \
    "--timeout .5" "--temperature 0" "--retries 0" "--api azure"; do
	run 0 ac-ask $o --print-config
	has out "$(echo "${o#--}" | sed 's/ / = /')"
done
finish
