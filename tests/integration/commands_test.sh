#!/usr/bin/env bash
# Goes through the commands as a user does, on a workspace of its own: commands_test.sh PRETEXT
source "$(dirname "$0")/common.sh"

# A CIFAR-10 folder of 400 pictures, ten classes.
make_cifar "$work/cifar" 400 60 10

# Bad input, before anything is there.
refuses "There is no file or folder" "$pretext" ingest images "$work/nowhere" --name x
mkdir "$work/empty"
refuses "no image among them" "$pretext" ingest images "$work/empty" --name x
refuses "no corpus" "$pretext" train "$spec" --set corpus=none
refuses "There is no run 9" "$pretext" show 9

# The whole way.
"$pretext" ingest images "$work/cifar" --name c >/dev/null || fail ingest
refuses "already" "$pretext" ingest images "$work/cifar" --name c
"$pretext" corpora --json | python3 -c 'import json,sys; c=json.load(sys.stdin)[0]; assert c["samples"]==460 and len(c["classes"])==10, c' || fail "corpora --json"
"$pretext" train "$spec" --set corpus=c "${small[@]}" --set training.epochs=2 >/dev/null || fail train
"$pretext" show 1 --json | python3 -c '
import json,sys
r=json.load(sys.stdin)
assert r["status"]=="finished" and r["attempts"]==1, r
assert {e["baseline"] for e in r["evaluations"]}=={"trained","untrained","raw"}
assert r["metrics"]["train/loss"]["step"]==r["checkpoints"][-1]["step"]
assert r["spec"]["objective"]["kind"]=="simclr"' || fail "show --json"

# Bad specifications and commands.
refuses 'did you mean "training.epochs"' "$pretext" train "$spec" --set corpus=c --set training.epoch=2
refuses "must be > 0" "$pretext" train "$spec" --set corpus=c --set objective.temperature=0
refuses "takes a whole number" "$pretext" train "$spec" --set corpus=c --set training.batch_size=big
refuses "must be >= 2" "$pretext" train "$spec" --set corpus=c --set training.batch_size=1
refuses "choose a smaller batch" "$pretext" train "$spec" --set corpus=c "${small[@]}" --set training.batch_size=4096
refuses "cannot resume" "$pretext" resume 1
if [ ! -e /dev/nvidiactl ]; then refuses "no NVIDIA GPU" "$pretext" train "$spec" --set corpus=c --set device=cuda:0; fi

# Killed, seen, started again by who looks: the checkpoint is the unbroken run's.
"$pretext" train "$spec" --set corpus=c "${small[@]}" --set training.epochs=60 --set name=unbroken >/dev/null || fail "unbroken run"
whole=$(db "SELECT sha256 FROM checkpoints WHERE run_id = (SELECT max(id) FROM runs) ORDER BY step DESC LIMIT 1")
run=$("$pretext" train "$spec" --set corpus=c "${small[@]}" --set training.epochs=60 --detach)
for _ in $(seq 200); do
  [ "$(db "SELECT step FROM runs WHERE id = $run")" -gt 50 ] && break
  sleep 0.1
done
kill -9 "$(db "SELECT pid FROM engines WHERE lane = 'train'")"
killed=$(date +%s%3N)
sleep 0.5
newest=$(db "SELECT max(wall_ms) FROM metrics WHERE run_id = $run")
[ $((killed - newest)) -lt 3000 ] || fail "a killed run lost its last $((killed - newest)) ms"
"$pretext" runs >/dev/null
case $(status_of "$run") in queued | running) ;; *) fail "a killed engine's run is $(status_of "$run")" ;; esac
wait_for_end "$run"
[ "$(db "SELECT count(*) FROM attempts WHERE run_id = $run")" = 2 ] || fail "a killed engine's run had one attempt"
[ "$(db "SELECT sha256 FROM checkpoints WHERE run_id = $run ORDER BY step DESC LIMIT 1")" = "$whole" ] || fail "the run that was started again ends with another checkpoint"

