# ShareGPT conversations: jq -c -f sharegpt.jq answered.ndjson > train.jsonl
select(.answer and (.error | not)) | {conversations: [
	{from: "human", value: .question},
	{from: "gpt", value: .answer}]}
