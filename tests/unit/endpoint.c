/* Where requests go: URLs, sockets, keys, what stands in cache keys. */
#include <stdlib.h>

#include "base/die.h"
#include "check.h"
#include "llm/endpoint.h"
#include "llm/url.h"

static struct endpoint e;
static struct buf why;

/* Opens an endpoint of this base URL; 0 or -1. */
static int
opens(const char *base, int api)
{
	struct llm_opt opt = { .base_url = base, .api = api };
	int r;

	endpoint_close(&e);
	buf_reset(&why);
	r = endpoint_open(&e, &opt, &why);
	CHECK((r < 0) == (why.len > 0));
	return r;
}

static void
test_url(void)
{
	CHECK(opens("http://127.0.0.1:8080/v1", LLM_CHAT) == 0);
	CHECK_STR(e.url[0], "http://127.0.0.1:8080/v1/chat/completions");
	CHECK_STR(e.space, e.url[0]);
	CHECK_STR(e.url[1], "http://127.0.0.1:8080/v1/embeddings");
	CHECK_STR(e.url[2], "http://127.0.0.1:8080/v1/completions");
	CHECK(e.loopback && e.socket == NULL && e.header == NULL);
	CHECK(opens("https://x.example/v1/", LLM_COMPLETIONS) == 0);
	CHECK_STR(e.url[0], "https://x.example/v1/completions");
	CHECK(!e.loopback);
	CHECK(opens("https://x.example/d?api-version=1", LLM_AZURE) == 0);
	CHECK_STR(e.url[0],
	    "https://x.example/d/chat/completions?api-version=1");
	CHECK_STR(e.space, e.url[0]);
	CHECK(opens("https://x.example/d?key=s", LLM_CHAT) == 0);
	CHECK_STR(e.url[0], "https://x.example/d/chat/completions?key=s");
	CHECK_STR(e.space, "https://x.example/d/chat/completions");
}

static void
test_socket(void)
{
	static const char *const same[] = { "unix:/run/a.sock:/v1",
	    "unix:///run/a.sock:/v1/", "http+unix://%2Frun%2Fa.sock/v1",
	    "http+unix://%2frun%2fa%2Esock/v1",
	    "http+unix:///run/a.sock:/v1" };
	static const char *const bad[] = { "unix:", "unix:a.sock:/v1",
	    "unix://a.sock/v1", "http+unix://a.sock/v1",
	    "http+unix://%2Frun%2/v1", "http+unix://%2Fr%00/v1",
	    "http+unix://", "https+unix://%2Fa/v1", "unix:/a b:/v1" };
	char path[200];
	size_t i;

	for (i = 0; i < sizeof(same) / sizeof(*same); i++) {
		CHECK(opens(same[i], LLM_CHAT) == 0);
		CHECK_STR(e.socket, "/run/a.sock");
		CHECK_STR(e.url[0], "http://localhost/v1/chat/completions");
		/* Two sockets are two servers. */
		CHECK_STR(e.space, "unix:/run/a.sock:http://localhost/v1/chat/"
		    "completions");
		CHECK(e.loopback);
	}
	CHECK(opens("unix:/run/a.sock", LLM_COMPLETIONS) == 0);
	CHECK_STR(e.socket, "/run/a.sock");
	CHECK_STR(e.url[0], "http://localhost/completions");
	CHECK(opens("unix:/run/a:b:/v1?x=1", LLM_CHAT) == 0);
	CHECK_STR(e.socket, "/run/a:b");
	CHECK_STR(e.url[0], "http://localhost/v1/chat/completions?x=1");
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		if (opens(bad[i], LLM_CHAT) == 0)
			printf("%s\n", bad[i]);
		CHECK(opens(bad[i], LLM_CHAT) < 0);
	}
	memset(path, 'a', sizeof(path));
	memcpy(path, "unix:/", 6);
	path[sizeof(path) - 1] = '\0';
	CHECK(opens(path, LLM_CHAT) < 0);
	CHECK(strstr(why.s, "longer than") != NULL);
}

static void
test_key(void)
{
	setenv("AC_API_KEY", "secret-key", 1);
	CHECK(opens("unix:/run/a.sock:/v1", LLM_CHAT) == 0);
	CHECK_STR(e.header, "Authorization: Bearer secret-key");
	CHECK(opens("https://x.example/d", LLM_AZURE) == 0);
	CHECK_STR(e.header, "api-key: secret-key");
	CHECK(opens("http://x.example/v1", LLM_CHAT) < 0);
	CHECK(opens("https://u:p@x.example/v1", LLM_CHAT) < 0);
	unsetenv("AC_API_KEY");
	/* OpenAI's goes only where it was meant to go. */
	setenv("OPENAI_API_KEY", "secret-key", 1);
	CHECK(opens("unix:/run/a.sock:/v1", LLM_CHAT) == 0);
	CHECK(e.header == NULL);
	setenv("OPENAI_BASE_URL", "unix:///run/a.sock:/v1", 1);
	CHECK(opens("unix:/run/a.sock:/v1", LLM_CHAT) == 0);
	CHECK(e.header != NULL);
	CHECK(opens("unix:/run/b.sock:/v1", LLM_CHAT) == 0);
	CHECK(e.header == NULL);
	CHECK(opens("https://api.openai.com/v1", LLM_CHAT) == 0);
	CHECK(e.header != NULL);
	unsetenv("OPENAI_API_KEY");
	unsetenv("OPENAI_BASE_URL");
}

int
main(void)
{
	unsetenv("OPENAI_API_KEY");
	unsetenv("OPENAI_BASE_URL");
	test_url();
	test_socket();
	test_key();
	endpoint_close(&e);
	buf_free(&why);
	return check_end("endpoint");
}