# Fork, extend, export, import, evaluate, embed, bin.
"$pretext" extend "$run" --epochs 2 >/dev/null || fail extend
"$pretext" evaluate 1 --with knn --k 5 >/dev/null || fail evaluate
"$pretext" embed 1 --out "$work/e.npy" >/dev/null || fail embed
"$pretext" project 1 --method pca --out "$work/p.csv" >/dev/null && [ "$(wc -l <"$work/p.csv")" = 61 ] || fail project
for method in umap tsne; do
  "$pretext" project 1 --method "$method" --perplexity 5 --json | python3 -c '
import json,sys
p=json.load(sys.stdin)
assert p["points"]==60 and p["method"]=="'"$method"'" and 0.6<p["trustworthiness"]<=1, p' || fail "project --method $method"
done
"$pretext" estimate "$spec" --set corpus=c "${small[@]}" --json | python3 -c '
import json, sys
t = json.load(sys.stdin)
assert t["device"] == "cpu" and t["steps"] > 0 and t["memory_bytes"] > 1e6, t
assert t["seconds"] > t["steps"] * t["seconds_per_step"] + t["reading_seconds"] - 1e-6 > 0, t' || fail estimate
"$pretext" export 1 --format zip --out "$work/run.zip" >/dev/null || fail "export --format zip"
python3 - "$work/run.zip" <<'EOF' || fail "the zip of a run"
import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
names = archive.namelist()
assert archive.testzip() is None and {"run.json", "specification.toml", "metrics.csv"} < set(names), names
assert any(name.startswith("checkpoints/") for name in names), names
assert json.loads(archive.read("run.json"))["id"] == 1
assert archive.read("metrics.csv").startswith(b"key,step,value,wall_ms\n")
EOF
checkpoint=$XDG_DATA_HOME/pretext/$(db "SELECT path FROM checkpoints WHERE run_id = 1 ORDER BY step LIMIT 1")
cp "$checkpoint" "$work/whole"
printf X | dd of="$checkpoint" bs=1 seek=1000 conv=notrunc 2>/dev/null
"$pretext" export 1 --format zip --out "$work/run.zip" | grep -q "missing or damaged and was left out" || fail "the zip of a run with a damaged checkpoint"
python3 -c 'import sys, zipfile; sys.exit(any(sys.argv[2].endswith(name) for name in zipfile.ZipFile(sys.argv[1]).namelist()))' "$work/run.zip" "$checkpoint" || fail "the zip has the damaged checkpoint"
cp "$work/whole" "$checkpoint"
"$pretext" samples 1 --out "$work/samples.csv" --json | python3 -c '
import csv, json, sys
told = json.load(sys.stdin)
rows = list(csv.DictReader(open(told["path"])))
assert told["samples"] == len(rows) == 60 and 0 <= told["agreement"] <= 1 and told["loss"] > 0, told
assert {int(r["cluster"]) for r in rows} <= set(range(1, 13)) and len({r["cluster"] for r in rows}) > 1
assert abs(sum(float(r["loss"]) for r in rows) / 60 - told["loss"]) < 1e-3' || fail samples
"$pretext" project 1 --method pca --split all --json | python3 -c 'import json,sys; p=json.load(sys.stdin); assert p["points"] > 60, p' || fail "project --split"
"$pretext" embed 1 --out "$work/e.npy" >/dev/null || fail "embed again"
[ "$("$pretext" duplicates c --json)" != "" ] || fail duplicates
[ "$("$pretext" duplicates c --small --json)" = "[]" ] || fail "duplicates --small"
"$pretext" duplicates c --near --json | python3 -c 'import json,sys; assert all(len(g) > 1 for g in json.load(sys.stdin))' || fail "duplicates --near"
num_copies=$("$pretext" duplicates c --near --json | python3 -c 'import json,sys; print(sum(len(g) - 1 for g in json.load(sys.stdin)))')
"$pretext" duplicates c --near --without-as cleaned >/dev/null || fail "duplicates --without-as"
"$pretext" corpora --json | python3 -c 'import json,sys; of={c["name"]: c["samples"] for c in json.load(sys.stdin)}; assert of["cleaned"] == of["c"] - int(sys.argv[1])' "$num_copies" || fail "the corpus without copies"
"$pretext" duplicates c --without-as cleaned 2>/dev/null && fail "a name that is taken"
"$pretext" project 1 --film --json | python3 -c 'import json,sys; f=json.load(sys.stdin); assert f["frames"]>=2 and f["points"]==60, f' || fail "project --film"
# Labels given by hand, as the window stores them, teach a probe and become the corpus's own.
refuses "has no labelling" "$pretext" labellings c mine
db "INSERT INTO labellings (corpus_id, name, created_ms) SELECT corpus_id, 'mine', 0 FROM runs WHERE id = 1;
  INSERT INTO label_acts (labelling_id, class, author, created_ms) VALUES (1, 'left', 'me', 0), (1, 'right', 'me', 0);
  INSERT INTO label_act_samples SELECT 1 + row_number() OVER (ORDER BY position) % 2, position FROM
    (SELECT position FROM samples WHERE corpus_id = (SELECT corpus_id FROM runs WHERE id = 1) AND split = 'test' ORDER BY position LIMIT 12);"
