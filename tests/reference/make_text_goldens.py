#!/usr/bin/env python3
"""Makes the golden values of text: what Hugging Face's tokenizers cut, decode and learn.

    pip install -r requirements.txt && python make_text_goldens.py

Writes word_piece.json beside this file.
"""
import json
from pathlib import Path

from tokenizers import BertWordPieceTokenizer

HERE = Path(__file__).parent
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

LEARNED_FROM = [
    "the low lower lowest slow slower slowest snow snowed snowing unsnowed",
    "new newer newest renew renewed renewal anew knew know known unknown knowing",
    "walk walked walking walker talk talked talking talker work worked working worker",
    "caf\u00e9 na\u00efve r\u00e9sum\u00e9 d\u00e9j\u00e0 vu stra\u00dfe \u00fcber",
    "token tokens tokenize tokenized tokenizer tokenization untokenized retokenize",
] * 3

CASES = [
    "The lowest snow, unknown to the walkers!",
    "",
    "   \t ",
    "don't re-tokenize: (na\u00efve) r\u00e9sum\u00e9s...",
    "E\u0301te\u0301 CAF\u00c9 Stra\u00dfe \u0130stanbul",
    "\u6771\u4eac tower\u2019s \u00abnew\u00bb",
    "a\u0000l\u200bo\ufeffw\u00adest",
    "low\u00a0slow\u2003new\u3000work",
    "\uac00\uac01 \U0001f468\u200d\U0001f469 \U0001f44d\U0001f3fd",
    "[MASK] work [SEP]ed [mask] [nothing]",
    "x" * 100 + " " + "x" * 101,
    "walk\u0301ed \u0301 alone\u0327\u0323",
    "\u037e\u1fef \u2126",
    "12,345.67% of $9",
]


def cut(tokenizer):
    cases = []
    for text in CASES:
        encoding = tokenizer.encode(text, add_special_tokens=False)
        at = [0]
        for c in text:
            at.append(at[-1] + len(c.encode()))
        cases.append({"text": text, "ids": encoding.ids, "begins": [at[b] for b, _ in encoding.offsets],
                      "ends": [at[e] for _, e in encoding.offsets],
                      "decoded": tokenizer.decode(encoding.ids)})
    return cases


def learn(lowercase):
    tokenizer = BertWordPieceTokenizer(lowercase=lowercase)
    tokenizer.train_from_iterator(LEARNED_FROM, vocab_size=160, min_frequency=2, limit_alphabet=1000,
                                  show_progress=False)
    return sorted(tokenizer.get_vocab(), key=tokenizer.get_vocab().get)


def main():
    goldens = {"learned_from": LEARNED_FROM[:5], "repeats": 3}
    for name, lowercase in (("uncased", True), ("cased", False)):
        pieces = learn(lowercase)
        vocabulary = HERE / "vocab.tmp"
        vocabulary.write_text("\n".join(pieces) + "\n", encoding="utf-8")
        tokenizer = BertWordPieceTokenizer(str(vocabulary), lowercase=lowercase)
        tokenizer.add_special_tokens(SPECIAL)
        goldens[name] = {"pieces": pieces, "cases": cut(tokenizer)}
        vocabulary.unlink()
    (HERE / "word_piece.json").write_text(json.dumps(goldens, indent=0, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    main()
