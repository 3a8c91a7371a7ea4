#!/usr/bin/env bash
# Text by the commands as a user does, and its bad input: text_test.sh PRETEXT
source "$(dirname "$0")/common.sh"
specs=$(dirname "$spec")
bert=$specs/bert.toml
tiny=(--set encoder.width=16 --set encoder.layers=1 --set views.length=32 --set encoder.positions=64
  --set training.batch_size=4 --set training.steps=6 --set device=cpu --set training.threads=1)

python3 - "$work" <<'PY'
import gzip, sys
work = sys.argv[1]
nouns, verbs = ["dog", "cat", "bird", "river"], ["runs", "sleeps", "sings", "flows"]
def sentence(i):
    return f"The {nouns[i % 4]} {verbs[i % 4]} near house {i % 11}."
with open(f"{work}/prose.txt", "w") as f:
    for d in range(80):
        f.write(" ".join(sentence(7 * d + s) for s in range(4)) + f" This was number {d}.\n\n")
with gzip.open(f"{work}/rows.tsv.gz", "wt") as f:
    for i in range(200):
        f.write(f"{sentence(i)} {i}\t{'even' if i % 2 == 0 else 'odd'}\n")
open(f"{work}/single.txt", "w").write("".join(sentence(i) + f" {i}\n" for i in range(60)).replace(". ", " "))
open(f"{work}/alone.txt", "w").write("One sentence. Another one. A third.")
open(f"{work}/empty.txt", "w")
open(f"{work}/binary.txt", "wb").write(b"\x7fELF\0\0\0\1" * 50)
open(f"{work}/long.txt", "w").write("word " * (40 << 20))
open(f"{work}/no-mask.txt", "w").write("[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\n")
open(f"{work}/columns.csv", "w").write("id,body\n1,some text\n")
PY

# The whole way.
"$pretext" ingest text "$work/prose.txt" --name prose --train-vocab 120 >/dev/null || fail "ingest text"
"$pretext" corpora --json | python3 -c '
import json,sys
c=json.load(sys.stdin)[0]
assert c["kind"]=="text" and c["samples"]==80 and c["text"]["sentences"]==400 and c["text"]["vocabulary_size"]<=120, c' || fail "corpora --json of text"
"$pretext" tokenize --corpus prose "The cat sleeps." | grep -q "the cat" || fail tokenize
"$pretext" train "$bert" --set corpus=prose "${tiny[@]}" >/dev/null || fail "train bert"
"$pretext" show 1 --json | python3 -c '
import json,sys
r=json.load(sys.stdin)
assert r["status"]=="finished" and r["objective"]=="bert", r
assert r["metrics"]["val/mlm_loss"]["value"]>0 and r["metrics"]["train/tokens_per_second"]["value"]>0' || fail "show of bert"
"$pretext" fill 1 "the [MASK] sleeps near [MASK] 3" --json | python3 -c '
import json,sys
b=json.load(sys.stdin)["blanks"]
assert len(b)==2 and len(b[0])==5 and b[0][0]["probability"]>=b[0][4]["probability"]' || fail fill
"$pretext" export 1 --format huggingface --out "$work/hf" >/dev/null && [ -s "$work/hf/model.safetensors" ] || fail "export huggingface"
"$pretext" import "$work/hf" --name mine >/dev/null || fail "import of the export"
"$pretext" report 1 --out "$work/report.html" >/dev/null && grep -q 'title="masked"' "$work/report.html" || fail "rows of training in a report"
"$pretext" train "$bert" --set corpus=prose "${tiny[@]}" --set encoder.weights=mine >/dev/null || fail "training from an import"
"$pretext" ingest text "$work/rows.tsv.gz" --name rows --text-column 1 --label-column 2 --train-vocab 120 >/dev/null || fail "ingest rows"
"$pretext" train "$bert" --set corpus=rows "${tiny[@]}" --set objective.kind=mlm >/dev/null || fail "train mlm"
"$pretext" show 3 --json | python3 -c '
import json,sys
e=json.load(sys.stdin)["evaluations"]
assert {(x["kind"],x["baseline"]) for x in e}=={(k,b) for k in ("knn","linear") for b in ("trained","untrained","raw")}, e' || fail "accuracies of text"
"$pretext" evaluate 3 --with finetune --epochs 2 --no-baseline --set training.batch_size=8 --json | python3 -c '
import json,sys
e=[x for x in json.load(sys.stdin) if x["kind"]=="finetune"]
assert {x["baseline"] for x in e}=={"trained","raw"} and all(0<=x["macro_f1"]<=1 for x in e), e' || fail "fine-tuning on text"
child=$(db "SELECT max(id) FROM runs")
"$pretext" predict "$child" "$work/rows.tsv.gz" --text-column 1 --out "$work/classes.csv" >/dev/null && [ "$(wc -l < "$work/classes.csv")" -gt 10 ] || fail "predict text"
"$pretext" export "$child" --format huggingface --out "$work/hfc" >/dev/null && grep -q BertForSequenceClassification "$work/hfc/config.json" || fail "export of a classifier"
echo kept > "$work/kept.csv"
refuses "column" "$pretext" predict "$child" "$work/rows.tsv.gz" --text-column nope --out "$work/kept.csv"
[ "$(cat "$work/kept.csv")" = kept ] || fail "a prediction that failed emptied its file"
cp "$work/rows.tsv.gz" "$work/same.tsv.gz"
refuses "another name" "$pretext" predict "$child" "$work/same.tsv.gz" --text-column 1 --out "$work/same.tsv.gz"
cmp -s "$work/rows.tsv.gz" "$work/same.tsv.gz" || fail "a prediction emptied its source"
refuses "leave --pair-column out" "$pretext" predict "$child" "$work/rows.tsv.gz" --text-column 1 --pair-column 2 --out "$work/x.csv"
refuses "another vocabulary" "$pretext" evaluate 1 --with finetune --train rows
refuses "has no labels" "$pretext" evaluate 1 --with finetune
"$pretext" delete "$child" >/dev/null
"$pretext" embed 3 --out "$work/e.npy" >/dev/null || fail "embed text"

