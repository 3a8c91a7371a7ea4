#!/usr/bin/env bash
# check_promises.sh BUILD: fails when promises.md, or the help on reliability, names a test or a
# fault that does not exist in the build.
set -euo pipefail
here=$(dirname "$0")
tests=$(ctest --test-dir "$1" -N | sed -n 's/^ *Test *#[0-9]*: //p')
missing=0
# "Suite.Name", "Suite.…" and, after another of the suite, "…Name".
while read -r name; do
  part=${name//…/}
  if ! grep -qF -- "$part" <<<"$tests"; then
    echo "$name is promised, and is no test."
    missing=1
  fi
done < <(cat "$here/promises.md" "$here/../resources/help/reliability.md" | grep -oE '`(…|[A-Za-z]+\.)[A-Za-z…]+`' | tr -d '`' | sort -u)
while read -r name; do
  if ! grep -q "^def $name(" "$here/faults/scenarios.py" && ! grep -qxF "$name" <<<"$tests"; then
    echo "resources/help/reliability.md names $name, which is no fault of tests/faults/scenarios.py and no test."
    missing=1
  fi
done < <(grep '^|' "$here/../resources/help/reliability.md" | grep -oE '`[a-z_]+`' | tr -d '`' | sort -u)
exit $missing