"$pretext" labellings c mine --probe 1 --predictions "$work/said.csv" --json | python3 -c '
import json,sys
p=json.load(sys.stdin)
assert p["labels"]==12 and p["classes"]==["left","right"] and 0<=p["accuracy"]<=1, p' || fail "labellings --probe"
[ "$(wc -l <"$work/said.csv")" = 61 ] || fail "labellings --predictions"
"$pretext" labellings c mine --undo >/dev/null && "$pretext" labellings c | grep -q "left (6)$" || fail "labellings --undo"
refuses "two at the least" "$pretext" labellings c mine --probe 1
"$pretext" labellings c mine --redo >/dev/null && "$pretext" labellings c mine --out "$work/mine.csv" >/dev/null || fail "labellings --redo, --out"
[ "$(wc -l <"$work/mine.csv")" = 13 ] || fail "labellings --out"
"$pretext" embed 1 --split train --out "$work/t.npy" >/dev/null && [ "$(wc -l <"$work/t.csv")" -gt 300 ] || fail "embed --split"
"$pretext" ingest images "$work/cifar" --name again >/dev/null || fail "ingest again"
"$pretext" evaluate 1 --with knn --corpus again --json | python3 -c '
import json,sys
assert json.load(sys.stdin)[-1]["corpus"]=="again"' || fail "evaluate --corpus"

# Learning from labels: child runs, their export, prediction.
"$pretext" evaluate 1 --with finetune --labels-per-class 5 --epochs 3 --json | python3 -c '
import json,sys
rows=[e for e in json.load(sys.stdin) if e["kind"]=="finetune"]
assert {e["baseline"] for e in rows}=={"trained","untrained","raw"}, rows
assert all(e["child_run"] for e in rows)' || fail "evaluate --with finetune"
child=$(db "SELECT min(id) FROM runs WHERE objective = 'finetune'")
"$pretext" compare 1 "$child" | grep -q "^objective.temperature *0.1 *-" || fail "compare of two objectives"
"$pretext" report 1 "$child" --out "$work/report.html" >/dev/null && grep -q "data:image/svg" "$work/report.html" &&
  grep -q "objective.temperature" "$work/report.html" || fail "report"
"$pretext" report 1 --out "$work/report.pdf" >/dev/null && [ "$(head -c 5 "$work/report.pdf")" = "%PDF-" ] || fail "report as PDF"
refuses "as .html or .pdf" "$pretext" report 1 --out "$work/report.txt"
refuses "There is no run 9999" "$pretext" report 1 9999 --out "$work/report.html"
refuses "there is no folder" "$pretext" report 1 --out "$work/none/report.html"
"$pretext" compare 1 2 | grep -q "^finetune" || fail "compare leaves fine-tuning out"
children=$("$pretext" evaluate 1 --with finetune --epochs 1 --detach)
[ "$(grep -cx '[0-9]*' <<<"$children")" = 2 ] || fail "evaluate --detach"
"$pretext" export "$child" --format torchvision --out "$work/ft.safetensors" >/dev/null || fail "export of a fine-tuned run"
grep -q '"fc.weight"' "$work/ft.safetensors" || fail "the export lacks the classifier"
"$pretext" predict "$child" "$work/cifar" --out "$work/classes.csv" >/dev/null && [ "$(wc -l <"$work/classes.csv")" = 461 ] || fail predict
[ "$(ls "$XDG_DATA_HOME/pretext/corpora" | wc -l)" = "$(db "SELECT count(*) FROM corpora")" ] || fail "a prediction left a corpus behind"
refuses "There is no corpus" "$pretext" delete 99999999999999999999
refuses "fine-tune it first" "$pretext" predict 1 "$work/cifar" --out "$work/classes.csv"
refuses "starts from a pretrained run" "$pretext" train "$spec" --set corpus=c --set objective.kind=finetune
"$pretext" set "$child" --priority 5 || fail "set --priority"
"$pretext" delete again >/dev/null || fail "delete of a corpus"
"$pretext" purge again >/dev/null || fail "purge of a corpus"
for waited in $children; do wait_for_end "$waited"; done
refuses "stand on corpus" bash -c "'$pretext' delete c >/dev/null && '$pretext' purge c"
"$pretext" restore c >/dev/null || fail "restore of a corpus"

