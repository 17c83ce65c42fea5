#!/bin/sh
# Every example runs, against the scripted server.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start
ex=$top/examples

# have PROGRAM: is there; else the case is skipped.
have() {
	command -v "$1" > /dev/null && return 0
	skip "no $1"
	return 1
}

# In all scripts, at least the grammar is right.
begin grammar
for f in "$ex"/*.sh "$ex"/*/*.sh "$ex"/*.sbatch; do
	check "$f" sh -n "$f"
done

begin tree
if have jq; then
	server
	contexts 17 > chunks.ndjson
	# One root always fails, one line is no record.
	printf '{"id":"bad","context":"%s %s"}\n' \
	    'The gate is shut. @@refusal@@ It stays shut.' \
	    'Nobody has the key.' >> chunks.ndjson
	echo '{"id":"torn","conte' >> chunks.ndjson
	run 0 sh "$ex/tree/inside.sh" chunks.ndjson inside.ndjson \
	    --max-errors 100%
	check 'trees have grown' [ "$(lines inside.ndjson)" -gt 60 ]
	has inside.ndjson '"code":"refused"'
	has inside.ndjson '"code":"bad_json"'
	run 0 sh "$ex/tree/levels.sh" chunks.ndjson levels.ndjson
	same levels.ndjson inside.ndjson
	run 0 sh "$ex/tree/xargs.sh" chunks.ndjson xargs.ndjson
	same xargs.ndjson inside.ndjson
	if have parallel; then
		run 0 sh "$ex/tree/parallel.sh" chunks.ndjson \
		    parallel.ndjson --max-errors 100%
		same parallel.ndjson inside.ndjson
	fi
	# Without a model, too.
	sed '/@@/d' chunks.ndjson > plain.ndjson
	for way in inside levels xargs; do
		run 0 sh "$ex/tree/$way.sh" plain.ndjson "by-$way.ndjson" \
		    --by cohesion --max-errors 100%
		same "by-$way.ndjson" by-inside.ndjson
	done
fi

# Two documents for the build.
documents() {
	mkdir -p doc
	cat > doc/tides.md <<'END'
# Tides

The sea rises and falls twice a day. The moon pulls the water towards itself,
and a bulge forms below it. A second bulge forms on the far side of the earth.
As the earth turns, each coast passes through both bulges.

## The sun

The sun pulls too, but less than half as strongly. At new moon and full moon
the two pull along one line, and the tides are highest.
END
	cat > doc/bread.txt <<'END'
Rye dough is sour because bacteria live in it beside the yeast. The acid keeps
the bread from going mouldy. Wheat dough needs no acid, and is baked within a
day. A baker keeps a piece of the sour dough for the next morning. It must be
fed with flour and water. In the cold it sleeps, and in the warmth it rises.
END
}

begin build
if have jq && have make; then
	server
	documents
	cp -r "$ex/build/Makefile" "$ex/export" .
	run 0 make -s
	check 'there is training data' [ "$(lines train.jsonl)" -ge 4 ]
	run 0 jq -es 'all(.[].messages; length == 2 and
	    .[0].role == "user" and .[1].role == "assistant" and
	    (.[1].content | length) > 0)' train.jsonl
	cp train.jsonl first.jsonl
	check 'a second make does nothing' make -sq
	# All again from the cache: not one request, the same bytes.
	sent=$(asked)
	run 0 make -s clean
	run 0 make -s -j2
	equal "$(asked)" "$sent" 'requests after make clean'
	same train.jsonl first.jsonl
	# A prompt of the project is a prerequisite, and is used.
	mkdir prompts
	printf '%s\n' '--- system' 'Be short. {{principles}}' '--- user' \
	    '{{context}}' '{{question}}' > prompts/answer.txt
	check 'a new prompt is noticed' [ "$(make -n | grep -c '^ac-')" -eq 2 ]
	run 0 make -s
	check 'the prompt is used' [ "$(asked)" -gt "$sent" ]
	# One more document costs that one.
	contexts 1 | jq -r .context > doc/more.txt
	make -n > plan
	lacks plan tree/tides.md.ndjson
	has plan tree/more.txt.ndjson
	run 0 make -s EXPORT=export/qa.jq
	run 0 jq -es 'all(keys == ["answer", "question"])' train.jsonl
fi

# What a trainer asks of each line, by format: these members and no others,
# the roles in their order, no blank text.
schema='
def text: type == "string" and test("\\S");
def turns(role; said; roles): type == "array" and map(role) == roles and
    all(.[]; (said | text) and length == 2);
def openai: keys == ["messages"] and (.messages | turns(.role; .content;
    ["user", "assistant"]));
def sharegpt: keys == ["conversations"] and (.conversations |
    turns(.from; .value; ["human", "gpt"]));
def alpaca: keys == ["input", "instruction", "output"] and .input == "" and
    (.instruction | text) and (.output | text);
def qa: keys == ["answer", "question"] and all(.[]; text);
'

# exported FORMAT: is ./out such lines, and valid UTF-8?
exported() {
	check "$1: as a trainer reads it" jq -es "$schema length > 0 and
	    all($1)" out > jq.out
	equal "$(jq -c . out | lines /dev/stdin)" "$(lines out)" "$1: lines"
	check "$1: in UTF-8" iconv -f UTF-8 -t UTF-8 out > iconv.out
}

begin export
if have jq; then
	cat > in <<'E'
{"id":"1","doc":"d","context":"C.","question":"Why?","answer":"It\nis.","checks":{"standalone":"ok","copied":null},"provenance":{"model":"m"}}
{"id":"2","question":"How?","error":{"code":"empty"}}
{"id":"3","state":"leaf","context":"Short."}
{"id":"4","question":"How?","answer":"No.","checks":{"standalone":{"why":"refers to a text"}}}
{"id":"5","question":"How?","answer":"No.","checks":{"copied":"ok","faithful":{"why":"number"}}}
{"id":"6","question":"How?","answer":"No.","label":0}
{"id":"7","question":"How?","answer":" "}
{"id":"8","question":"\u3000","answer":"No."}
{"id":"9","question":["How?"],"answer":"No."}
{"id":"10","question":"怎么？","answer":"\"这样\"\u2028🌍","label":1,"checks":{}}
{"error":{"by":"ac-ask","code":"bad_json"},"raw":"the line"}
E
	for f in openai sharegpt alpaca qa; do
		run 0 jq -c -f "$ex/export/$f.jq"
		equal "$(lines out)" 2 "$f: lines"
		exported $f
		mv out $f
	done
	cat > want <<'E'
{"messages":[{"role":"user","content":"Why?"},{"role":"assistant","content":"It\nis."}]}
{"conversations":[{"from":"human","value":"Why?"},{"from":"gpt","value":"It\nis."}]}
{"instruction":"Why?","input":"","output":"It\nis."}
{"question":"Why?","answer":"It\nis."}
E
	for f in openai sharegpt alpaca qa; do head -n 1 $f; done > got
	same got want
	# With a system prompt, and what is to be kept.
	for f in openai sharegpt alpaca qa; do
		jq -c -f "$ex/export/$f.jq" --arg system 'Be "brief".' \
		    --arg keep doc,provenance in | head -n 1
	done > got
	cat > want <<'E'
{"messages":[{"role":"system","content":"Be \"brief\"."},{"role":"user","content":"Why?"},{"role":"assistant","content":"It\nis."}],"doc":"d","provenance":{"model":"m"}}
{"conversations":[{"from":"system","value":"Be \"brief\"."},{"from":"human","value":"Why?"},{"from":"gpt","value":"It\nis."}],"doc":"d","provenance":{"model":"m"}}
{"instruction":"Why?","input":"","output":"It\nis.","system":"Be \"brief\".","doc":"d","provenance":{"model":"m"}}
{"question":"Why?","answer":"It\nis.","doc":"d","provenance":{"model":"m"}}
E
	same got want
	# A whole run's answers: as many as are whole, and no context.
	cp "$top/tests/recording/want/answers.ndjson" in
	n=$(jq -c 'select(.answer and (.error | not))' in | lines /dev/stdin)
	for f in openai sharegpt alpaca qa; do
		run 0 jq -c -f "$ex/export/$f.jq"
		equal "$(lines out)" "$n" "$f: lines"
		exported $f
	done
fi

# part TEST TRAIN: what is where, by document.
parts() {
	for part in test train; do
		run 0 jq -c --argjson percent "$1" --arg part $part \
		    -f "$ex/split.jq"
		mv out $part
		jq -r '.doc // empty' $part | sort -u > $part.docs
	done
	sort test train > both
	sort in > want
	same both want
	check 'no document is in both' \
	    [ -z "$(comm -12 test.docs train.docs)" ]
}

begin split
if have jq; then
	# Four samples each of five names a number; some lack a document.
	awk 'BEGIN { for (i = 0; i < 2000; i++) {
		split("d%d.txt doc/%d.md 第%d章.txt %d",
		    form, " ")
		name = sprintf(form[i % 4 + 1], i / 4)
		for (k = 0; k < 4; k++)
			printf "{\"doc\":\"%s\",\"root\":\"%d\",\"sample\":%d}\n",
			    name, i * 7 + k, k } }' > in
	cat >> in <<'E'
{"root":"9f2c41d07ab35e18","id":"9f2c41d07ab35e18.1"}
{"root":"9f2c41d07ab35e18","id":"9f2c41d07ab35e18.2"}
{"id":7}
{"question":"Why?"}
{"raw":"x"}
E
	for percent in 10 50 2; do
		parts $percent
		n=$(lines test.docs)
		all=$(cat test.docs train.docs | lines /dev/stdin)
		equal "$all" 2000 'documents'
		# Three standard deviations of a fair draw.
		awk -v n="$n" -v p=$percent 'BEGIN { m = 20 * p
		    d = n - m; exit d * d > 9 * m * (100 - p) / 100 }' ||
			bad "$n of 2000 documents are no $percent percent"
		equal "$(jq -r 'select(.root == "9f2c41d07ab35e18") |
		    input_filename' test train | sort -u | lines /dev/stdin)" \
		    1 'parts that a root is in'
		[ $percent -eq 50 ] || cp test.docs test.$percent
	done
	# More for the test only adds; and more documents move none.
	check 'two percent are among the ten' \
	    [ -z "$(comm -23 test.2 test.10)" ]
	awk 'BEGIN { for (i = 0; i < 500; i++)
		printf "{\"doc\":\"new/%d\"}\n", i }' >> in
	parts 10
	check 'documents stay where they are' \
	    [ -z "$(comm -23 test.10 test.docs)" ]
	parts 0
	equal "$(lines test)" 0 'none percent'
	parts 100
	equal "$(lines train)" 0 'the rest of all'
fi

# What the demo's model wrote, and a Chinese tree.
begin scorer
if have jq; then
	from=$top/tests/recording/want
	run 0 sh "$ex/scorer/mix.sh" "$from/questions.ndjson" \
	    "$from/worse.ndjson"
	mv out pairs
	run 0 sh "$ex/scorer/mix.sh" "$from/questions.ndjson" \
	    "$from/worse.ndjson"
	same out pairs
	for kind in near instr other shuffled dropped cut; do
		has pairs "\"kind\":\"$kind\""
	done
	# Two lines a pair, of one context; near and other ones as long.
	run 0 jq -es 'group_by(.pair) | length > 80 and all(length == 2 and
	    (map(.label) | add) == 1 and .[0].context == .[1].context and
	    .[0].question != .[1].question)' pairs
	run 0 jq -es -L "$ex/scorer" 'include "text";
	    group_by(.pair) | map(select(.[0].kind // .[1].kind |
	    . == "near" or . == "other") |
	    (.[0].question | size) - (.[1].question | size) | fabs) |
	    (map(select(. <= 1)) | length) > 0.8 * length' pairs
	run 0 ac-train-scorer -o scorer.txt pairs
	cat > tree <<'END'
{"id":"a","root":"a","start":0,"end":90,"context":"长江是中国最长的河流。黄河是第二长的河流。","question":"本文介绍了哪两条河流？"}
{"id":"a.1","root":"a","parent":"a","start":0,"end":33,"context":"长江是中国最长的河流。","question":"中国最长的河流是哪一条？"}
{"id":"a.1+1","root":"a","parent":"a","start":0,"end":33,"context":"长江是中国最长的河流。","sample":1,"question":"长江是中国最长的河流。"}
{"id":"a.2","root":"a","parent":"a","start":33,"end":66,"context":"黄河是第二长的河流。","question":"第二长的河流叫做什么名字？"}
{"id":"b","root":"b","start":0,"end":30,"context":"泰山在山东省。","question":"泰山位于中国的哪一个省？"}
{"id":"c","root":"c","start":0,"end":30,"context":"西湖在杭州。","question":"西湖在哪座有名的城市里？"}
{"id":"d","root":"d","error":{"by":"ac-ask","code":"timeout"},"context":"x"}
END
	: > worse
	run 0 sh "$ex/scorer/mix.sh" tree worse
	mv out chinese
	run 0 jq -es 'map(select(.label == 0) | [.kind, .question]) ==
	    [["near", "第二长的河流叫做什么名字？"],
	    ["near", "中国最长的河流是哪一条？"],
	    ["other", "泰山位于中国的哪一个省？"],
	    ["copied", "长江是中国最长的河流。"],
	    ["shuffled", "山于国哪个省一的中位泰？"]]' chinese
	has chinese '"question":"泰山位于中国的哪一个省？","label":1'
fi

# Each makes pairs of the same chunks, so many of each.
begin baselines
if have jq; then
	server
	documents
	AC_SEED=1
	export AC_SEED
	cat doc/bread.txt doc/tides.md > book.txt
	SURE=1
	export SURE
	# The server says much the same of one context: few are left of it.
	for p in main middle embed recursive random own-grade no-principles \
	    adaptllm no-tree context-instruct; do
		run 0 sh "$ex/baselines/$p.sh" book.txt
		mv out $p
		least=4
		case $p in no-tree|context-instruct) least=1 ;; esac
		run 0 jq -es --argjson least $least 'length >= $least and all((.question | length) > 4 and
		    (.answer | length) > 0 and (.context | length) > 0) and
		    (group_by(.root) | all(length <= 4))' $p
	done
	run 0 sh "$ex/baselines/etrc.sh" book.txt
	mv out etrc
	run 0 jq -es 'length >= 1 and all(.messages | length % 2 == 0 and
	    .[0].role == "user" and .[-1].role == "assistant")' etrc
	unset AC_SEED SURE
	cmp -s main random
	equal $? 1 "random choice is another"
	lacks adaptllm '"score"'
	# The pieces of the splitter lie where they say.
	run 0 sh -c 'ac-chunk -q book.txt | jq -c --argjson size 130 \
	    -f "$1/baselines/recursive.jq" | while read -r piece; do
		at=$(printf %s "$piece" | jq .start)
		end=$(printf %s "$piece" | jq .end)
		printf %s "$piece" | jq -j .context > piece
		tail -c +$((at + 1)) book.txt | head -c $((end - at)) |
		    cmp - piece || exit
	    done' - "$ex"
	# Whatever comes of a splitter of characters, none is longer.
	printf '%s\n' '{"id":"z","start":0,"context":"长江是中国最长的河流。 黄河是第二长的河流。\n\n泰山"}' > in
	run 0 jq -c --argjson size 5 -f "$ex/baselines/recursive.jq"
	mv out pieces
	run 0 jq -es 'all(.context | length <= 5) and
	    (map(.context) | join("")) == "长江是中国最长的河流。黄河是第二长的河流。泰山"' pieces
fi

begin topup
if have jq; then
	server
	documents
	ac-chunk doc/bread.txt > chunks.ndjson
	ac-split --by cohesion chunks.ndjson |
	    ac-ask --samples 1 --seed 1 > asked.ndjson
	ac-ask --negative instr,both asked.ndjson > pairs.ndjson
	ac-train-scorer -q -o scorer.txt pairs.ndjson
	AC_SEED=1
	export AC_SEED
	# More than can be had: three rounds, then the truth.
	sent=$(asked)
	run 0 sh "$ex/topup.sh" scorer.txt 2 3 asked.ndjson
	nodes=$(jq -c 'select(.question)' asked.ndjson | lines /dev/stdin)
	equal $(($(asked) - sent)) $((3 * nodes)) 'requests of three rounds'
	has err 'roots stay short'
	check 'something is kept' [ -s out ]
	# Less than there is: no round.
	sent=$(asked)
	run 0 sh "$ex/topup.sh" scorer.txt 400 3 asked.ndjson
	equal "$(asked)" "$sent" 'requests when there is enough'
	unset AC_SEED
fi

begin slurm
if split -n l/1/2 /dev/null 2> /dev/null; then
	server
	contexts 20 > tree.ndjson
	ac-ask tree.ndjson > want
	mkdir ask
	for k in 0 1 2; do
		run 0 env SLURM_ARRAY_TASK_ID=$k SLURM_ARRAY_TASK_COUNT=3 \
		    sh "$ex/slurm.sbatch"
	done
	cat ask/*.ndjson > asked.ndjson
	same asked.ndjson want
else
	skip "split has no -n"
fi

# A stand-in for PySpark that does what its source says of pipe(): the
# environment is env and no more, one process a partition.
begin spark
if have python3; then
	server
	contexts 6 > tree.ndjson
	ac-ask tree.ndjson > want
	mkdir pyspark
	cat > pyspark/__init__.py <<'END'
import os
import shlex
import subprocess


class RDD:
    def __init__(self, parts):
        self.parts = parts

    def pipe(self, command, env=None, checkCode=False):
        return RDD([subprocess.run(
            shlex.split(command), env=env or {}, input="".join(part),
            stdout=subprocess.PIPE, check=checkCode, encoding="utf-8",
        ).stdout.splitlines(True) for part in self.parts])

    def saveAsTextFile(self, folder):
        os.mkdir(folder)
        for number, part in enumerate(self.parts):
            with open(f"{folder}/part-{number:05}", "w") as f:
                f.writelines(part)


class SparkContext:
    def __init__(self, appName):
        pass

    def textFile(self, path, parts):
        with open(path, encoding="utf-8") as f:
            lines = f.readlines()
        size = -(-len(lines) // (parts - 1))
        return RDD([lines[i * size:(i + 1) * size] for i in range(parts)])
END
	run 0 env PYTHONPATH=. PYTHONDONTWRITEBYTECODE=1 \
	    python3 "$ex/spark.py" tree.ndjson asked 4
	cat asked/part-* > asked.ndjson
	same asked.ndjson want
fi

finish
