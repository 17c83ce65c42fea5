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
PROMPTS = $(sort $(wildcard prompts/*.txt))

# What runs once in a while may be small rather than fast.
COLD = $(wildcard cmd/*.c lib/base/opt*.c lib/rec/filter*.c) \
	$(filter-out $(addprefix lib/llm/,chat.c chat_body.c cache_key.c), \
	$(wildcard lib/llm/*.c)) \
	$(addprefix lib/,augcon/report.c augcon/evaluate.c augcon/pairs.c \
	augcon/train.c augcon/trial.c augcon/trial_measure.c \
	augcon/scorer.c augcon/scorer_line.c augcon/scorer_read.c \
	augcon/dedup.c \
	base/clock.c base/die.c base/file.c rec/doc.c rec/meter.c rec/out.c \
	rec/rec_edit.c rec/rec_need.c rec/wrap.c rec/in.c rec/hold.c \
	rec/rec.c text/lang.c text/term.c text/vocab.c text/wrap.c)

all: $(COMMANDS:%=bin/%)

bin/%: $(B)/cmd/%.o $(B)/libcmd.a $(B)/libaugcon.a
	@mkdir -p bin
	$(CC) $(ALL_LDFLAGS) -o $@.tmp $< $(B)/libcmd.a $(B)/libaugcon.a $(LIBS)
	@mv $@.tmp $@

$(B)/libaugcon.a: $(LIBOBJ)
	rm -f $@ && $(AR) rc $@ $(LIBOBJ)

$(B)/libcmd.a: $(CMDOBJ)
	rm -f $@ && $(AR) rc $@ $(CMDOBJ)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(COLD:%.c=$(B)/%.o): CFLAGS += -Os

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
	for c in $(COMMANDS); do install -m 755 bin/$$c \
	    $(DESTDIR)$(BINDIR)/ || exit; done
	for s in 1 5 7; do install -m 644 man/*.$$s \
	    $(DESTDIR)$(MANDIR)/man$$s/ || exit; done

uninstall:
	for c in $(COMMANDS); do rm -f $(DESTDIR)$(BINDIR)/$$c; done
	for m in man/*.[157]; do rm -f \
	    $(DESTDIR)$(MANDIR)/man$${m##*.}/$${m#man/}; done

dist:
	git archive --prefix=augcon/ -o augcon.tar.gz HEAD

clean:
	rm -rf bin build/[!d]*

.PHONY: all demo install uninstall dist clean
.SECONDARY:

include tests/tests.mk