# Killed, started again by who looks: the checkpoint is the unbroken run's.
longer=("${tiny[@]}" --set training.steps=400 --set training.checkpoint_every_minutes=0.01)
"$pretext" train "$bert" --set corpus=prose "${longer[@]}" >/dev/null || fail "unbroken run on text"
whole=$(db "SELECT sha256 FROM checkpoints WHERE run_id = (SELECT max(id) FROM runs) ORDER BY step DESC LIMIT 1")
run=$("$pretext" train "$bert" --set corpus=prose "${longer[@]}" --detach)
for _ in $(seq 200); do
  [ "$(db "SELECT step FROM runs WHERE id = $run")" -gt 100 ] && break
  sleep 0.05
done
kill -9 "$(db "SELECT pid FROM engines WHERE lane = 'train'")"
sleep 0.5
"$pretext" runs >/dev/null
wait_for_end "$run"
[ "$(db "SELECT sha256 FROM checkpoints WHERE run_id = $run ORDER BY step DESC LIMIT 1")" = "$whole" ] || fail "the run on text that was started again ends with another checkpoint"

# The other objectives, each by its specification.
for kind in gpt simcse denoise bert-modern sop seed-bert; do
  "$pretext" train "$specs/$kind.toml" --set corpus=prose "${tiny[@]}" >/dev/null || fail "train $kind"
done
"$pretext" sample "$(db "SELECT max(id) FROM runs WHERE objective = 'gpt'")" "the cat" --length 5 | grep -q "^the cat" || fail sample
refuses "goes on with no text" "$pretext" sample 1 "the cat"
refuses "bare dense heads" "$pretext" export "$(db "SELECT max(id) FROM runs")" --format huggingface --out "$work/x"
refuses "set encoder.kind to a gpt" "$pretext" train "$specs/gpt.toml" --set corpus=prose --set encoder.kind=bert-tiny

# Weights as they are, a budget of time, a modern encoder and a GPT out and in again.
"$pretext" train "$bert" --set corpus=prose "${tiny[@]}" --set encoder.weights=mine --set training.steps=0 --set training.epochs=0 >/dev/null || fail "a run of no steps"
"$pretext" fill "$(db "SELECT max(id) FROM runs")" "the [mask] sat" | grep -q untrained && fail "an imported head is called untrained"
"$pretext" train "$bert" --set corpus=prose "${tiny[@]}" --set training.steps=0 --set training.epochs=0 >/dev/null || fail "a run of no steps at all"
"$pretext" fill "$(db "SELECT max(id) FROM runs")" "the [mask] sat" | grep -q "guesses by chance" || fail "an untrained head's guesses pass as real"
"$pretext" embed "$(db "SELECT max(id) FROM runs")" --out "$work/e.npy" >/dev/null || fail "embed imported weights"
"$pretext" train "$bert" --set corpus=prose "${tiny[@]}" --set "training.budget=1.5 s" >/dev/null || fail "a budget of time"
[ "$(db "SELECT step = total_steps AND step > 0 AND seconds >= 1.5 FROM runs ORDER BY id DESC LIMIT 1")" = 1 ] || fail "a budget of time ends elsewhere"
run=$(db "SELECT max(id) FROM runs")
refuses "counts these" "$pretext" fork "$run" --set "training.budget=1 s"
"$pretext" extend "$run" --budget 1s >/dev/null || fail "extend --budget"
[ "$(db "SELECT seconds < 2.5 AND step > (SELECT step FROM runs WHERE id = $run) FROM runs ORDER BY id DESC LIMIT 1")" = 1 ] || fail "extend --budget ends elsewhere"
refuses "How much longer" "$pretext" extend "$run"
"$pretext" show "$run" | grep -q "^val/mlm_loss.*knows nothing: ln V" || fail "show has no marks"
refuses "a time such as" "$pretext" train "$bert" --set corpus=prose --set "training.budget=soon"
modern=$(db "SELECT id FROM runs WHERE resolved LIKE '%modern-%' LIMIT 1")
"$pretext" export "$modern" --format huggingface --out "$work/hfm" >/dev/null && grep -q ModernBertForMaskedLM "$work/hfm/config.json" || fail "export of a modern encoder"
for kind in simcse denoise; do
  "$pretext" export "$(db "SELECT max(id) FROM runs WHERE objective = '$kind'")" --format huggingface --out "$work/hf-$kind" >/dev/null || fail "export of $kind"
  "$pretext" import "$work/hf-$kind" --name "from-$kind" >/dev/null || fail "import of an exported $kind"
