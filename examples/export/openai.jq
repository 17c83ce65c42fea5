# OpenAI chat messages: jq -c -f openai.jq answered.ndjson > train.jsonl
#	--arg system TEXT	a system message first
#	--arg keep doc,id	these members of the record, too
# Left out: failed records, worse questions (label 0), failed checks.
def text: type == "string" and test("\\S");
def whole: (.question | text) and (.answer | text) and (.error | not) and
	.label != 0 and [.checks[]? | objects] == [];
def kept: ($ARGS.named.keep // "" | split(",")) as $k |
	with_entries(select(.key | IN($k[])));
def system(f): $ARGS.named.system // empty | f;

select(whole) | {messages: [
	system({role: "system", content: .}),
	{role: "user", content: .question},
	{role: "assistant", content: .answer}]} + kept
