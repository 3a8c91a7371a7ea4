#!/usr/bin/env bash
# check_promises.sh BUILD: fails when promises.md names a test that does not exist in the build.
set -euo pipefail
here=$(dirname "$0")
tests=$(ctest --test-dir "$1" -N | sed -n 's/^ *Test *#[0-9]*: //p')
missing=0
# "Suite.Name", "Suite.…" and, after another of the suite, "…Name".
while read -r name; do
  part=${name//…/}
  if ! grep -qF -- "$part" <<<"$tests"; then
    echo "tests/promises.md names $name, which is no test."
    missing=1
  fi
done < <(grep -oE '`(…|[A-Za-z]+\.)[A-Za-z…]+`' "$here/promises.md" | tr -d '`' | sort -u)
exit $missing
