# Alpaca: jq -c -f alpaca.jq answered.ndjson > train.jsonl
# (one array: jq -c -f alpaca.jq answered.ndjson | jq -s . > train.json)
#	--arg system TEXT	as "system", which not every trainer reads
#	--arg keep doc,id	these members of the record, too
# Left out: failed records, worse questions (label 0), failed checks.
def text: type == "string" and test("\\S");
def whole: (.question | text) and (.answer | text) and (.error | not) and
	.label != 0 and [.checks[]? | objects] == [];
def kept: ($ARGS.named.keep // "" | split(",")) as $k |
	with_entries(select(.key | IN($k[])));
def system: ($ARGS.named.system // null) as $s |
	if $s == null then {} else {system: $s} end;

select(whole) |
	{instruction: .question, input: "", output: .answer} + system + kept
