#!/bin/sh
# script.sh Scripts.txt > script.inc: the scripts that script.c knows, as
# sorted ranges, from the file of that name in the Unicode Character Database.
set -eu

version=$(sed -n 's/^# Scripts-\(.*\)\.txt.*/\1/p' "$1")
echo "/* Made by script.sh of Scripts.txt, Unicode $version. */"

# Lines are "3400..4DBF ; Han # ..." or "3005 ; Han # ...".  The file goes by
# script, and adjacent ranges of one script are split by category, so: one
# number per line, all in order, then ranges again.
sed -n 's/[ 	]*#.*//
    s/^\([0-9A-F]*\)[ 	]*;/\1..\1;/
    s/^\([0-9A-F]*\)\.\.\([0-9A-F]*\)[ 	]*;[ 	]*\([A-Za-z_]*\)$/\1 \2 \3/p
    ' "$1" | awk '
	BEGIN {
		kind["Han"] = "HAN"
		kind["Hiragana"] = kind["Katakana"] = "KANA"
		kind["Hangul"] = "HANGUL"
		kind["Thai"] = kind["Lao"] = kind["Khmer"] = "CONTINUA"
		kind["Myanmar"] = "CONTINUA"
		# The prolonged sound marks, which both kana share.
		print "030FC 030FC KANA\n0FF70 0FF70 KANA"
	}
	$3 in kind {
		while (length($1) < 5) $1 = "0" $1
		while (length($2) < 5) $2 = "0" $2
		print $1, $2, kind[$3]
	}' | LC_ALL=C sort | awk '
	function number(hex,  i, n) {
		for (i = 1; i <= length(hex); i++)
			n = n * 16 + index("123456789ABCDEF", \
			    substr(hex, i, 1))
		return n
	}
	function put() {
		if (kind != "")
			printf "{ 0x%04x, 0x%04x, %s },\n", first, last, kind
	}
	$3 == kind && number($1) == last + 1 {
		last = number($2)
		next
	}
	{
		put()
		first = number($1)
		last = number($2)
		kind = $3
	}
	END { put() }'
