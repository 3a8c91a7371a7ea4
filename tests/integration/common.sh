# What the integration tests share. Sourced with the path of `pretext` in $1; leaves $pretext, $work, $spec, `small`.
set -u
pretext=$1
work=$(mktemp -d)
trap 'pkill -f "pretext-engine --workspace $work" 2>/dev/null; rm -rf "$work"' EXIT
export XDG_DATA_HOME=$work/data
unset DISPLAY WAYLAND_DISPLAY
failures=0
fail() { echo "FAILED: $*"; failures=$((failures + 1)); }
# refuses TEXT COMMAND…: the command fails, with one line on standard error that has TEXT.
refuses() {
  local text=$1 output
  shift
  if output=$(timeout 120 "$@" 2>&1 >/dev/null); then fail "accepted: $*"; fi
  case $output in *"$text"*) ;; *) fail "'$*' said: $output" ;; esac
  [ "$(wc -l <<<"$output")" = 1 ] || fail "'$*' said more than a line: $output"
}
db() { sqlite3 -cmd ".timeout 10000" "$XDG_DATA_HOME/pretext/workspace.db" "$1"; }
status_of() { db "SELECT status FROM runs WHERE id = $1"; }
wait_for_end() {
  for _ in $(seq 1800); do
    case $(status_of "$1") in queued | running) sleep 0.1 ;; *) return 0 ;; esac
  done
}
# make_cifar FOLDER TRAIN TEST CLASSES: pictures of random bytes in CIFAR-10's format.
make_cifar() {
  mkdir -p "$1"
  python3 - "$@" <<'PY'
import random, sys
random.seed(1)
folder, classes = sys.argv[1], int(sys.argv[4])
for name, count in [("data_batch_1.bin", int(sys.argv[2])), ("test_batch.bin", int(sys.argv[3]))]:
    if count == 0:
        continue
    with open(f"{folder}/{name}", "wb") as f:
        for i in range(count):
            label = i % classes
            f.write(bytes([label]) + bytes(random.randrange(256) // 4 + 18 * label for _ in range(3072)))
PY
}
small=(--set encoder.width=4 --set encoder.blocks=1 --set encoder.stem=small-stride2 --set training.batch_size=32
  --set objective.projection=16,8 --set evaluation.linear_epochs=3)
spec=$(dirname "$0")/../../resources/specs/simclr.toml
