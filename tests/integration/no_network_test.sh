#!/usr/bin/env bash
# The whole way in a network namespace that has nothing in it: no_network_test.sh PRETEXT. Skips, with code 77, where
# none can be made.
if [ "${NO_NETWORK:-}" = "" ]; then
  unshare -rn true 2>/dev/null || { echo "skipped: no network namespace can be made here"; exit 77; }
  NO_NETWORK=1 exec unshare -rn "$0" "$@"
fi
source "$(dirname "$0")/common.sh"
[ "$(ls /sys/class/net)" = lo ] || [ "$(wc -l </proc/net/dev)" -le 3 ] || fail "there is a network here"

make_cifar "$work/cifar" 400 60 10
"$pretext" ingest images "$work/cifar" --name c >/dev/null || fail "ingest images"
for i in $(seq 300); do printf 'This is document %s of a book about the sea. It has a second sentence.\n\n' "$i"; done >"$work/prose.txt"
"$pretext" ingest text "$work/prose.txt" --name p --train-vocab 200 >/dev/null || fail "ingest text"
"$pretext" train "$spec" --set corpus=c "${small[@]}" --set training.epochs=2 >/dev/null || fail train
"$pretext" evaluate 1 --with finetune --epochs 1 --no-baseline >/dev/null || fail "evaluate --with finetune"
"$pretext" embed 1 --out "$work/e.npy" >/dev/null || fail embed
"$pretext" project 1 --method umap >/dev/null || fail project
"$pretext" export 1 --out "$work/encoder.safetensors" >/dev/null || fail export
"$pretext" report 1 --out "$work/r.html" >/dev/null || fail report
"$pretext" train "$(dirname "$spec")/bert.toml" --set corpus=p --set training.batch_size=8 --set views.length=32 \
  --set training.epochs=1 --set training.budget= >/dev/null || fail "train on text"
"$pretext" doctor --deep >/dev/null || fail "doctor --deep"
for run in $(db "SELECT id FROM runs"); do
  [ "$(status_of "$run")" = finished ] || fail "run $run is $(status_of "$run"): $(db "SELECT reason FROM runs WHERE id = $run")"
done

[ "$failures" = 0 ] && echo "all of it works without a network" || exit 1
