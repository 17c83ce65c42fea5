# Does agreement tell right answers from wrong ones?  Of agreement.jq's rows the
# area under the ROC curve: of all pairs of a right and a wrong answer the share
# where the right one agrees more, equals half; with the interval that holds
# 95 % of 1000 resamples of the records.  -v what=NAME.
BEGIN { FS = OFS = "\t" }
{
	if (!($1 in n)) {
		name[++names] = $1
		n[$1] = 0
	}
	x[$1, n[$1]] = $2
	y[$1, n[$1]++] = $3
	right[$1] += $3
}
function above(a, b) {
	return a + 0 > b + 0 ? 1 : a + 0 == b + 0 ? 0.5 : 0
}
# Of the m records pick[]; below 0 without either kind.
function auc(w, m,	i, j, r, sum) {
	r = 0
	for (i = 0; i < m; i++)
		if (y[w, pick[i]] && ++r)
			for (j = 0; j < m; j++)
				if (!y[w, pick[j]])
					sum += above(x[w, pick[i]], x[w, pick[j]])
	return r == 0 || r == m ? -1 : sum / (r * (m - r))
}
END {
	seed = 1
	for (k = 1; k <= names; k++) {
		w = name[k]
		m = n[w]
		for (i = 0; i < m; i++)
			pick[i] = i
		all = auc(w, m)
		if (all < 0) {
			printf "%s\tagreement: all %d are alike for %s\n", what,
			    m, w
			continue
		}
		for (t = got = 0; t < 1000; t++) {
			for (i = 0; i < m; i++) {
				seed = seed * 48271 % 2147483647
				pick[i] = seed % m
			}
			if ((a = auc(w, m)) < 0)
				continue
			for (i = got++; i > 0 && s[i - 1] > a; i--)
				s[i] = s[i - 1]
			s[i] = a
		}
		printf "%s\tagreement, AUC for %s\t%d\t%d\t%.2f\t%.2f\t%.2f\n",
		    what, w, m, right[w], all, s[int(got * 0.025)],
		    s[int(got * 0.975)]
	}
}
