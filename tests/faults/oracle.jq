# What holds after every run: prints what does not.  $in, $out, $e: records;
# $log: the server's requests; $stats; $j: --jobs; $wire: exact, least, lost, any.
def sorted: map(.id) | sort;
($log | map(select(.method == "POST"))) as $posts |
($posts | length) as $seen |
($stats[0].requests // 0) as $said |

(if ($in | sorted) == ($out + $e | sorted) then empty else
    "ids out are not ids in: \($out + $e | length) of \($in | length)" end),
($out + $e | .[] | select((.answer and .error) or
    ((.answer // .error) | not)) |
    "\(.id): neither an answer nor an error, or both"),
($out[] | select(.error) | select($e | length > 0) |
    "\(.id): failed, but not in -e"),
($e[] | select(.error | not) | "\(.id): in -e, but not failed"),
# The server's answer names the request it belongs to and its first words.
# Sorted, not looked up: jq copies an object for each member that it adds.
(($log | map({d: .body})) + ($out | map(select(.answer) |
    . as $r | ((.answer | capture("^Answer (?<d>[0-9a-f]{16})(\\\\u(0000|d800))?: What became of record (?<id>r[0-9]+) there"))
	// {d: ""}) |
    {d: (if .id == $r.id then .d else "" end), r: $r})) |
    group_by(.d)[] | select(.[0].d == "" or all(.[]; .r)) | .[] |
    select(.r) | "\(.r.id): has another's answer: \(.r.answer[0:60])"),
(if $said == $seen or $wire == "any" or
    ($wire == "least" and $said >= $seen) or ($wire == "lost" and
    $said >= $seen and $said - ($stats[0].hidden_requests // 0) <= $seen)
    then empty else
    "--stats says \($said) requests, the server saw \($seen)" end),
($posts | map(.inflight) | max // 0 | if . > $j then
    "\(.) requests in flight, more than \($j)" else empty end)
