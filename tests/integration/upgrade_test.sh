#!/usr/bin/env bash
# A workspace of an older program is brought up to date and says what it said then: upgrade_test.sh PRETEXT
source "$(dirname "$0")/common.sh"
fixtures=$(dirname "$0")/../fixtures
mkdir -p "$XDG_DATA_HOME"
tar -C "$XDG_DATA_HOME" -xf "$fixtures/workspace-012.tar.xz"
"$pretext" corpora --json >"$work/corpora.json" || fail "corpora"
"$pretext" runs --json >/dev/null || fail "runs"

# What waited, and what a dead engine had left, goes on by itself.
queued=$(db "SELECT max(id) FROM runs")
for _ in $(seq 600); do
  "$pretext" runs >/dev/null
  case $(status_of "$queued") in finished | failed) break ;; *) sleep 0.1 ;; esac
done
[ "$(status_of "$queued")" = finished ] || fail "the run that was queued is $(status_of "$queued"): $(db "SELECT reason FROM runs WHERE id = $queued")"
"$pretext" runs --json >"$work/runs.json" || fail "runs"
for run in $(db "SELECT id FROM runs WHERE deleted_ms IS NULL"); do
  "$pretext" show "$run" --json >"$work/show-$run.json" || fail "show $run"
done
python3 - "$fixtures/said-012" "$work" "$queued" <<'PY' || fail "it says other things than before"
import json, os, sys
said, now, queued = sys.argv[1], sys.argv[2], int(sys.argv[3])
bad = []
def differ(before, after, where):
    """What was said before is said still; more may be said."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            if key not in after: bad.append(f"{where}.{key} is gone")
            else: differ(value, after[key], f"{where}.{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for i, (a, b) in enumerate(zip(before, after)): differ(a, b, f"{where}[{i}]")
    elif before != after: bad.append(f"{where}: {before} was said, now {after}")
for name in sorted(os.listdir(said)):
    before, after = json.load(open(f"{said}/{name}")), json.load(open(f"{now}/{name}"))
    if name == f"show-{queued}.json": continue
    if name == "runs.json": before, after = ([r for r in runs if r["id"] != queued] for runs in (before, after))
    differ(before, after, name)
print("\n".join(bad))
sys.exit(bool(bad))
PY
[ -f "$XDG_DATA_HOME/pretext/workspace.before-013.db" ] || fail "no copy of the database was kept"
[ "$(sqlite3 "$XDG_DATA_HOME/pretext/workspace.before-013.db" "PRAGMA user_version")" = 12 ] || fail "the copy is of another schema"

[ "$failures" = 0 ] && echo "an older workspace opens and says what it said" || exit 1
