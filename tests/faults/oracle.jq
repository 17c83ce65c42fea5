# What holds after every run: prints what does not.  $in, $out, $e: records;
# $log: the server's requests; $stats; $j: --jobs; $wire: exact, least, lost, any.
def sorted: map(.id) | sort;
($log | map(select(.method == "POST"))) as $posts |
(reduce $log[] as $p ({}; .[$p.body // ""] = true)) as $bodies |
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
($out[] | select(.answer) | . as $r | .answer |
    (capture("^Answer (?<d>[0-9a-f]{16})(\\\\u(0000|d800))?: What became of record (?<id>r[0-9]+) there")
	// {}) as $a |
    if $a.id == $r.id and $bodies[$a.d] then empty
    else "\($r.id): has another's answer: \(.[0:60])" end),
(if $said == $seen or $wire == "any" or
    ($wire == "least" and $said >= $seen) or ($wire == "lost" and
    $said >= $seen and $said - ($stats[0].hidden_requests // 0) <= $seen)
    then empty else
    "--stats says \($said) requests, the server saw \($seen)" end),
($posts | map(.inflight) | max // 0 | if . > $j then
    "\(.) requests in flight, more than \($j)" else empty end)
