# Training and test data that share no document: a document goes to the test
# by a hash of its name, so it stays there when others are added, and all that
# was made of it stays together.  Before the export, which has no names:
#	jq -c --argjson percent 10 --arg part test -f split.jq all > test
#	jq -c --argjson percent 10 --arg part train -f split.jq all > train
# The share is of documents; of a few it may be none.  What is in two
# documents, ac-dedup --scope all finds before.
def hash: reduce explode[] as $c (7; (. * 31 + $c) * 40503 % 1048573);
def name: .doc // .root // .id // .question // "" | tostring;

select(((name | hash) % 100 < $percent) == ($part == "test"))
