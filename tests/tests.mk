# make check and its kin, benchmarks, the recording: what tests are built of
# and how they are run.

UNITS = $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/*.c))
FUZZERS = reply outcome sse cache prompt record config gates
# What runs a fuzz target; nothing where libFuzzer is linked in.
FUZZ_MAIN = tests/fuzz/driver.c

$(B)/unit/%: tests/unit/%.c $(wildcard tests/unit/*.h) $(B)/libcmd.a \
    $(B)/libaugcon.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -I. $(LDFLAGS) -o $@ $< $(B)/libcmd.a \
	    $(B)/libaugcon.a $(LIBS)

$(B)/fuzz/%: tests/fuzz/%.c tests/fuzz/fuzz.h $(FUZZ_MAIN) $(B)/libcmd.a \
    $(B)/libaugcon.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -I. $(LDFLAGS) -o $@ $(filter %.c,$^) \
	    $(B)/libcmd.a $(B)/libaugcon.a $(LIBS)

$(B)/tests/acserver: $(wildcard tests/server/*.c tests/server/*.h)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $(filter %.c,$^)

# What the fault matrix needs beside it; TLS only where OpenSSL is.
FAULTS = $(B)/tests/acserver $(B)/tests/acrun $(B)/tests/shim.so \
	$(if $(shell $(PKG_CONFIG) --exists openssl && echo y),$(B)/tests/actls)

$(B)/tests/acrun: tests/faults/acrun.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $<

$(B)/tests/shim.so: tests/faults/shim.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE $(WARN) -O2 -fPIC -shared -o $@ $<

$(B)/tests/actls: $(wildcard tests/faults/tls/*.c tests/faults/tls/*.h)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $(filter %.c,$^) \
	    $(shell $(PKG_CONFIG) --libs openssl)

$(B)/tests/replay: tests/servers/replay.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $<

$(B)/bench/%: tests/bench/%.c $(B)/libaugcon.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $(filter %.c,$^) \
	    $(B)/libaugcon.a $(LIBS)

$(B)/bench/load: tests/bench/load_work.c tests/bench/load.h
$(B)/bench/bare: LIBS += $(shell $(PKG_CONFIG) --libs libcurl)

check:
	@sh tests/deps.sh check
	@$(MAKE) --no-print-directory check-built

check-built: all $(UNITS) $(FUZZERS:%=$(B)/fuzz/%) $(FAULTS) \
    $(B)/tests/replay
	@sh tests/run

# The table of the fault matrix with its results.
check-faults: all $(FAULTS)
	@sh tests/deps.sh check
	@sh tests/faults/table

# N records with faults of all kinds and kills in between.
N = 100000
check-soak: all $(FAULTS)
	@N=$(N) sh tests/faults/g.sh 100

check-asan:
	@$(MAKE) --no-print-directory clean check CFLAGS="-O1 -g \
	    -fsanitize=address,undefined -fno-sanitize-recover=undefined" \
	    LDFLAGS="-fsanitize=address,undefined"

# Faults of the server, and every command, under memcheck.
check-valgrind:
	@sh tests/deps.sh valgrind
	@$(MAKE) --no-print-directory all $(B)/tests/acserver
	@sh tests/inject/valgrind

# Every allocation of a short run of each command fails once.
check-inject: all $(B)/tests/acserver
	printf '%s\n' ask samples rewrite embed answer several file chunk \
	    records cohesion score dedup check verify train tree blocks learn \
	    tune cuts | \
	    STEP=1 xargs -P 2 -I{} sh tests/inject/alloc.sh {}

# Each fuzz target for so many seconds, two at a time.
SECONDS = 60
fuzz:
	@sh tests/deps.sh fuzz || echo "fuzz: going on without"
	@sh tests/fuzz/run $(SECONDS) $(FUZZERS)

# Asks the model anew and keeps its replies for the tests.
record: all
	MODE=record OUT=$(B)/record sh examples/demo/demo.sh
	rm -rf tests/recording/want && mkdir -p tests/recording/want
	cd $(B)/record && cp tree.ndjson questions.ndjson worse.ndjson \
	    scorer kept.ndjson answers.ndjson train.jsonl \
	    ../../tests/recording/want

bench-split: $(B)/bench/split $(B)/bench/split-hits all
	sh tests/bench/split.sh
	sh tests/bench/split-model.sh

bench: all $(B)/tests/acserver
	sh tests/bench/local.sh

bench-endpoint: all $(B)/bench/load $(B)/bench/bare $(B)/bench/spent
	sh tests/bench/endpoint.sh

bench-peers: all $(B)/bench/load $(B)/bench/bare $(B)/bench/spent
	sh tests/bench/peers.sh

bench-dedup: all $(B)/bench/questions-grow $(B)/bench/phases $(B)/bench/spent
	sh tests/bench/dedup.sh

bench-cosine: all
	sh tests/bench/cosine.sh

bench-dedup-peers: all $(B)/bench/questions-grow $(B)/bench/spent
	sh tests/bench/dedup-peers.sh

bench-prompts: all
	sh tests/bench/prompts.sh

# What ac-answer's replies are like; and that what is exported can be loaded.
bench-answers: all
	sh tests/bench/answers.sh

check-export:
	sh tests/bench/export.sh

bench-scorer: all
	sh tests/bench/scorer.sh

bench-select: all
	sh tests/bench/select.sh

# How the gates do on labelled pairs.
bench-gates: all
	sh tests/gates/measure
	sh tests/gates/asked

bench-tune: all
	sh tests/bench/tune.sh

bench-methods: all
	sh tests/bench/methods.sh

.PHONY: check check-built check-faults check-soak check-asan check-valgrind \
	check-inject fuzz record bench bench-split bench-endpoint \
	bench-peers bench-dedup bench-dedup-peers bench-cosine bench-prompts \
	bench-scorer bench-select bench-answers check-export \
	bench-gates bench-tune bench-methods
