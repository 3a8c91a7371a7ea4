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
refuses "at most 8192 px" "$pretext" ingest images "$work/huge" --name x --size 100000x100000
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
