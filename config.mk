# Where things go and how they are built; override on the command line.
PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man
DESTDIR =

CC = cc
AR = ar
PKG_CONFIG = pkg-config
CFLAGS = -O2 -g -fno-asynchronous-unwind-tables
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion
PKGS = libcurl libcjson libutf8proc

# What a program does not use stays out of it.
SMALL_Linux = -Wl,--gc-sections -Wl,-z,noseparate-code -Wl,-z,now \
	-Wl,-z,pack-relative-relocs
SMALL_Darwin = -Wl,-dead_strip
ALL_LDFLAGS = $(SMALL_$(shell uname)) $(LDFLAGS)

# No contraction of a*b+c: scores are the same on every compiler.
ALL_CFLAGS = -std=c11 -D_XOPEN_SOURCE=700 -Ilib $(WARN) \
	-ffp-contract=off -ffunction-sections -fdata-sections \
	$(shell $(PKG_CONFIG) --cflags $(PKGS)) $(CFLAGS)
# libcurl is loaded by the first request, not by every start.
LIBS = $(shell $(PKG_CONFIG) --libs $(filter-out libcurl,$(PKGS))) \
	-lm -lpthread $(DL_$(shell uname))
DL_Linux = -ldl
