/* The words, in byte order; each with the first letters of what it is. */
#include "augcon/lexicon.h"

#include <string.h>

enum {
	T = LEX_THE, D = LEX_DEMO, G = LEX_GIVEN, O = LEX_ORDINAL,
	X = LEX_TEXT, W = LEX_WRITER, K = LEX_WORK, A = LEX_AUX,
	P = LEX_PRONOUN, H = LEX_WH, S = LEX_SAY, F = LEX_FUNC,
	B = LEX_SUBORD, N = LEX_BOOK
};

static const struct entry {
	const char *word;
	unsigned what;
} lexicon[] = {
	{ "a", F }, { "about", F }, { "above", G | F }, { "across", F },
	{ "actually", F }, { "aforementioned", G }, { "after", F | B },
	{ "against", F }, { "all", F }, { "almost", F }, { "along", F },
	{ "already", F }, { "also", F }, { "although", F | B },
	{ "always", F }, { "am", F }, { "among", F }, { "an", F },
	{ "and", F }, { "another", F }, { "any", F }, { "are", A },
	{ "aren", A }, { "argue", S }, { "argued", S }, { "argues", S },
	{ "around", F }, { "article", X }, { "articles", X }, { "as", F | B },
	{ "at", F | B }, { "author", W | N }, { "authors", W | N },
	{ "away", F }, { "back", F }, { "be", F }, { "because", F | B },
	{ "been", F }, { "before", F | B }, { "being", F }, { "believe", S },
	{ "believes", S }, { "below", F }, { "between", F }, { "beyond", F },
	{ "big", F }, { "book", N }, { "books", N }, { "both", F },
	{ "but", F }, { "by", F | B }, { "can", A }, { "cannot", F },
	{ "city", F }, { "claim", S }, { "claimed", S }, { "claims", S },
	{ "closing", O }, { "company", K }, { "compare", S },
	{ "compares", S }, { "conclude", S }, { "concludes", S },
	{ "contain", S }, { "contains", S }, { "context", X },
	{ "contexts", X }, { "could", A }, { "couldn", A }, { "country", F },
	{ "cover", S }, { "covers", S }, { "d", F }, { "date", F },
	{ "day", F }, { "deep", F }, { "define", S }, { "defined", S },
	{ "defines", S }, { "describe", S }, { "described", S },
	{ "describes", S }, { "despite", B }, { "did", A }, { "didn", A },
	{ "discuss", S }, { "discussed", S }, { "discusses", S }, { "do", A },
	{ "document", X }, { "documents", X }, { "does", A }, { "doesn", A },
	{ "don", A }, { "down", F }, { "during", F | B }, { "each", F },
	{ "early", F }, { "either", F }, { "else", F }, { "emphasize", S },
	{ "emphasizes", S }, { "enough", F }, { "essay", N }, { "even", F },
	{ "eventually", F }, { "ever", F }, { "every", F }, { "exactly", F },
	{ "except", F }, { "excerpt", X }, { "excerpts", X },
	{ "experiment", K }, { "experiments", K }, { "explain", S },
	{ "explained", S }, { "explains", S }, { "express", S },
	{ "extract", X }, { "far", F }, { "fast", F }, { "few", F },
	{ "fifth", O }, { "final", O }, { "finally", F }, { "find", S },
	{ "findings", K }, { "finds", S }, { "firm", K }, { "first", O | F },
	{ "focus", S }, { "focuses", S }, { "following", G | B },
	{ "for", F | B }, { "found", S }, { "fourth", O }, { "from", F | B },
	{ "further", F }, { "give", S }, { "given", G | S }, { "gives", S },
	{ "had", A }, { "hadn", A }, { "has", A }, { "hasn", A },
	{ "have", A }, { "haven", A }, { "he", P }, { "heavy", F },
	{ "her", P }, { "here", F }, { "hers", P }, { "herself", P },
	{ "high", F }, { "highlight", S }, { "highlights", S }, { "him", P },
	{ "himself", P }, { "his", P }, { "how", H }, { "i", F },
	{ "if", F | B }, { "implied", S }, { "implies", S }, { "imply", S },
	{ "in", F | B }, { "include", S }, { "includes", S },
	{ "indicate", S }, { "indicates", S }, { "initially", F },
	{ "inside", F }, { "instead", F }, { "into", F }, { "is", A },
	{ "isn", A }, { "it", P }, { "its", P }, { "itself", P },
	{ "just", F }, { "kind", F }, { "large", F }, { "last", O | F },
	{ "late", F }, { "least", F }, { "less", F }, { "like", F | B },
	{ "likely", F }, { "list", S }, { "listed", S }, { "lists", S },
	{ "ll", F }, { "long", F }, { "m", F }, { "mainly", F },
	{ "many", F }, { "may", A }, { "me", F }, { "mean", S },
	{ "means", S }, { "mention", S }, { "mentioned", S },
	{ "mentions", S }, { "might", A }, { "month", F }, { "more", F },
	{ "most", F }, { "mostly", F }, { "much", F }, { "must", A },
	{ "my", F }, { "name", F }, { "narrator", W }, { "near", F },
	{ "neither", F }, { "never", F }, { "next", O }, { "no", F },
	{ "nor", F }, { "not", F }, { "note", S }, { "noted", S },
	{ "notes", S }, { "novel", N }, { "novels", N }, { "now", F },
	{ "number", F }, { "of", F }, { "off", F }, { "often", F },
	{ "old", F }, { "on", F | B }, { "once", F }, { "one", F },
	{ "ones", F }, { "only", F }, { "onto", F }, { "opening", O },
	{ "or", F }, { "originally", F }, { "other", F }, { "our", F },
	{ "out", F }, { "outside", F }, { "over", F }, { "own", F },
	{ "paper", K }, { "paragraph", X }, { "paragraphs", X },
	{ "participants", K }, { "passage", X }, { "passages", X },
	{ "per", F }, { "perhaps", F }, { "place", F }, { "play", N },
	{ "plays", N }, { "please", F }, { "poem", N }, { "preceding", G },
	{ "present", S }, { "presented", G }, { "presents", S },
	{ "previous", G }, { "provide", S }, { "provided", G | S },
	{ "provides", S }, { "publish", N }, { "published", N },
	{ "publishes", N }, { "quite", F }, { "rather", F }, { "re", F },
	{ "really", F }, { "reason", F }, { "refer", S }, { "refers", S },
	{ "report", K | S }, { "reports", S }, { "research", K },
	{ "researchers", K }, { "results", K }, { "s", F }, { "said", S },
	{ "same", F }, { "say", S }, { "says", S }, { "second", O },
	{ "sentence", X }, { "sentences", X }, { "shall", A }, { "she", P },
	{ "should", A }, { "shouldn", A }, { "show", S }, { "showed", S },
	{ "shows", S }, { "since", B }, { "snippet", X }, { "snippets", X },
	{ "so", F }, { "some", F }, { "soon", F }, { "sort", F },
	{ "speaker", W }, { "state", S }, { "stated", S }, { "states", S },
	{ "still", F }, { "stories", N }, { "story", N }, { "studies", K },
	{ "study", K }, { "such", F }, { "suggest", S }, { "suggested", S },
	{ "suggests", S }, { "supplied", G }, { "survey", K }, { "t", F },
	{ "tall", F }, { "tell", S }, { "tells", S }, { "text", X },
	{ "texts", X }, { "than", F }, { "that", T | D }, { "the", T },
	{ "their", P }, { "theirs", P }, { "them", P }, { "themselves", P },
	{ "then", F }, { "there", F }, { "these", T | D }, { "they", P },
	{ "think", S }, { "thinks", S }, { "third", O }, { "this", T | D },
	{ "those", T | D }, { "through", F }, { "throughout", F | B },
	{ "thus", F }, { "time", F }, { "to", F }, { "together", F },
	{ "told", S }, { "too", F }, { "toward", F }, { "towards", F },
	{ "type", F }, { "under", F | B }, { "unlike", B },
	{ "until", F | B }, { "up", F }, { "upon", F | B }, { "us", F },
	{ "use", S }, { "used", S }, { "uses", S }, { "usually", F },
	{ "ve", F }, { "very", F }, { "via", F }, { "was", A }, { "wasn", A },
	{ "way", F }, { "we", F }, { "well", F }, { "were", A },
	{ "weren", A }, { "what", H }, { "when", H | B }, { "where", H },
	{ "whether", F }, { "which", H }, { "while", F | B }, { "who", H },
	{ "whom", H }, { "whose", H }, { "why", H }, { "wide", F },
	{ "will", A }, { "with", F | B }, { "within", F }, { "without", F },
	{ "work", N }, { "works", N }, { "would", A }, { "wouldn", A },
	{ "write", N }, { "writer", W | N }, { "writes", N },
	{ "writing", N }, { "written", N }, { "wrote", N }, { "year", F },
	{ "yet", F }, { "you", F }, { "your", F }
};

enum { LONGEST = 14, ENTRIES = sizeof(lexicon) / sizeof(lexicon[0]) };

unsigned
lexicon_look(const char *word, size_t len)
{
	char folded[LONGEST + 1];
	size_t lo = 0, hi = ENTRIES, mid, i;
	int order;

	if (len > LONGEST)
		return 0;
	for (i = 0; i < len; i++)
		folded[i] = (char)(word[i] >= 'A' && word[i] <= 'Z' ?
		    word[i] | 0x20 : word[i]);
	folded[len] = '\0';
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		order = *folded - *lexicon[mid].word;
		if (order == 0)
			order = strcmp(folded, lexicon[mid].word);
		if (order == 0)
			return lexicon[mid].what;
		if (order < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return 0;
}
