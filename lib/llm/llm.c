#include "llm/llm.h"

#define AT(field) offsetof(struct llm_opt, field)

const struct opt llm_opts[] = {
	{ "model", 'm', OPT_TEXT, OPT_ENV | OPT_TOP, "NAME", NULL, AT(model),
	    0, "model to ask" },
	{ "set", 0, OPT_LIST, OPT_ONCE, "NAME=JSON", NULL, AT(set), 0,
	    "one more member of every request" },
	{ "drop-param", 0, OPT_LIST, OPT_ONCE, "NAME", NULL, AT(drop_param), 0,
	    "leave a member out of every request" },
	{ "rename-param", 0, OPT_LIST, OPT_ONCE, "OLD=NEW", NULL,
	    AT(rename_param), 0, "send a member under another name" },
	{ "api", 0, OPT_CHOICE, OPT_ENV, "chat|completions|azure", "chat",
	    AT(api), 0, "shape of requests, of the URL and of the key header" },
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
	{ "fsync", 0, OPT_FLAG, 0, NULL, NULL, AT(fsync), 0,
	    "replies and records survive a loss of power" },
	{ "dry-run", 'n', OPT_FLAG, OPT_ONCE | OPT_TOP, NULL, NULL,
	    AT(dry_run), 0, "print the requests and send none" },
	{ "format", 0, OPT_CHOICE, OPT_ONCE, "batch", NULL, AT(format), 0,
	    "of --dry-run: lines of OpenAI's Batch API" },
	{ "replies", 0, OPT_TEXT, OPT_ONCE, "FILE", NULL, AT(replies), 0,
	    "take replies from a batch engine, ask nothing" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

const struct opt llm_prompt_opts[] = {
	{ "prompt", 'p', OPT_TEXT, OPT_ENV | OPT_TOP, "FILE|NAME", NULL,
	    AT(prompt), 0, "prompt text, see ac-prompt(5)" },
	{ "lang", 0, OPT_TEXT, 0, "CODE", NULL, AT(lang), 0,
	    "language of the prompt: en, zh (else the text's)" },
	{ "define", 'D', OPT_LIST, OPT_ONCE, "NAME=VALUE", NULL, AT(define),
	    0, "fill the hole {{NAME}} of the prompt" },
	{ "seed", 0, OPT_TEXT, OPT_ENV, "N", NULL, AT(seed), 0,
	    "send seeds made from N, the record and the sample" },
	{ "stream", 0, OPT_FLAG, OPT_ENV, NULL, NULL, AT(stream), 0,
	    "have replies sent piece by piece" },
	{ "allow-truncated", 0, OPT_FLAG, 0, NULL, NULL, AT(allow_truncated),
	    0, "take free text that was cut at the token limit" },
	{ "grow-max-tokens", 0, OPT_FLAG, 0, NULL, NULL, AT(grow_max_tokens),
	    0, "ask a cut reply once more, for twice the tokens" },
	{ "strict-prompt", 0, OPT_FLAG, 0, NULL, NULL, AT(strict_prompt), 0,
	    "fail where the server seems to cut the prompt" },
	{ "unordered", 0, OPT_FLAG, 0, NULL, NULL, AT(unordered), 0,
	    "write records as they get ready" },
	{ "provenance", 0, OPT_FLAG, 0, NULL, NULL, AT(provenance), 0,
	    "add a member that says model, prompt and sampling" },
	{ NULL, 0, OPT_FLAG, 0, NULL, NULL, 0, 0, NULL }
};

const struct opt llm_wire_opts[] = {
	{ "base-url", 'u', OPT_TEXT, OPT_ENV | OPT_TOP, "URL", NULL,
	    AT(base_url), 0, "endpoint, such as http://127.0.0.1:8080/v1" },
	{ "key-file", 0, OPT_TEXT, OPT_ENV | OPT_KEY, "FILE", NULL,
	    AT(key_file), 0,
	    "read the API key from FILE (or from AC_API_KEY)" },
	{ "cacert", 0, OPT_TEXT, OPT_ENV, "FILE", NULL, AT(cacert), 0,
	    "certificates to trust in place of the system's" },
	{ "http2", 0, OPT_FLAG, 0, NULL, NULL, AT(http2), 0,
	    "speak HTTP/2 over https" },
	{ "jobs", 'j', OPT_COUNT, OPT_ENV | OPT_TOP, "N", "16", AT(jobs), 1,
	    "most requests in flight at once" },
	{ "fixed", 0, OPT_FLAG, 0, NULL, NULL, AT(fixed), 0,
	    "hold --jobs in flight, whatever the server shows" },
	{ "global-j", 0, OPT_COUNT, OPT_ENV, "N", NULL, AT(global_jobs), 1,
	    "most in flight, all processes of the machine" },
	{ "rate", 0, OPT_TEXT, OPT_ENV, "N/s|N/m|N/h", NULL, AT(rate), 0,
	    "most requests, all processes of the machine" },
	{ "tpm", 0, OPT_COUNT, OPT_ENV, "N", NULL, AT(tpm), 1,
	    "most tokens a minute, likewise" },
	{ "retries", 0, OPT_COUNT, OPT_ENV, "N", "5", AT(retries), 0,
	    "how often a request is tried again" },
	{ "at-most-once", 0, OPT_FLAG, 0, NULL, NULL, AT(at_most_once), 0,
	    "never send again what may have been answered" },
	{ "timeout", 0, OPT_DURATION, OPT_ENV, "DUR", "600s", AT(timeout), 0,
	    "limit of one try" },
	{ "connect-timeout", 0, OPT_DURATION, OPT_ENV, "DUR", "10s",
	    AT(connect_timeout), 0, "limit of connecting" },
	{ "deadline", 0, OPT_DURATION, 0, "DUR", "30m", AT(deadline), 0,
	    "limit of one request with all its waits" },
	{ "give-up", 0, OPT_COUNT, OPT_ENV, "N", "20", AT(give_up), 1,
	    "stop after N failed requests in a row" },
	{ "max-response", 0, OPT_SIZE, 0, "BYTES", "16M", AT(max_response),
	    1024, "refuse a reply of more bytes" },
	{ "price", 0, OPT_TEXT, OPT_ENV, "IN,OUT", NULL, AT(price), 0,
	    "money for a million tokens in, and out" },
	{ "max-cost", 0, OPT_NUMBER, 0, "X", NULL, AT(max_cost), 1,
	    "stop with 77 before more than X is spent" },
	{ "max-requests", 0, OPT_COUNT, 0, "N", NULL, AT(max_requests), 1,
	    "stop with 77 when N requests have been sent" },
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
