# augcon: question-answer pairs from documents, in pipes.
# make, make check, make demo, make install; see README.md.

include config.mk

COMMANDS = ac-chunk ac-split ac-ask ac-train-scorer ac-score ac-dedup ac-answer
ROOMS = base text rec llm augcon
B = build
LIBSRC = $(sort $(foreach r,$(ROOMS),$(wildcard lib/$(r)/*.c)))
LIBOBJ = $(LIBSRC:%.c=$(B)/%.o) $(B)/lib/llm/prompts.o
# What the commands share, beside their own files.
CMDOBJ = $(patsubst %.c,$(B)/%.o,$(filter-out cmd/ac-%,$(wildcard cmd/*.c)))
UNITS = $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/*.c))
PROMPTS = $(sort $(wildcard prompts/*.txt))

all: $(COMMANDS:%=bin/%)

bin/%: $(B)/cmd/%.o $(CMDOBJ) $(B)/libaugcon.a
	@mkdir -p bin
	$(CC) $(LDFLAGS) -o $@ $< $(CMDOBJ) $(B)/libaugcon.a $(LIBS)

$(B)/libaugcon.a: $(LIBOBJ)
	rm -f $@ && $(AR) rc $@ $(LIBOBJ)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The prompt texts are compiled in as defaults.
$(B)/lib/llm/prompts.c: $(PROMPTS) lib/llm/embed.sh
	@mkdir -p $(@D)
	sh lib/llm/embed.sh $(PROMPTS) > $@.tmp && mv $@.tmp $@

$(B)/lib/llm/prompts.o: $(B)/lib/llm/prompts.c
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/unit/%: tests/unit/%.c tests/unit/check.h $(B)/libaugcon.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(B)/libaugcon.a $(LIBS)

$(B)/tests/acserver: $(wildcard tests/server/*.c tests/server/*.h)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $(filter %.c,$^)

-include $(wildcard $(B)/*/*.d $(B)/*/*/*.d)

clean:
	rm -rf bin build

.PHONY: all clean
.SECONDARY:
