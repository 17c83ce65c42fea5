/* Full stops after abbreviations, initials and numbers. */
#include <stdlib.h>
#include <string.h>

#include "text/sent_int.h"
#include "text/uni.h"
#include "text/utf8.h"

/* When an abbreviation's full stop may end a sentence too. */
enum how {
	OFTEN,		/* as any other word */
	NEVER,		/* a name or a word of the same sentence follows */
	STARTER,	/* only before a word that starts sentences */
	NUMBER		/* not before a number */
};

struct abbr {
	const char *word;
	enum how how;
};

/* In byte order, without the last full stop, as they are written. */
static const struct abbr abbrs[] = {
	{ "Adm", NEVER }, { "Apr", NUMBER }, { "Arch", NEVER },
	{ "Art", NUMBER }, { "Assn", STARTER }, { "Asst", NEVER },
	{ "Aug", NUMBER }, { "Ave", STARTER }, { "Bldg", STARTER },
	{ "Blvd", STARTER }, { "Brig", NEVER }, { "Bros", STARTER },
	{ "Capt", NEVER }, { "Cf", NEVER }, { "Ch", NUMBER },
	{ "Chap", NUMBER }, { "Cmdr", NEVER }, { "Co", STARTER },
	{ "Col", NEVER }, { "Comdr", NEVER }, { "Cor", NUMBER },
	{ "Corp", STARTER }, { "Cpl", NEVER }, { "Cpt", NEVER },
	{ "Dec", NUMBER }, { "Dept", STARTER }, { "Dr", NEVER },
	{ "Ed", NUMBER }, { "Eq", NUMBER }, { "Eqs", NUMBER },
	{ "Esq", STARTER }, { "Feb", NUMBER }, { "Fig", NUMBER },
	{ "Figs", NUMBER }, { "Fr", NEVER }, { "Fri", NUMBER },
	{ "Ft", NEVER }, { "Gen", NEVER }, { "Gov", NEVER }, { "Hon", NEVER },
	{ "Hwy", NUMBER }, { "Inc", STARTER }, { "Jan", NUMBER },
	{ "Jr", STARTER }, { "Jul", NUMBER }, { "Jun", NUMBER },
	{ "Lt", NEVER }, { "Ltd", STARTER }, { "Maj", NEVER },
	{ "Mar", NUMBER }, { "Messrs", NEVER }, { "Mgr", NEVER },
	{ "Mlle", NEVER }, { "Mme", NEVER }, { "Mr", NEVER },
	{ "Mrs", NEVER }, { "Ms", NEVER }, { "Msgr", NEVER }, { "Mt", NEVER },
	{ "No", NUMBER }, { "Nos", NUMBER }, { "Nov", NUMBER },
	{ "Oct", NUMBER }, { "Ph", NEVER }, { "Pres", NEVER },
	{ "Prof", NEVER }, { "Pt", NUMBER }, { "Pty", STARTER },
	{ "Pvt", NEVER }, { "Rd", STARTER }, { "Ref", NUMBER },
	{ "Rep", NEVER }, { "Reps", NEVER }, { "Rev", NEVER },
	{ "Sec", NUMBER }, { "Sect", NUMBER }, { "Sen", NEVER },
	{ "Sens", NEVER }, { "Sep", NUMBER }, { "Sept", NUMBER },
	{ "Sgt", NEVER }, { "Sr", STARTER }, { "St", STARTER },
	{ "Ste", NEVER }, { "Supt", NEVER }, { "Univ", NEVER },
	{ "Vol", NUMBER }, { "Vols", NUMBER }, { "al", STARTER },
	{ "approx", NEVER }, { "art", NUMBER }, { "ca", NEVER },
	{ "cap", NUMBER }, { "cf", NEVER }, { "ch", NUMBER },
	{ "chap", NUMBER }, { "dept", STARTER }, { "ed", NUMBER },
	{ "eds", NUMBER }, { "eg", NEVER }, { "eq", NUMBER },
	{ "esp", NEVER }, { "est", NUMBER }, { "etc", OFTEN },
	{ "fig", NUMBER }, { "figs", NUMBER }, { "fl", NUMBER },
	{ "ie", NEVER }, { "incl", NEVER }, { "lit", NEVER },
	{ "no", NUMBER }, { "nos", NUMBER }, { "op", NUMBER },
	{ "pl", NUMBER }, { "pp", NUMBER }, { "pt", NUMBER },
	{ "resp", NEVER }, { "sec", NUMBER }, { "tr", NEVER },
	{ "viz", NEVER }, { "vol", NUMBER }, { "vols", NUMBER },
	{ "vs", NEVER },
};

/* Words that rarely follow an initial or an abbreviation in a sentence. */
static const char *const starters[] = {
	"A", "About", "According", "Additionally", "After", "All", "Also",
	"Although", "Among", "An", "And", "Another", "Any", "As", "At",
	"Based", "Because", "Before", "Beginning", "Between", "Both", "But",
	"By", "Currently", "Despite", "Do", "Does", "Due", "During", "Each",
	"Early", "Even", "Every", "Few", "Finally", "First", "Following",
	"For", "From", "Furthermore", "Given", "Had", "Has", "Have", "He",
	"Hence", "Her", "Here", "His", "How", "However", "If", "In",
	"Initially", "Instead", "Is", "It", "Its", "Just", "Later", "Like",
	"Many", "Meanwhile", "More", "Moreover", "Most", "Much", "My",
	"Nearly", "Neither", "Nevertheless", "Not", "Now", "Of", "On",
	"Once", "One", "Only", "Or", "Other", "Others", "Our", "Over",
	"Please", "Prior", "Several", "She", "Similarly", "Since", "So",
	"Some", "Sometimes", "Soon", "Still", "Such", "That", "The", "Their",
	"Then", "There", "Therefore", "These", "They", "This", "Those",
	"Though", "Through", "Throughout", "Thus", "To", "Today", "Two",
	"Under", "Unlike", "Until", "Upon", "Using", "Was", "We", "Were",
	"What", "When", "Where", "Whether", "Which", "While", "Who", "Why",
	"With", "Within", "Without", "Yet", "You", "Your",
};

enum { LONGEST = 15 };		/* no entry of either table is longer */

static int
by_word(const void *key, const void *entry)
{
	return strcmp(key, ((const struct abbr *)entry)->word);
}

static int
by_name(const void *key, const void *entry)
{
	return strcmp(key, *(const char *const *)entry);
}

/* Copies the ASCII letters at s into word; their count, 0 if too many. */
static size_t
letters(const char *s, size_t len, char word[LONGEST + 1])
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (((s[i] | 0x20) < 'a' || (s[i] | 0x20) > 'z'))
			break;
		if (i == LONGEST)
			return 0;
		word[i] = s[i];
	}
	word[i] = '\0';
	return i;
}

static int
is_starter(const char *s, size_t len)
{
	char word[LONGEST + 1];
	size_t n = letters(s, len, word);

	/* "I" is a numeral as often as a word, but not with an apostrophe. */
	if (n == 1 && word[0] == 'I')
		return len > 1 && (s[1] == ' ' || s[1] == '\'');
	return n > 0 && bsearch(word, starters,
	    sizeof(starters) / sizeof(starters[0]), sizeof(starters[0]),
	    by_name) != NULL;
}

static enum how
how(const char *s, size_t len)
{
	char word[LONGEST + 1];
	const struct abbr *a;

	if (len > LONGEST || letters(s, len, word) != len)
		return OFTEN;
	a = bsearch(word, abbrs, sizeof(abbrs) / sizeof(abbrs[0]),
	    sizeof(abbrs[0]), by_word);
	return a == NULL ? OFTEN : a->how;
}

/* "U.S", "e.g", "Ph.D": letters in groups of one or two with stops. */
static int
is_dotted(const char *s, size_t len)
{
	size_t i, run = 0, dots = 0;

	for (i = 0; i < len; i++) {
		if (s[i] == '.') {
			if (run == 0)
				return 0;
			run = 0;
			dots++;
		} else if ((s[i] | 0x20) < 'a' || (s[i] | 0x20) > 'z' ||
		    ++run > 2) {
			return 0;
		}
	}
	return dots > 0;
}

static int
is_word(const char *s, size_t len, const char *word)
{
	return strlen(word) == len && memcmp(s, word, len) == 0;
}

int
abbr_ends(const char *text, size_t len, size_t from, size_t at, size_t next)
{
	const char *w = text + from, *after = text + next;
	size_t n = at - from, left = len - next;
	int number = left > 0 && *after >= '0' && *after <= '9';
	uint32_t cp;

	if (n == 0)	/* "(.500)", typed with a blank */
		return from == 0 || text[from - 1] != '(';
	if (wrap_is_marker(text, from, at))
		return 0;
	if (is_word(w, n, "e.g") || is_word(w, n, "i.e") ||
	    is_word(w, n, "v") || is_word(w, n, "c"))
		return 0;
	if (is_dotted(w, n))
		return is_starter(after, left);
	if (utf8_next(w, n, &cp) == n) {
		if (uni_is_upper(cp))	/* an initial */
			return is_starter(after, left);
		if (uni_is_lower(cp))	/* b. 1950, p. 12 */
			return !number;
	}
	switch (how(w, n)) {
	case NEVER:
		return 0;
	case STARTER:
		return is_starter(after, left);
	case NUMBER:
		return !number;
	default:
		return 1;
	}
}
