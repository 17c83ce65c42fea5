"""Loads exported training data as trainers do, and says what is wrong.

usage: export.py FORMAT FILE [SYSTEM]

The file goes through `datasets`, which must find one schema for all lines.
Then each row becomes a list of (role, text), by the rules that trainers state
for the format: `messages` of role and content (OpenAI, TRL, axolotl),
`conversations` of from and value (ShareGPT), `instruction`, `input` and
`output` (Alpaca), or the two columns of plain pairs.
"""
import json
import sys

import datasets

form, path = sys.argv[1:3]
system = sys.argv[3:]
FROM = {"system": "system", "human": "user", "gpt": "assistant"}
COLUMNS = {
    "openai": ["messages"],
    "sharegpt": ["conversations"],
    "alpaca": ["instruction", "input", "output"] + ["system"] * len(system),
    "qa": ["question", "answer"],
}


def turns(row):
    if form == "openai":
        return [(m["role"], m["content"]) for m in row["messages"]]
    if form == "sharegpt":
        return [(FROM[m["from"]], m["value"]) for m in row["conversations"]]
    if form == "alpaca":
        user = "\n".join(filter(None, [row["instruction"], row["input"]]))
        first = [("system", row["system"])] if "system" in row else []
        return first + [("user", user), ("assistant", row["output"])]
    return [("user", row["question"]), ("assistant", row["answer"])]


datasets.disable_progress_bars()
data = datasets.load_dataset("json", data_files=path, split="train")
with open(path, encoding="utf-8") as f:
    lines = [json.loads(line) for line in f]
assert len(data) == len(lines) > 0, f"{len(data)} rows of {len(lines)} lines"
assert data.column_names == COLUMNS[form], data.column_names
roles = ["system"] * (len(system) and form != "qa") + ["user", "assistant"]
for number, (row, line) in enumerate(zip(data, lines), 1):
    got = turns(row)
    assert row == line, f"row {number} is not its line"
    assert [role for role, _ in got] == roles, f"row {number}: {got}"
    assert all(text.strip() for _, text in got), f"row {number}: blank text"
print(f"{form}{' with a system prompt' if system else ''}: {len(data)} rows,"
      f" columns {', '.join(data.column_names)}")
