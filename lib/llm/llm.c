#include "llm/llm.h"

#define AT(field) offsetof(struct llm_opt, field)

const struct opt llm_opts[] = {
	{ "model", 'm', OPT_TEXT, OPT_ENV | OPT_TOP, "NAME", NULL, AT(model),
	    0, "model to ask" },
	{ "base-url", 'u', OPT_TEXT, OPT_ENV | OPT_TOP, "URL", NULL,
	    AT(base_url), 0, "endpoint, such as http://127.0.0.1:8080/v1" },
	{ "api", 0, OPT_CHOICE, OPT_ENV, "chat|azure", "chat", AT(api), 0,
	    "shape of the URL and of the key header" },
	{ "key-file", 0, OPT_TEXT, OPT_ENV | OPT_KEY, "FILE", NULL, AT(key_file), 0,
	    "read the API key from FILE (or from AC_API_KEY)" },
	{ "prompt", 'p', OPT_TEXT, OPT_ENV | OPT_TOP, "FILE|NAME", NULL,
	    AT(prompt), 0, "prompt text, see ac-prompt(5)" },
	{ "lang", 0, OPT_TEXT, 0, "CODE", NULL, AT(lang), 0,
	    "language of the prompt: en, zh (else the text's)" },
	{ "define", 'D', OPT_LIST, OPT_ONCE, "NAME=VALUE", NULL, AT(define),
	    0, "fill the hole {{NAME}} of the prompt" },
	{ "seed", 0, OPT_TEXT, OPT_ENV, "N", NULL, AT(seed), 0,
	    "send seeds made from N, the record and the sample" },
	{ "set", 0, OPT_LIST, OPT_ONCE, "NAME=JSON", NULL, AT(set), 0,
	    "one more member of every request" },
	{ "allow-truncated", 0, OPT_FLAG, 0, NULL, NULL, AT(allow_truncated),
	    0, "take free text that was cut at the token limit" },
	{ "jobs", 'j', OPT_COUNT, OPT_ENV | OPT_TOP, "N", "16", AT(jobs), 1,
	    "most requests in flight at once" },
	{ "retries", 0, OPT_COUNT, OPT_ENV, "N", "5", AT(retries), 0,
	    "how often a request is tried again" },
	{ "timeout", 0, OPT_DURATION, OPT_ENV, "DUR", "600s", AT(timeout), 0,
	    "limit of one try" },
	{ "connect-timeout", 0, OPT_DURATION, OPT_ENV, "DUR", "10s",
	    AT(connect_timeout), 0, "limit of connecting" },
	{ "deadline", 0, OPT_DURATION, 0, "DUR", "30m", AT(deadline), 0,
	    "limit of one request with all its waits" },
	{ "give-up", 0, OPT_COUNT, OPT_ENV, "N", "20", AT(give_up), 1,
	    "stop after N failed requests in a row" },
	{ "max-requests", 0, OPT_COUNT, 0, "N", NULL, AT(max_requests), 1,
	    "stop with 77 when N requests have been sent" },
	{ "cacert", 0, OPT_TEXT, 0, "FILE", NULL, AT(cacert), 0,
	    "certificates to trust in place of the system's" },
	{ "unordered", 0, OPT_FLAG, 0, NULL, NULL, AT(unordered), 0,
	    "write records as they get ready" },
	{ "cache", 0, OPT_TEXT, OPT_ENV | OPT_EMPTY, "DIR", NULL, AT(cache),
	    0, "where replies are kept (default: ~/.cache/ac)" },
	{ "no-cache", 0, OPT_FLAG, 0, NULL, NULL, AT(no_cache), 0,
	    "neither look replies up nor keep them" },
	{ "fresh", 0, OPT_FLAG, 0, NULL, NULL, AT(fresh), 0,
	    "ask again and replace what the cache has" },
	{ "cache-ns", 0, OPT_TEXT, OPT_ENV, "NAME", NULL, AT(cache_ns), 0,
	    "name that stands for the base URL in the cache" },
	{ "offline", 0, OPT_FLAG, 0, NULL, NULL, AT(offline), 0,
	    "answer from the cache alone" },
	{ "dry-run", 'n', OPT_FLAG, OPT_ONCE | OPT_TOP, NULL, NULL,
	    AT(dry_run), 0, "print the requests and send none" },
	{ "provenance", 0, OPT_FLAG, 0, NULL, NULL, AT(provenance), 0,
	    "add a member that says model, prompt and sampling" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

const struct opt llm_ask_opts[] = {
	{ "temperature", 't', OPT_NUMBER, OPT_ENV | OPT_TOP, "X", "0.85",
	    AT(temperature), 0, "sampling temperature" },
	{ "max-tokens", 0, OPT_COUNT, OPT_ENV, "N", "1024",
	    AT(max_tokens), 1, "most tokens of a reply" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

const struct opt llm_answer_opts[] = {
	{ "temperature", 't', OPT_NUMBER, OPT_ENV | OPT_TOP, "X", "0.2",
	    AT(temperature), 0, "sampling temperature" },
	{ "max-tokens", 0, OPT_COUNT, OPT_ENV, "N", "4096",
	    AT(max_tokens), 1, "most tokens of a reply" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};