"$pretext" export 1 --out "$work/w.safetensors" >/dev/null || fail export
"$pretext" import "$work/w.safetensors" --name w >/dev/null || fail import
"$pretext" train "$spec" --set corpus=c "${small[@]}" --set training.epochs=1 --set encoder.weights=w >/dev/null || fail "training from imported weights"
"$pretext" compare 1 2 | grep -q training.epochs || fail compare
"$pretext" delete 1 >/dev/null && "$pretext" restore 1 >/dev/null && "$pretext" delete 1 >/dev/null && "$pretext" purge 1 >/dev/null || fail bin
refuses "There is no run 1" "$pretext" show 1
# Completion in bash: commands, options of the command, settings.
complete_word() {
  eval "$("$pretext" completion)"
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
  compopt() { :; }
  _pretext
  echo "${COMPREPLY[*]}"
}
[ "$(complete_word pretext eval)" = evaluate ] || fail "completion of a command"
[ "$(complete_word pretext train --det)" = --detach ] || fail "completion of an option"
[ "$(complete_word pretext train x.toml --set training.batch_si)" = training.batch_size= ] || fail "completion of a setting"

"$pretext" doctor | grep -q "check *ok" || fail doctor

# With --json each command prints one JSON document and nothing else.
newest=$(db "SELECT max(id) FROM runs WHERE status = 'finished'")
for words in doctor corpora runs "show $newest" "set $newest --star" "compare 2 $newest" "delete $newest" "restore $newest" \
  "export $newest --format csv --out $work/j.csv" "export $newest --out $work/j.safetensors" \
  "import $work/j.safetensors --name j" "embed $newest --out $work/j.npy" "project $newest --method pca" \
  "predict $child $work/cifar --out $work/j.csv" "delete c" "restore c"; do
  # shellcheck disable=SC2086
  "$pretext" $words --json | python3 -c 'import json,sys; json.load(sys.stdin)' 2>/dev/null || fail "$words --json is no JSON"
done

# One class: pretraining goes, evaluation says what is missing.
"$pretext" ingest images "$work/cifar" --name plain --labels none >/dev/null || fail "ingest of a second name"

"$pretext" train "$spec" --set corpus=plain "${small[@]}" --set training.epochs=1 >/dev/null || fail "training without labels"
refuses "attach labels" "$pretext" evaluate "$(db "SELECT max(id) FROM runs")"

# Two images are too few for the batch, and a corpus is not taken from a run that trains on it.
mkdir "$work/two" && head -c 6146 "$work/cifar/data_batch_1.bin" >"$work/two/data_batch_1.bin"
"$pretext" ingest images "$work/two" --name two >/dev/null || fail "ingest of two images"
refuses "choose a smaller batch" "$pretext" train "$spec" --set corpus=two "${small[@]}"
run=$("$pretext" train "$spec" --set corpus=plain "${small[@]}" --set training.epochs=1 --detach)
refuses "stop it first" "$pretext" delete plain
wait_for_end "$run"
[ "$(status_of "$run")" = finished ] || fail "the run whose corpus was to go is $(status_of "$run")"
"$pretext" delete plain >/dev/null || fail "delete of a corpus"
refuses "There is no corpus" "$pretext" train "$spec" --set corpus=plain
"$pretext" ingest images "$work/two" --name plain >/dev/null || fail "ingest under a binned name"
refuses "restore plain --as" "$pretext" restore plain
"$pretext" restore plain --as unlabelled >/dev/null && "$pretext" corpora | grep -q ^unlabelled || fail "restore --as"

