/*
 * libcurl, loaded when it is first needed: with the libraries behind it, it
 * takes some 10 ms to load, and most runs of a filter ask no server at all,
 * or find every answer in the cache.  Functions have the names that libcurl
 * gives them, without curl_.
 */
#ifndef LLM_HTTP_CURL_H
#define LLM_HTTP_CURL_H

#include <curl/curl.h>

#include "base/buf.h"

struct curl {
	void *library;
	CURLcode (*global_init)(long);
	void (*global_cleanup)(void);
	CURL *(*easy_init)(void);
	CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
	CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
	const char *(*easy_strerror)(CURLcode);
	void (*easy_cleanup)(CURL *);
	CURLM *(*multi_init)(void);
	CURLMcode (*multi_setopt)(CURLM *, CURLMoption, ...);
	CURLMcode (*multi_add_handle)(CURLM *, CURL *);
	CURLMcode (*multi_remove_handle)(CURLM *, CURL *);
	CURLMcode (*multi_socket_action)(CURLM *, curl_socket_t, int, int *);
	CURLMsg *(*multi_info_read)(CURLM *, int *);
	CURLMcode (*multi_cleanup)(CURLM *);
	struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
	void (*slist_free_all)(struct curl_slist *);
	CURLU *(*url)(void);
	CURLUcode (*url_set)(CURLU *, CURLUPart, const char *, unsigned);
	void (*url_cleanup)(CURLU *);
};

/* 0, or -1 and *why.  It stays loaded. */
int curl_load(struct curl *, struct buf *why);

#endif
