/* The texts of prompts/, compiled in by lib/llm/embed.sh. */
#ifndef LLM_PROMPTS_H
#define LLM_PROMPTS_H

struct prompt_text {
	const char *name;	/* "ask.en"; NULL ends the table */
	const char *text;
};

extern const struct prompt_text prompt_texts[];

#endif
