#!/usr/bin/env python3
"""Holds `pretext tokenize` to Hugging Face's tokenizers, id for id and offset for offset.

    python compare_tokenizer.py build/release/bin/pretext VOCAB FILE… [--torture]

VOCAB: BERT's vocab.txt, or a tokenizer.json such as GPT-2's. FILE: text, `.gz` too; each line is a text. --torture adds every code point by itself, every Unicode block, combining
marks, emoji, a word of 1 MB and the like. The code points that differ, since Hugging Face's tables are of an older
Unicode than ours, are listed; a line without one of them may not differ.
"""
import argparse
import gzip
import json
import subprocess
import sys
import tempfile

from tokenizers import BertWordPieceTokenizer, Tokenizer


# Marks that are kept but that canonical order may move: Hugging Face's offsets stay where they were.
REORDERED = "\u302e\u302f"


def torture():
    """Lines that have broken tokenizers."""
    yield from ["", " ", "\t\u00a0\u2003", "don't", "e\u0301te\u0301", "\u00e9t\u00e9", "\u1e9b\u0323", "Stra\u00dfe STRASSE",
                "\u0130stanbul i\u0307 I\u0131", "\uac00\uac01 \u1100\u1161\u11a8", "\u6771\u4eac\u90fd \u9f98\U00020000\U0002f800\uf900",
                "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea \U0001f44d\U0001f3fd", "a\u0000b\u200bc\ufeffd\u00ad",
                "a\u0327\u0301\u0323z \u0301alone", "\u0e01\u0e33 \u0ba8\u0bbf \u0915\u094d\u0937", "[MASK] [SEP]x[CLS] [mask] [UNUSED]",
                "\ufffd\ufffe", "\u037e\u1fef\u2126\u212b", "x" * 99 + " " + "x" * 100 + " " + "x" * 101, "\u00e9" * 100 + " " + "\u00e9" * 101,
                "a" * 1_000_000, "\u6f22" * 2000, "\u2026\u201cquoted\u201d\u2014dash", "1,234.5 3\u00bd \u2167 \u00b2"]
    for start in range(0, 0x110000, 64):
        chars = "".join(chr(c) for c in range(start, start + 64) if not 0xD800 <= c < 0xE000 and chr(c) not in "\n\r")
        yield "x" + chars + "y"
        yield " ".join(chars)


def lines_of(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rb") as stream:
        for line in stream.read().decode("utf-8", "replace").split("\n"):
            yield line.rstrip("\r")


def pieces_of(program, vocab, lines):
    """What the program makes of each line: (id, first byte, last byte) by token."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n") as text:
        text.write("\n".join(lines))
        text.flush()
        with open(text.name, "rb") as stream:
            output = subprocess.run([program, "tokenize", "--vocab", vocab, "--json"], stdin=stream,
                                    capture_output=True, check=True).stdout.decode("utf-8", "replace")
    answers = [[(t["id"], t["begin"], t["end"]) for t in json.loads(answer)["tokens"]]
               for answer in output.split("\n") if answer]
    return answers + [[]] * (len(lines) - len(answers))  # A last empty line is none.


def reference_pieces(theirs, line, encoding):
    """The same of Hugging Face's encoding, whose offsets count characters."""
    at = [0]
    for c in line:
        at.append(at[-1] + len(c.encode()))
    return [(i, at[b], at[e]) for i, (b, e) in zip(encoding.ids, encoding.offsets)]


def differing_lines(program, vocab, theirs, lines):
    """Positions of the lines whose pieces differ, and the number of tokens compared."""
    expected = theirs.encode_batch(lines, add_special_tokens=False)
    ours = pieces_of(program, vocab, lines)
    differing = [i for i, line in enumerate(lines) if ours[i] != reference_pieces(theirs, line, expected[i])]
    return differing, sum(len(e.ids) for e in expected)


def word_pieces(vocab):
    pieces = open(vocab, encoding="utf-8").read().split("\n")
    is_cased = any(any("A" <= c <= "Z" for c in p) for p in pieces if not (p.startswith("[") and p.endswith("]")))
    theirs = BertWordPieceTokenizer(vocab, lowercase=not is_cased)
    theirs.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    return theirs


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("vocab")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--torture", action="store_true")
    args = parser.parse_args()
    theirs = Tokenizer.from_file(args.vocab) if args.vocab.endswith(".json") else word_pieces(args.vocab)
    failed = False
    for path in args.files:
        lines = list(lines_of(path))
        differing, tokens = differing_lines(args.program, args.vocab, theirs, lines)
        print(f"{path}: {len(lines)} lines, {tokens} tokens compared, {len(differing)} lines differ")
        for i in differing[:5]:
            print("  ", repr(lines[i][:200]))
        failed |= bool(differing)
    if args.torture:
        points = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000 and c not in (10, 13)]
        differing, tokens = differing_lines(args.program, args.vocab, theirs, [f"a{chr(c)}b" for c in points])
        new = [points[i] for i in differing]
        print(f"code points one by one: {len(points)} compared, {len(new)} differ by Unicode version:")
        print("  ", " ".join(f"U+{c:04X}" for c in new))
        known = set(map(chr, new)) | set(REORDERED)
        lines = list(torture())
        differing, tokens = differing_lines(args.program, args.vocab, theirs, lines)
        other = [i for i in differing if not known & set(lines[i])]
        print(f"torture: {len(lines)} lines, {tokens} tokens compared, {len(differing)} lines differ, "
              f"{len(other)} of them without such a code point")
        for i in other:
            print("  ", repr(lines[i][:200]))
        failed |= bool(other)
    sys.exit(failed)


if __name__ == "__main__":
    main()
