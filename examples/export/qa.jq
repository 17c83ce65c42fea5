# Plain pairs: jq -c -f qa.jq answered.ndjson > train.jsonl
#	--arg keep doc,id	these members of the record, too
# Left out: failed records, worse questions (label 0), failed checks.
def text: type == "string" and test("\\S");
def whole: (.question | text) and (.answer | text) and (.error | not) and
	.label != 0 and [.checks[]? | objects] == [];
def kept: ($ARGS.named.keep // "" | split(",")) as $k |
	with_entries(select(.key | IN($k[])));

select(whole) | {question, answer} + kept
