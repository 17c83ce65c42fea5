/*
 * A cache file that something has changed: the reply is the one that was
 * kept, or it is a miss, never another one.  The input's first byte says
 * what is done: 0 the file is the rest of the input; 1 cut short; 2 more
 * behind it; 3 a burst of at most 4 bytes, which CRC-32C must find.
 */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crc32c.h"
#include "llm/cache.h"
#include "fuzz.h"

static char *dir, path[300], key[CACHE_KEY + 1];

static void
remove_all(void)
{
	char sub[300];

	unlink(path);
	snprintf(sub, sizeof(sub), "%s/%.2s", dir, key);
	rmdir(sub);
	rmdir(dir);
}

static void
begin(void)
{
	static char name[200];
	char sub[300];
	const char *tmp = getenv("TMPDIR");
	struct cache none = { .dir = NULL };

	snprintf(name, sizeof(name), "%s/fuzz-cache-XXXXXX",
	    tmp != NULL ? tmp : "/tmp");
	dir = mkdtemp(name);
	MUST(dir != NULL);
	cache_key(&none, "space", "{}", 2, 0, key);
	cache_close(&none);
	snprintf(sub, sizeof(sub), "%s/%.2s", dir, key);
	MUST(mkdir(sub, 0700) == 0);
	snprintf(path, sizeof(path), "%s/%.2s/%s", dir, key, key + 2);
	atexit(remove_all);
}

static void
read_file(struct buf *b)
{
	FILE *f = fopen(path, "rb");
	int c;

	MUST(f != NULL);
	while ((c = getc(f)) != EOF)
		buf_byte(b, c);
	fclose(f);
}

static void
write_file(const char *s, size_t len)
{
	FILE *f = fopen(path, "wb");

	MUST(f != NULL && fwrite(s, 1, len, f) == len);
	MUST(fclose(f) == 0);
}

/* The file as a whole is the input: a reply is its end, with the right sum. */
static void
whole(struct cache *c, const uint8_t *data, size_t len)
{
	struct buf got = BUF_INIT;
	char sum[40];

	write_file((const char *)data, len);
	if (cache_get(c, key, &got)) {
		MUST(got.len <= len && (got.len == 0 || memcmp(got.s,
		    data + len - got.len, got.len) == 0));
		snprintf(sum, sizeof(sum), "%lu",
		    (unsigned long)crc32c(got.s, got.len));
		MUST(memcmp(data, "{", 1) == 0);
	} else
		MUST(got.len == 0);
	buf_free(&got);
}

/* The bytes after `at` are at most 4, or_'d in; returns where. */
static void
damage(struct buf *b, int how, size_t at, const uint8_t *with, size_t n)
{
	size_t i;

	at = at % (b->len + 1);
	if (how == 1)
		b->len = at;
	else if (how == 2)
		buf_add(b, with, n);
	else
		for (i = 0; i < n && i < 4 && at + i < b->len; i++)
			b->s[at + i] = (char)(b->s[at + i] ^ with[i]);
}

static void
changed(struct cache *c, int how, const uint8_t *data, size_t len)
{
	struct buf reply = BUF_INIT, file = BUF_INIT, got = BUF_INIT;
	struct buf why = BUF_INIT;
	size_t at = (size_t)data[0] << 8 | data[1];
	const char *sent = data[2] & 1 ? "{\"length\":7,\"crc\":9}\n" : NULL;

	buf_add(&reply, data + 3, len - 3);
	unlink(path);
	MUST(cache_put(c, key, sent, &reply, 0, &why) == 0);
	MUST(cache_get(c, key, &got));
	MUST(got.len == len - 3 &&
	    memcmp(buf_cstr(&got), data + 3, got.len) == 0);
	read_file(&file);
	damage(&file, how, at, data + 3, len - 3);
	write_file(buf_cstr(&file), file.len);
	buf_reset(&got);
	if (cache_get(c, key, &got))
		MUST(got.len == reply.len &&
		    memcmp(buf_cstr(&got), data + 3, got.len) == 0);
	else
		MUST(access(path, F_OK) < 0);
	buf_free(&reply);
	buf_free(&file);
	buf_free(&got);
	buf_free(&why);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct cache c = { .dir = NULL };
	struct buf why = BUF_INIT;

	if (dir == NULL)
		begin();
	if (len < 4)
		return 0;
	MUST(cache_open(&c, dir, &why) == 0);
	if (data[0] % 4 == 0)
		whole(&c, data + 1, len - 1);
	else
		changed(&c, data[0] % 4, data + 1, len - 1);
	cache_close(&c);
	buf_free(&why);
	return 0;
}
