#!/usr/bin/env bash
# Bad input: each gets one sentence, a non-zero end, and loses nothing: bad_input_test.sh PRETEXT
source "$(dirname "$0")/common.sh"
make_cifar "$work/cifar" 400 60 10
make_cifar "$work/one" 100 0 1

# Sources that are no pictures.
refuses "There is no file or folder" "$pretext" ingest images "$work/nowhere" --name x
mkdir "$work/empty" "$work/texts" "$work/broken" "$work/huge"
refuses "no image among them" "$pretext" ingest images "$work/empty" --name x
echo text >"$work/texts/a.txt" && echo text >"$work/texts/b.csv"
refuses "no image among them" "$pretext" ingest images "$work/texts" --name x
python3 - "$work" <<'PY'
import base64, struct, sys, zlib
work = sys.argv[1]
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
def png(width, height, rows):
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
good = png(20, 20, b"".join(b"\0" + bytes((x * y) % 256 for x in range(20)) for y in range(20)))
open(f"{work}/huge/claims.png", "wb").write(png(65535, 65535, b"\0" * 100))
open(f"{work}/huge/good.png", "wb").write(good)
open(f"{work}/broken/cut.png", "wb").write(good[:60])
open(f"{work}/broken/no.jpg", "wb").write(b"\xff\xd8\xff\xe0" + b"\0" * 40)
PY
refuses "could be read" "$pretext" ingest images "$work/broken" --name x
"$pretext" ingest images "$work/huge" --name huge --json | python3 -c '
import json,sys
c=json.load(sys.stdin)
assert c["samples"]==1 and c["skipped"][0]["path"].endswith("claims.png") and c["skipped"][0]["reason"], c' || fail "a PNG that claims 4 GiB"

# Series.
mkdir "$work/series"
printf 'date,x,note\n2014-07-01,1,a\n2014-07-02,inf,b\nlater,3,c\n2014-07-03,,d\n' >"$work/series/a.csv"
printf 'Zeit;Temp\xe9rature\n01.07.2014 00:30;21,5\n01.07.2014 01:00;22,5\n' >"$work/latin.csv"
printf 'date,x\n2014-07-01,"1\n' >"$work/quote.csv"
printf 'date,x\n\x00\x01\n' >"$work/binary.csv"
printf 'file,class\na.csv,up\n' >"$work/series-labels.csv"
printf 'file,class\nno.csv,up\n' >"$work/wrong-labels.csv"
: >"$work/none.csv"
"$pretext" ingest series "$work/series" --name s --time-column date --labels "$work/series-labels.csv" --json | python3 -c '
import json,sys
c=json.load(sys.stdin)
assert c["kind"]=="series" and c["classes"]==["up"], c
assert c["series"]["variables"]==["x"] and c["series"]["left_out"]==["note"], c
assert c["series"]["points"]==3 and c["series"]["missing"]==2, c
assert [s["path"] for s in c["skipped"]]==["a.csv:3","a.csv:4"], c' || fail "a series with slips"
"$pretext" ingest series "$work/latin.csv" --name latin --json | python3 -c '
import json,sys
c=json.load(sys.stdin)["series"]
assert c["mean"]==[22.0] and c["variables"]==["Temp\ufffdrature"], c' || fail "a series with decimal commas, in Latin-1"
refuses "is taken in without labels" "$pretext" ingest series "$work/series" --name unlabelled --labels "$work/wrong-labels.csv"
refuses "never ends" "$pretext" ingest series "$work/quote.csv" --name x
refuses "is binary" "$pretext" ingest series "$work/binary.csv" --name x
refuses "is empty" "$pretext" ingest series "$work/none.csv" --name x
refuses "There is no file or folder" "$pretext" ingest series "$work/nowhere" --name x
refuses "no tables among them" "$pretext" ingest series "$work/huge" --name x
refuses "--time-column" "$pretext" ingest series "$work/series-labels.csv" --name x
refuses "no column \"when\"" "$pretext" ingest series "$work/series" --name x --time-column when
refuses "is no time" "$pretext" ingest series "$work/series" --name x --time-column note
refuses "already" "$pretext" ingest series "$work/series" --name s
refuses "of series" "$pretext" train "$spec" --set corpus=s
refuses "of series" "$pretext" duplicates s
refuses "of series" "$pretext" tokenize --corpus s text
refuses "of series" "$pretext" retokenize s

