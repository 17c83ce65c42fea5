#!/bin/sh
# man/sync.sh [-c]: brings the OPTIONS of the pages in section 1 into line
# with the programs' own tables (bin/NAME --help=mdoc), between the two
# comments that mark their place.  -c changes nothing: it names the pages
# that differ and exits with 1.
cd "$(dirname "$0")/.." || exit 2
check=0
[ "$1" = -c ] && check=1
new=$(mktemp -d) || exit 2
trap 'rm -rf "$new"' EXIT
status=0
for page in man/*.1; do
	name=$(basename "$page" .1)
	"bin/$name" --help=mdoc > "$new/options" || exit 2
	awk -v options="$new/options" '
		$0 == ".\\\" options: man/sync.sh" {
			print
			while ((getline line < options) > 0)
				print line
			skip = found = 1
		}
		$0 == ".\\\" end of options" { skip = 0 }
		!skip
		END { exit !found || skip }
	' "$page" > "$new/page" || {
		echo "$page: no marked place for OPTIONS" >&2
		exit 2
	}
	cmp -s "$page" "$new/page" && continue
	if [ $check = 1 ]; then
		echo "$page: OPTIONS differ: run man/sync.sh"
		status=1
	else
		cat "$new/page" > "$page"
	fi
done
exit $status
