#include "dedup_run.h"

#include "base/die.h"

static void
open_all(struct dedup_job *j, struct filter *f, const struct filter_opt *fo,
    const struct llm_opt *lo, const struct dedup_files *extra, char **files,
    size_t n)
{
	struct buf why = BUF_INIT;
	int code = filter_open(f, fo, files, n, &why);

	if (code == AC_DONE && j->verdicts.by_cosine)
		j->vectors.embedder = embedder_open(f, lo, &code, &why);
	if (code == AC_DONE &&
	    dedup_files_open(extra, j, files, n, &why) < 0)
		code = AC_IO;
	if (code != AC_DONE) {
		out_abandon(&f->out);
		die(code, "%s", buf_cstr(&why));
	}
	dedup_job_init(j);
}

int
dedup_run(struct dedup_job *j, const struct filter_opt *fo,
    const struct llm_opt *lo, const struct dedup_files *extra, char **files,
    size_t n)
{
	struct filter f;
	struct buf why = BUF_INIT;
	int code = AC_DONE;

	open_all(j, &f, fo, lo, extra, files, n);
	if (dedup_job_run(j, &f) < 0)
		code = j->code != AC_DONE ? j->code : AC_IO;
	else if (!lo->dry_run)
		dedup_job_tell(j, &f);
	if (dedup_files_close(j, code == AC_DONE, &why) < 0 &&
	    code == AC_DONE) {
		code = AC_IO;
		buf_str(&f.why, buf_cstr(&why));
	}
	buf_free(&why);
	dedup_job_free(j);
	return filter_close(&f, code);
}