done
gpt=$(db "SELECT min(id) FROM runs WHERE objective = 'gpt'")
"$pretext" export "$gpt" --format huggingface --out "$work/hfg" >/dev/null && "$pretext" import "$work/hfg" --name gpt >/dev/null || fail "a GPT out and in"
"$pretext" train "$specs/gpt.toml" --set corpus=prose "${tiny[@]}" --set encoder.weights=gpt >/dev/null || fail "training a GPT from imported weights"

# GPT-2's kind of pieces: for gpt alone.
python3 -c "
import json,sys
json.dump(json.load(open(sys.argv[1]))['tokenizer'], open(sys.argv[2], 'w'))" "$(dirname "$0")/../reference/byte_pairs.json" "$work/pairs.json"
"$pretext" ingest text "$work/prose.txt" --name bytes --vocab "$work/pairs.json" >/dev/null || fail "ingest with byte pairs"
"$pretext" train "$specs/gpt.toml" --set corpus=bytes "${tiny[@]}" >/dev/null || fail "gpt on byte pairs"
refuses "no [CLS] and no [MASK]" "$pretext" train "$bert" --set corpus=bytes "${tiny[@]}"

# Bad input: one sentence each, nothing lost.
before=$(db "SELECT count(*) FROM corpora")
refuses "is empty" "$pretext" ingest text "$work/empty.txt" --name x
printf '[{"text": "a"}]' >"$work/list.json"
refuses "JSON Lines" "$pretext" ingest text "$work/list.json" --name x
refuses "cannot be called" "$pretext" ingest text "$work/prose.txt" --name bad/../name
refuses "already" "$pretext" import "$work/hfg" --name gpt
"$pretext" import "$work/hfg" --name gpt --replace >/dev/null || fail "import --replace"
"$pretext" weights | grep -q "^gpt *text" || fail weights
"$pretext" weights --remove gpt >/dev/null && refuses "did you mean" "$pretext" weights --remove gptt
refuses 'did you mean "tokenize"' "$pretext" tokenise
refuses "must divide encoder.width" "$pretext" train "$bert" --set corpus=prose --set encoder.heads=3
refuses "is binary" "$pretext" ingest text "$work/binary.txt" --name x
refuses "longer than 64 MiB" "$pretext" ingest text "$work/long.txt" --name x
refuses '"id", "body"' "$pretext" ingest text "$work/columns.csv" --name x --text-column text
refuses "has no [MASK]" "$pretext" ingest text "$work/prose.txt" --name x --vocab "$work/no-mask.txt"
[ "$(db "SELECT count(*) FROM corpora")" = "$before" ] || fail "bad input left a corpus behind"
printf '{"text": "It is a line."}\n{"text": "It is another."}\n' >"$work/lines.json"
"$pretext" ingest text "$work/lines.json" --name lines --train-vocab 100 --validation 0 >/dev/null || fail "JSON Lines that are called JSON"
"$pretext" ingest text "$work/single.txt" --name single --documents line --train-vocab 120 >/dev/null || fail "ingest single"
"$pretext" ingest text "$work/alone.txt" --name alone --documents file --validation 0 --train-vocab 100 >/dev/null || fail "ingest alone"
refuses "objective.kind = mlm" "$pretext" train "$bert" --set corpus=single "${tiny[@]}"
refuses "mlm or sop" "$pretext" train "$bert" --set corpus=alone "${tiny[@]}"
refuses "SimCLR learns from images" "$pretext" train "$spec" --set corpus=prose
refuses "encoder.positions" "$pretext" train "$bert" --set corpus=prose "${tiny[@]}" --set views.length=100
refuses "another vocabulary" "$pretext" train "$bert" --set corpus=rows "${tiny[@]}" --set encoder.weights=mine
refuses "no [MASK]" "$pretext" fill 1 "nothing to fill"
cp -r "$work/hf" "$work/other" && sed -i 's/"bert"/"roberta"/' "$work/other/config.json"
refuses "of type roberta" "$pretext" import "$work/other" --name x
cp -r "$work/hf" "$work/lying" && printf '\xff\xff\xff\xff\xff\xff\xff\x7f' | dd of="$work/lying/model.safetensors" conv=notrunc status=none
refuses "safetensors" "$pretext" import "$work/lying" --name x
refuses "huggingface" "$pretext" export 1 --out "$work/x.safetensors"

[ "$failures" = 0 ] && echo "text goes the whole way" || exit 1
