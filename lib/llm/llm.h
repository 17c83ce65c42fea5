/*
 * Settings of the commands that call a model (augcon(7), ENDPOINT).
 */
#ifndef LLM_LLM_H
#define LLM_LLM_H

#include "base/opt.h"

enum llm_api { LLM_CHAT, LLM_COMPLETIONS, LLM_AZURE };

/* What a call wants of the endpoint (flow.h). */
enum llm_want { LLM_ANSWER, LLM_EMBEDDING, LLM_CHOICES, LLM_ECHO };

struct llm_opt {
	/* What is asked. */
	const char *model, *prompt, *lang, *seed;
	struct opt_list define, set, drop_param, rename_param;
	double temperature;
	unsigned long max_tokens;
	int api, stream, allow_truncated, grow_max_tokens, strict_prompt;
	int provenance;

	/* What is kept. */
	const char *cache, *cache_ns, *replies;
	int no_cache, fresh, offline, fsync, dry_run, format, unordered;

	/* Where it goes, how fast, how long, for how much. */
	const char *base_url, *key_file, *cacert, *rate, *price;
	double timeout, connect_timeout, deadline, max_cost;
	unsigned long jobs, global_jobs, tpm, retries, give_up;
	unsigned long max_requests, max_response;
	int fixed, at_most_once, http2;
};

/*
 * Tables for a command's groups: every request and what is kept of it, the
 * wire, prompts, and sampling (a question wants variety, an answer none).
 */
extern const struct opt llm_opts[], llm_wire_opts[], llm_prompt_opts[];
extern const struct opt llm_ask_opts[], llm_answer_opts[];

#endif
