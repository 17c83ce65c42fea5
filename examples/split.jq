# Training and test data that share no document: a document goes to the test
# by a hash of its name, so it stays there when others are added.
#	jq -c --argjson percent 10 --arg part test -f split.jq all > test
#	jq -c --argjson percent 10 --arg part train -f split.jq all > train
def hash: reduce explode[] as $c (7; (. * 31 + $c) * 40503 % 1048573);

select(((.doc // .root // .id | hash) % 100 < $percent) ==
	($part == "test"))