# Labels.
"$pretext" ingest images "$work/cifar" --name c >/dev/null || fail ingest
printf 'file,class\nno-such-file.png,cat\n' >"$work/labels.csv"
refuses "no sample" "$pretext" label c "$work/labels.csv"
mkfifo "$work/pipe"
refuses "is a pipe" "$pretext" label c "$work/pipe"
refuses "is a pipe" "$pretext" ingest images "$work/pipe" --name x
refuses "is a pipe" "$pretext" ingest text "$work/pipe" --name x
refuses "is a pipe" "$pretext" ingest series "$work/pipe" --name x
refuses "up to 8192 px" "$pretext" ingest images "$work/huge" --name x --size 100000x100000
[ "$(db "SELECT count(*) FROM samples WHERE corpus_id = (SELECT id FROM corpora WHERE name = 'c') AND label IS NULL")" = 0 ] || fail "labels were lost"
"$pretext" ingest images "$work/one" --name one >/dev/null || fail "ingest of one class"
"$pretext" train "$spec" --set corpus=one "${small[@]}" --set training.epochs=1 >/dev/null || fail "training on one class"
refuses "one class" "$pretext" evaluate 1
refuses "two classes" "$pretext" evaluate 1 --with finetune

# Specifications.
printf 'corpus = "c"\n[training\n' >"$work/bad.toml"
refuses "line 2" "$pretext" train "$work/bad.toml"
refuses "Cannot read the specification" "$pretext" train "$work/none.toml"
refuses "must be > 0" "$pretext" train "$spec" --set corpus=c --set objective.temperature=-1
refuses "takes a number" "$pretext" train "$spec" --set corpus=c --set objective.temperature=warm
refuses "key=value" "$pretext" train "$spec" --set corpus
[ "$(db "SELECT count(*) FROM runs")" = 1 ] || fail "a refused specification left a run"

# Commands and options that are none, numbers that are none.
refuses "There is no command \"rnus\": did you mean \"runs\"" "$pretext" rnus
refuses "There is no command \"rnus\"" "$pretext" rnus --help
refuses "There is no command \"pictures\" of \"pretext ingest\"" "$pretext" ingest pictures x
refuses "There is no option \"--jsno\" of \"pretext runs\": did you mean \"--json\"" "$pretext" runs --jsno
refuses "\"pretext show\" needs run: \"pretext show --help\"" "$pretext" show
refuses "\"pretext ingest\" needs one of images, text, series" "$pretext" ingest
refuses "takes no further \"2\"" "$pretext" show 1 2
refuses "run = one" "$pretext" show one
for number in inf nan -1 0; do
  refuses "takes a number above 0, got $number" "$pretext" evaluate 1 --temperature "$number"
done
for number in nan inf 0.5 201; do
  refuses "takes a number from 1 to 200, got $number" "$pretext" project 1 --method tsne --perplexity "$number"
done
refuses "takes a number" "$pretext" train "$spec" --set corpus=c --set objective.temperature=inf
refuses "a time such as" "$pretext" train "$spec" --set corpus=c --set "training.budget=4 days"
for size in 100000x100000 224x224px 0x5 -3 256abc; do
  refuses "--size takes a side" "$pretext" ingest images "$work/cifar" --name x --size "$size"
done

# What cannot be written to is refused before any work, and stays as it was.
out=$work/out
mkdir "$out" "$out/folder" && mkfifo "$out/pipe" && ln -s nowhere "$out/dangling"
echo old >"$out/target" && ln -s target "$out/link"
for format in safetensors zip csv; do
  refuses "it is a folder" "$pretext" export 1 --format "$format" --out "$out/folder"
  refuses "a device or a pipe" "$pretext" export 1 --format "$format" --out "$out/pipe"
  refuses "leads nowhere" "$pretext" export 1 --format "$format" --out "$out/dangling"
  refuses "there is no folder" "$pretext" export 1 --format "$format" --out "$out/no/such"
  "$pretext" export 1 --format "$format" --out "$out/link" >/dev/null || fail "export --format $format through a link"
  [ -L "$out/link" ] && [ "$(head -c 3 "$out/target")" != old ] || fail "export --format $format replaced a link"
