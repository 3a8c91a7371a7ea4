#!/usr/bin/env bash
# Pictures open nothing: untrusted_pictures_test.sh PRETEXT. Files that make readers of other formats
# open what they name are skipped with a reason, and the ingest uses no network and opens nothing but
# the source, the workspace and what the program itself is made of.
source "$(dirname "$0")/common.sh"
mkdir "$work/pictures"
python3 - "$work/pictures" <<'PY'
import struct, sys, zlib
folder = sys.argv[1]
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
def png(before=b""):
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 0, 0, 0, 0)) + before
            + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + bytes((x * y) % 256 for x in range(16)) for y in range(16))))
            + chunk(b"IEND", b""))
# Byte 140: what one such reader takes for its own.
head = '<VRTDataset rasterXSize="16" rasterYSize="16"><!--'.ljust(140, "x") + "DTED-->"
band = '<VRTRasterBand dataType="Byte" band="1"%s>%s</VRTRasterBand></VRTDataset>'
file = band % (' subClass="VRTRawRasterBand"', '<SourceFilename>/etc/passwd</SourceFilename><ImageOffset>0</ImageOffset>'
               '<PixelOffset>1</PixelOffset><LineOffset>16</LineOffset>')
net = band % ('', '<SimpleSource><SourceFilename>/vsicurl/http://127.0.0.1:8098/x.png</SourceFilename>'
              '<SourceBand>1</SourceBand></SimpleSource>')
texts = {"file.png": head + file, "net.png": head + net, "nitf.png": "NITF02.10" + head[9:] + file,
         "half.png": "\x89PNG" + head[4:] + file, "half.jpg": "\xff\xd8" + head[2:] + file, "half.bmp": "BM" + head[2:] + file,
         "half.webp": "RIFF\x40\0\0\0WEBP" + head[12:] + file, "half.tif": "II*\0\xff\xff\xff\xff" + head[8:] + file,
         "noending": head + file, "list.jpg": "#?RADIANCE\n", "ps.jpg": "%!PS\n/etc/passwd run\n",
         "svg.png": '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:8098/x"/></svg>'}
for name, text in texts.items():
    open(f"{folder}/{name}", "wb").write(text.encode("latin-1"))
open(f"{folder}/good.png", "wb").write(png())
# A picture with that mark within it is a picture.
filler = b"x\0" + b"y" * (140 - 8 - 25 - 8 - 2) + b"DTED-->" + b"z" * 40
marked = png(chunk(b"tEXt", filler))
assert marked[140:144] == b"DTED"
open(f"{folder}/marked.png", "wb").write(marked)
PY
"$pretext" ingest images "$work/pictures" --name v --json >"$work/v.json" 2>"$work/said" || fail "the ingest: $(cat "$work/said")"
[ -s "$work/said" ] && fail "a reader spoke to the terminal: $(cat "$work/said")"
python3 - "$work/v.json" <<'PY' || fail "what was taken: $(cat "$work/v.json")"
import json, sys
corpus = json.load(open(sys.argv[1]))
skipped = {row["path"]: row["reason"] for row in corpus["skipped"]}
assert corpus["samples"] == 2, corpus["samples"]
for name in "file.png net.png nitf.png half.png half.jpg half.bmp half.webp half.tif list.jpg ps.jpg svg.png".split():
    assert skipped.get(name), name
PY
grep -qa root: "$XDG_DATA_HOME"/pretext/corpora/*/images.ptx && fail "/etc/passwd is in the corpus"

if ! strace -f -o "$work/probe" true 2>/dev/null; then
  echo "skipped: this machine does not permit ptrace, so that what an ingest opens was not watched"
else
  strace -f -qq -o "$work/trace" -e trace=network,open,openat "$pretext" ingest images "$work/pictures" --name w >/dev/null 2>&1 ||
    fail "the ingest under strace"
  grep -E 'socket\(AF_(INET|INET6)|connect\(' "$work/trace" && fail "an ingest used the network"
  real=$(realpath "$work")
  sed -nE 's/.*open(at)?\((AT_FDCWD, )?"([^"]*)".*/\3/p' "$work/trace" | sort -u |
    grep -vE "^($work|$real|/lib|/usr/lib|/usr/share/(locale|zoneinfo)|/proc/(self/|[0-9]+/|meminfo|cpuinfo|sys/vm/)|/sys/|/dev/(null|urandom|random)|$(dirname "$(dirname "$pretext")")/|$HOME/.cache/pretext/|/etc/(ld\.so\.(cache|preload)|localtime|timezone|locale.alias|OpenCL)|/opt/|/usr/local/)" |
    grep '^/' >"$work/elsewhere"
  [ -s "$work/elsewhere" ] && fail "an ingest opened: $(cat "$work/elsewhere")"
fi

[ "$failures" = 0 ] && echo "pictures open nothing" || exit 1
