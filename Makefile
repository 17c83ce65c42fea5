# augcon: question-answer pairs from documents, in pipes.
# make, make check, make demo, make install; see README.md.

include config.mk

COMMANDS = ac-chunk ac-split ac-ask ac-train-scorer ac-score ac-dedup \
	ac-answer ac-check ac-tune
ROOMS = base text rec llm augcon
B = build
LIBSRC = $(sort $(foreach r,$(ROOMS),$(wildcard lib/$(r)/*.c)))
LIBOBJ = $(LIBSRC:%.c=$(B)/%.o) $(B)/lib/llm/prompts.o
# What the commands share, beside their own files.
CMDOBJ = $(patsubst %.c,$(B)/%.o, \
	$(filter-out cmd/ac-% cmd/augcon.c,$(wildcard cmd/*.c)))
MAIN = $(B)/cmd/augcon.o $(COMMANDS:%=$(B)/cmd/%.o)
PROMPTS = $(sort $(wildcard prompts/*.txt))

all: $(COMMANDS:%=bin/%)

# One program, and a link for each command.
bin/augcon: $(MAIN) $(B)/libcmd.a $(B)/libaugcon.a
	@mkdir -p bin
	$(CC) $(ALL_LDFLAGS) -o $@.tmp $(MAIN) $(B)/libcmd.a \
	    $(B)/libaugcon.a $(LIBS)
	@mv $@.tmp $@

bin/ac-%: bin/augcon
	ln -sf augcon $@

$(B)/libaugcon.a: $(LIBOBJ)
	rm -f $@ && $(AR) rc $@ $(LIBOBJ)

$(B)/libcmd.a: $(CMDOBJ)
	rm -f $@ && $(AR) rc $@ $(CMDOBJ)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The prompt texts are compiled in as defaults.
$(B)/lib/llm/prompts.c: $(PROMPTS) lib/llm/embed.sh
	@mkdir -p $(@D)
	sh lib/llm/embed.sh $(PROMPTS) > $@.tmp && mv $@.tmp $@

$(B)/lib/llm/prompts.o: $(B)/lib/llm/prompts.c
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

-include $(wildcard $(B)/*/*.d $(B)/*/*/*.d)

demo:
	@sh tests/deps.sh demo
	@$(MAKE) --no-print-directory all
	@sh examples/demo/demo.sh

install: all
	mkdir -p $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man1 \
	    $(DESTDIR)$(MANDIR)/man5 $(DESTDIR)$(MANDIR)/man7
	install -m 755 bin/augcon $(DESTDIR)$(BINDIR)/
	for c in $(COMMANDS); do ln -sf augcon $(DESTDIR)$(BINDIR)/$$c || \
	    exit; done
	for s in 1 5 7; do install -m 644 man/*.$$s \
	    $(DESTDIR)$(MANDIR)/man$$s/ || exit; done

uninstall:
	for c in augcon $(COMMANDS); do rm -f $(DESTDIR)$(BINDIR)/$$c; done
	for m in man/*.[157]; do rm -f \
	    $(DESTDIR)$(MANDIR)/man$${m##*.}/$${m#man/}; done

dist:
	git archive --prefix=augcon/ -o augcon.tar.gz HEAD

clean:
	rm -rf bin build/[!d]*

.PHONY: all demo install uninstall dist clean
.SECONDARY:

include tests/tests.mk