done
for command in "embed 1" "samples 1" "project 1" "report 1" "predict 1 $work/cifar" "labellings c x"; do
  # shellcheck disable=SC2086
  refuses "a device or a pipe" "$pretext" $command --out /dev/null
done
refuses "another ending than .csv" "$pretext" embed 1 --out "$out/features.csv"
"$pretext" embed 1 --out "$out/features" | grep -q "features.npy" || fail "embed does not say the name of its file"
[ -s "$out/features.npy" ] && [ -s "$out/features.csv" ] && [ ! -e "$out/features" ] || fail "embed without an ending: $(ls "$out")"
[ -p "$out/pipe" ] && [ "$(ls -A "$out/folder")" = "" ] && ! ls "$out" | grep -q unfinished || fail "an export left something: $(ls -R "$out")"

# A full disk behind standard output is a failure, of any command.
for command in runs "runs --json" corpora "show 1" "show 1 --json" doctor --help "runs --help" --version completion; do
  # shellcheck disable=SC2086
  if said=$("$pretext" $command 2>&1 >/dev/full); then fail "'$command' on a full disk ended with 0"; fi
  case $said in *"No space left"*) ;; *) fail "'$command' on a full disk said: $said" ;; esac
done

# Names that others gave do nothing to a terminal, and JSON stays JSON.
"$pretext" set 1 --name "$(printf 'a\033]0;owned\007\302\233b')" >/dev/null || fail "set --name"
for command in runs "show 1" "runs --json" "show 1 --json"; do
  # shellcheck disable=SC2086
  "$pretext" $command | LC_ALL=C grep -q "$(printf '\033\\|\007\\|\302\233')" && fail "'$command' wrote a control character"
done
"$pretext" runs --json | python3 -c '
import json,sys
assert json.load(sys.stdin)[0]["name"]=="a\x1b]0;owned\x07\x9bb"' || fail "a name with control characters in JSON"
refuses '\x1B[31m' "$pretext" runs --workspace "$(printf '%s/\033[31m' "$work/labels.csv")"

# Labels that a spreadsheet would take for a formula come out harmless, and back in as they were.
printf 'file,class\n' >"$work/formulas.csv"
"$pretext" ingest images "$work/cifar" --name formulas >/dev/null || fail ingest
first=$(db "SELECT source FROM samples WHERE corpus_id = (SELECT id FROM corpora WHERE name = 'formulas') ORDER BY position LIMIT 1")
printf "file,class\n%s,'=1+1\n" "$first" >"$work/formulas.csv"
"$pretext" label formulas "$work/formulas.csv" >/dev/null || fail "label with a formula"
"$pretext" corpora --json | python3 -c '
import json,sys
c=[c for c in json.load(sys.stdin) if c["name"]=="formulas"][0]
assert "=1+1" in c["classes"], c["classes"]' || fail "a guarded label"

refuses "no display to open a window on" "$pretext"

# A second engine on one device.
run=$("$pretext" train "$spec" --set corpus=c "${small[@]}" --set training.epochs=300 --detach)
for _ in $(seq 600); do [ "$(db "SELECT step FROM runs WHERE id = $run")" -gt 5 ] && break; sleep 0.1; done
refuses "already" "$(dirname "$pretext")/pretext-engine" --workspace "$XDG_DATA_HOME/pretext"
refuses "cannot delete" "$pretext" delete "$run"
"$pretext" stop "$run" >/dev/null || fail stop
wait_for_end "$run"
[ "$(status_of "$run")" = stopped ] || fail "the stopped run is $(status_of "$run")"

# The disk is full: writes beyond a limit fail as they would then.
limited=(bash -c 'trap "" XFSZ; ulimit -f "$0"; exec "$@"')
refuses "disk" "${limited[@]}" 600 "$pretext" ingest images "$work/cifar" --name full
"$pretext" corpora | grep -q full && fail "a corpus of a full disk was kept"
ls -A "$XDG_DATA_HOME/pretext/corpora" | grep -q unfinished && fail "a full disk left files behind"
refuses "failed" "${limited[@]}" 1200 "$pretext" train "$spec" --set corpus=c "${small[@]}" --set encoder.width=32 --set training.epochs=2
run=$(db "SELECT max(id) FROM runs")
case $(db "SELECT reason FROM runs WHERE id = $run") in *disk*) ;; *) fail "a full disk in training: $(db "SELECT reason FROM runs WHERE id = $run")" ;; esac
"$pretext" resume "$run" >/dev/null || fail "resume after the disk was full"

