#!/bin/sh
# deps.sh WHAT: installs what `make demo` (demo), `make check` (check),
# `make fuzz` (fuzz) or `make check-valgrind` (valgrind) needs and this
# machine lacks.  Asks nothing when root; else says the
# command to run.
set -eu

missing=
need() {	# need PACKAGE COMMAND...: true if the command succeeds
	package=$1
	shift
	"$@" >/dev/null 2>&1 || missing="$missing $package"
}
have() { command -v "$1"; }
lib() { command -v pkg-config && pkg-config --exists "$1"; }

need gcc have cc
need libc6-dev test -e /usr/include/stdio.h -o "$(uname)" = Darwin
need pkg-config have pkg-config
need libcurl4-openssl-dev lib libcurl
need libcjson-dev lib libcjson
need libutf8proc-dev lib libutf8proc
need jq have jq
case ${1:-demo} in
demo)
	need ca-certificates test -e /etc/ssl/certs/ca-certificates.crt \
	    -o "$(uname)" = Darwin
	need python3-venv python3 -c 'import venv, ensurepip'
	;;
check)
	need mandoc have mandoc
	need parallel have parallel
	need libssl-dev lib openssl
	need openssl have openssl
	;;
fuzz)
	need "clang libclang-rt-dev" sh tests/fuzz/run --compiler
	;;
valgrind)
	need valgrind have valgrind
	;;
esac
[ -n "$missing" ] || exit 0

if command -v apt-get >/dev/null 2>&1; then
	if [ "$(id -u)" -eq 0 ]; then
		echo "installing$missing"
		export DEBIAN_FRONTEND=noninteractive
		log=$(mktemp)
		# shellcheck disable=SC2086 # a list of words
		if apt-get update -qq >"$log" 2>&1 && apt-get install -y -qq \
		    --no-install-recommends $missing >>"$log" 2>&1; then
			rm -f "$log"
			exit 0
		fi
		tail -5 "$log" >&2
		rm -f "$log"
	fi
	echo "Missing packages. Run this, then make again:" >&2
	echo "  sudo apt-get install$missing" >&2
elif command -v dnf >/dev/null 2>&1; then
	echo "Missing packages. Run this, then make again:" >&2
	echo "  sudo dnf install gcc make pkgconf-pkg-config libcurl-devel" \
	    "cjson-devel utf8proc-devel jq python3 mandoc parallel" >&2
elif command -v brew >/dev/null 2>&1; then
	echo "Missing packages. Run this, then make again:" >&2
	echo "  brew install pkg-config curl cjson utf8proc jq mandoc" \
	    "parallel" >&2
else
	echo "Missing (by their Debian names):$missing" >&2
fi
exit 1
