#include "llm/http_curl.h"

#include <dlfcn.h>
#include <string.h>

/* The ABI has been the same since 2006; only its file's name varies. */
static const char *const files[] = { "libcurl.so.4", "libcurl.4.dylib",
    "libcurl-gnutls.so.4", "libcurl.so" };

static void *
load(struct buf *why)
{
	void *library;
	size_t i;

	for (i = 0; i < sizeof(files) / sizeof(*files); i++) {
		library = dlopen(files[i], RTLD_NOW | RTLD_LOCAL);
		if (library != NULL)
			return library;
	}
	buf_fmt(why, "cannot load libcurl (%s); is it installed?", files[0]);
	return NULL;
}

int
curl_load(struct curl *c, struct buf *why)
{
	const struct {
		const char *name;
		void *to;		/* a pointer to a function */
	} all[] = {
		{ "curl_global_init", &c->global_init },
		{ "curl_global_cleanup", &c->global_cleanup },
		{ "curl_easy_init", &c->easy_init },
		{ "curl_easy_setopt", &c->easy_setopt },
		{ "curl_easy_getinfo", &c->easy_getinfo },
		{ "curl_easy_strerror", &c->easy_strerror },
		{ "curl_easy_cleanup", &c->easy_cleanup },
		{ "curl_multi_init", &c->multi_init },
		{ "curl_multi_setopt", &c->multi_setopt },
		{ "curl_multi_add_handle", &c->multi_add_handle },
		{ "curl_multi_remove_handle", &c->multi_remove_handle },
		{ "curl_multi_socket_action", &c->multi_socket_action },
		{ "curl_multi_info_read", &c->multi_info_read },
		{ "curl_multi_cleanup", &c->multi_cleanup },
		{ "curl_slist_append", &c->slist_append },
		{ "curl_slist_free_all", &c->slist_free_all },
		{ "curl_url", &c->url },
		{ "curl_url_set", &c->url_set },
		{ "curl_url_cleanup", &c->url_cleanup }
	};
	void *found;
	size_t i;

	c->library = load(why);
	if (c->library == NULL)
		return -1;
	for (i = 0; i < sizeof(all) / sizeof(*all); i++) {
		found = dlsym(c->library, all[i].name);
		if (found == NULL) {
			buf_fmt(why, "libcurl is too old: it has no %s",
			    all[i].name);
			return -1;
		}
		/* POSIX lets a function's address be held so. */
		memcpy(all[i].to, &found, sizeof(found));
	}
	return 0;
}