# Nested deeper than any stack; sizes that nobody has; what is no file.
python3 - "$work" <<'PY'
import json, os, struct, sys
os.chdir(sys.argv[1])
head = b'{"__metadata__":' + b"[" * 500000 + b"]" * 500000 + b',"conv1.weight":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}'
open("deep.safetensors", "wb").write(struct.pack("<Q", len(head)) + head + b"\0" * 16)
open("deep.jsonl", "w").write('{"text":"a b","l":1}\n{"text":"c d","l":' + "[" * 100000 + "]" * 100000 + '}\n{"text":"e f","l":2}\n')
open("deep.toml", "w").write("a." * 100000 + "a = 1")
os.makedirs("deep")
open("deep/tokenizer.json", "w").write('{"model":{"type":"WordPiece","vocab":{}},"normalizer":' + '{"a":' * 300000 + "1" + "}" * 300001)
config = {"model_type": "bert", "num_hidden_layers": 2, "hidden_size": 10**11, "num_attention_heads": 2,
          "vocab_size": 8, "max_position_embeddings": 16}
for name, settings in (("absurd", config), ("five", {"model_type": 5})):
    os.makedirs(name)
    json.dump(settings, open(f"{name}/config.json", "w"))
    open(f"{name}/vocab.txt", "w").write("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n")
os.mkfifo("pipe.txt")
os.mkfifo("pipe.csv")
PY
refuses "nested" "$pretext" import "$work/deep.safetensors" --name deep
refuses "nested" "$pretext" train "$work/deep.toml"
refuses "nested" "$pretext" ingest text "$work/texts" --vocab "$work/deep/tokenizer.json" --name x
"$pretext" ingest text "$work/deep.jsonl" --label-column l --train-vocab 200 --name deep --json | python3 -c '
import json,sys
c=json.load(sys.stdin)
assert c["samples"]==2 and [s["path"] for s in c["skipped"]]==["deep.jsonl:2"], c' || fail "a row that is nested too deep"
refuses "hidden_size = 100000000000" "$pretext" import "$work/absurd" --name x
refuses "model_type = 5" "$pretext" import "$work/five" --name x
refuses "a pipe" "$pretext" ingest text "$work/pipe.txt" --name x
refuses "pipe" "$pretext" ingest series "$work/pipe.csv" --name x

# Workspaces that are not to be written to.
cp -r "$XDG_DATA_HOME/pretext" "$work/newer"
sqlite3 "$work/newer/workspace.db" "PRAGMA user_version = 99"
refuses "newer Pretext" "$pretext" runs --workspace "$work/newer"
mkdir "$work/random" && head -c 5000 /dev/urandom >"$work/random/workspace.db"
refuses "not a Pretext workspace" "$pretext" runs --workspace "$work/random"
refuses "" "$pretext" runs --workspace "$work/labels.csv"
if [ "$(id -u)" = 0 ]; then as_user=(setpriv --reuid 65534 --regid 65534 --clear-groups); else as_user=(); fi
cp -r "$XDG_DATA_HOME/pretext" "$work/fixed #1" && chmod -R a+rX,a-w "$work" 2>/dev/null
if "${as_user[@]}" test -x "$pretext" -a -r "$work/fixed #1/workspace.db"; then
  "${as_user[@]}" "$pretext" runs --workspace "$work/fixed #1" | grep -q simclr || fail "a read-only workspace cannot be looked at"
  refuses "read-only" "${as_user[@]}" "$pretext" train "$spec" --set corpus=c --workspace "$work/fixed #1"
  refuses "read-only" "${as_user[@]}" "$pretext" ingest images "$work/cifar" --name y --workspace "$work/fixed #1"
  refuses "read-only" "${as_user[@]}" "$pretext" delete 1 --workspace "$work/fixed #1"
else
  echo "skipped: another user cannot reach this build, so that read-only workspaces were not tried"
fi
chmod -R u+w "$work"

[ "$failures" = 0 ] && echo "all bad input is refused in words" || exit 1
