# Helpers of the measurements that ask the demo's model; $top is the project's
# folder, else this one.  The caller calls stop_server when it ends.
venv=${top:-.}/build/demo/venv server=
bench=${0##*/}
# Scripts that import each other leave nothing beside them.
export PYTHONDONTWRITEBYTECODE=1

skip() { echo "bench-${bench%.sh}: skipped, $*"; exit 0; }
stop_server() { [ -z "$server" ] || kill "$server" 2> /dev/null || :; }

# serve_model FOLDER [OPTION...]: on a port of its own; FOLDER/env says which,
# and $server is the process.  What commands ask by turns begins with one of a
# few long texts, which are kept.  Prompts in Chinese (LANGS) take slots of all
# that it knows.
serve_model() {
	[ -x "$venv/bin/python" ] ||
	    skip "no model (make demo gets one; or AC_BASE_URL and AC_MODEL)"
	folder=$1 tokens=2048
	case " ${LANGS:-en} " in *" zh "*) tokens=8192 ;; esac
	shift
	nice -n 10 "$venv/bin/python" "${top:-.}/examples/demo/serve.py" \
	    --slots 4 --threads 2 --keep-mib 512 \
	    --slot-tokens $tokens "$@" "$folder" &
	server=$!
	tries=0
	until grep -qs "^# process $server\$" "$folder/env"; do
		kill -0 $server 2> /dev/null && [ $((tries += 1)) -lt 600 ] ||
		    skip "the server does not start"
		sleep 0.1
	done
}

# ask_demo FOLDER [OPTION...]: the demo's model, unless AC_BASE_URL names an
# endpoint.  Chinese takes half a minute a request: it is asked in LANGS alone.
ask_demo() {
	[ -z "${AC_BASE_URL:-}" ] || return 0
	LANGS=${LANGS:-en}
	serve_model "$@"
	. "$1/env"
	export AC_BASE_URL AC_MODEL AC_KEY_FILE
}
