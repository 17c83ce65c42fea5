# Plain pairs: jq -c -f qa.jq answered.ndjson > train.jsonl
select(.answer and (.error | not)) | {question, answer}