# A recipe is kept, used, named by its run, and measured by another run's encoder.
"$pretext" recipes --keep usual --from "$spec" >/dev/null || fail "recipes --keep"
"$pretext" recipes | grep -qx usual || fail recipes
refuses 'did you mean "usual"' "$pretext" train "$spec" --recipe usaul --set corpus=c
newest=$(db "SELECT max(id) FROM runs WHERE status = 'finished' AND objective = 'simclr'")
"$pretext" hardness "$newest" --recipe usual --json | python3 -c '
import json,sys
h=json.load(sys.stdin)
assert len(h["partners"])==256 and len(h["others"])==256*63 and h["chance"]==1/64, (len(h["partners"]), len(h["others"]))
assert 0<=h["interval"][0]<=h["partner_found"]<=h["interval"][1]<=1, h["interval"]
assert 0<=h["partner_found"]<=1 and all(-1.001<=c<=1.001 for c in h["partners"]+h["others"])' || fail hardness
# A run refers to the recipe that its views were taken from.
named=$("$pretext" train "$spec" --recipe usual --set corpus=c --set training.steps=1 --detach)
wait_for_end "$named"
[ "$(db "SELECT p.name FROM runs r JOIN recipes p ON p.id = r.recipe_id WHERE r.id = $named")" = usual ] || fail "train --recipe"
"$pretext" recipes --remove usual >/dev/null && "$pretext" recipes | grep -q "No recipes" || fail "recipes --remove"

# A sweep: every run of it, what the best is, and what failed among them.
"$pretext" ingest images "$work/cifar" --name s >/dev/null || fail "ingest for a sweep"
sweep=("$pretext" sweep "$spec" --set corpus=s "${small[@]}" --set training.epochs=1)
[ "$("${sweep[@]}" --set training.learning_rate=0.03,0.1 --seeds 2 --list | wc -l)" = 4 ] || fail "sweep --list"
"${sweep[@]}" --set training.batch_size=32,64 --seeds 2 --json | python3 -c '
import json,sys
s=json.load(sys.stdin)
assert s["runs"]==s["finished"]==4 and s["measure"]=="linear" and s["has_best"], s
assert {g["settings"]["training.batch_size"] for g in s["groups"]}=={32,64}, s
assert all(g["measured"]==2 and len(g["runs"])==2 for g in s["groups"]), s
assert s["groups"][0]["mean"]>=s["groups"][1]["mean"], s' || fail "sweep --json"
"$pretext" sweeps | grep -q "4/4" || fail sweeps
"$pretext" sweeps 1 | grep -q "best first" || fail "sweeps 1"
refuses "choose a smaller batch" "${sweep[@]}" --set training.batch_size=32,4096
if output=$("${sweep[@]}" --set training.accumulation=1,5 2>&1); then fail "a sweep with a failed run is no success"; fi
case $output in *"1 of 2 runs failed"*) ;; *) fail "a sweep with a failed run said: $output" ;; esac
number=$("${sweep[@]}" --set training.learning_rate=0.01..0.1:log --random 3 --set training.epochs=500 --detach)
"$pretext" sweeps "$number" --stop >/dev/null || fail "sweeps --stop"
for run in $(db "SELECT id FROM runs WHERE sweep_id = $number"); do
  wait_for_end "$run"
  [ "$(status_of "$run")" = stopped ] || fail "a run of a stopped sweep is $(status_of "$run")"
done
[ "$("$pretext" runs --filter "sweep=1 training.batch_size>32" --json | python3 -c 'import json,sys; print(len(json.load(sys.stdin)))')" = 2 ] || fail "runs --filter"
refuses 'did you mean "status"' "$pretext" runs --filter statis:failed
refuses "There is no sweep 99" "$pretext" sweeps 99
refuses "Nothing varies" "${sweep[@]}"

# Somebody else's database is left alone.
mkdir "$work/other" && echo "no database" >"$work/other/workspace.db"
refuses "not a Pretext workspace" "$pretext" runs --workspace "$work/other"
[ "$(cat "$work/other/workspace.db")" = "no database" ] || fail "a foreign file was changed"

[ "$failures" = 0 ] && echo "all commands behave" || exit 1
