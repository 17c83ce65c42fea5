# OpenAI chat messages: jq -c -f openai.jq answered.ndjson > train.jsonl
select(.answer and (.error | not)) | {messages: [
	{role: "user", content: .question},
	{role: "assistant", content: .answer}]}
