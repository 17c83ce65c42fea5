# Alpaca: jq -c -f alpaca.jq answered.ndjson > train.jsonl
# (one array: jq -c -f alpaca.jq answered.ndjson | jq -s . > train.json)
select(.answer and (.error | not)) |
	{instruction: .question, input: "", output: .answer}
