# A chunk in pieces of at most $size characters.
def packed($between): reduce .[] as $p ([];
  if length > 0 and (.[-1] + $between + $p | length) <= $size
  then .[-1] += $between + $p else . + [$p] end);

def pieces($at):
  if length <= $size then .
  elif $at == [] then range(0; length; $size) as $i | .[$i:$i + $size]
  else split($at[0]) | packed($at[0])[] | select(. != "") | pieces($at[1:])
  end;

. as $r | (.root // .id) as $root | .start as $start
| foreach (.context | pieces(["\n\n", "\n", " "])) as $p ({i: 0, at: 0};
    .i += 1
    | .from = .at + ($r.context[.at:] | split($p)[0] | length)
    | .at = .from + ($p | length) | .p = $p)
| . as $x
| ($start + ($r.context[:$x.from] | utf8bytelength)) as $from
| $r + {id: "\($r.id).\($x.i)", root: $root, context: $x.p, start: $from,
    end: ($from + ($x.p | utf8bytelength))}
