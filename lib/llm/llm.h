/*
 * Settings of the commands that call a model (augcon(7), ENDPOINT).
 */
#ifndef LLM_LLM_H
#define LLM_LLM_H

#include "base/opt.h"

struct llm_opt {
	const char *model, *base_url, *key_file, *prompt, *lang;
	const char *cache, *cache_ns, *seed, *cacert;
	struct opt_list define, set;
	double temperature, timeout, connect_timeout, deadline;
	unsigned long max_tokens, jobs, retries, give_up, max_requests;
	int api, allow_truncated, unordered, no_cache, fresh, offline;
	int dry_run, format, provenance;
};

enum llm_api { LLM_CHAT, LLM_AZURE };

/* What all have, and sampling: a question wants variety, an answer none. */
extern const struct opt llm_opts[], llm_ask_opts[], llm_answer_opts[];

#endif
