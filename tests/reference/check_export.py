#!/usr/bin/env python3
"""Loads a folder of `pretext export RUN --format huggingface` with transformers: no key may be missing or unexpected, its
tokenizer must cut as `pretext tokenize` does, and the model must answer as the run does.

    python check_export.py FOLDER build/release/bin/pretext WORKSPACE RUN [TEXTS.tsv]

A BERT: three blanks are filled in by both. A GPT: both go on greedily with three texts. A classifier: both tell the classes
of the first column of TEXTS.tsv, which has no header.
"""
import csv
import json
import subprocess
import sys
import tempfile

import torch
from transformers import AutoConfig, AutoModel, AutoTokenizer, BertForPreTraining, BertForSequenceClassification, GPT2LMHeadModel

BLANKS = ["the city of [MASK] is the capital of france .", "he was born in [MASK] and died in 1943 .",
          "the film was released in [MASK] and was a success ."]
BEGINNINGS = ["the city of", "he was born in", "the film was"]


class Check:
    def __init__(self, folder, program, workspace, run):
        self.folder, self.run, self.failed = folder, run, False
        self.program = [program, "--workspace", workspace]
        self.tokenizer = AutoTokenizer.from_pretrained(folder)

    def ask(self, *words):
        return subprocess.run([*self.program, *words], capture_output=True, check=True, text=True).stdout

    def load(self, kind):
        model, info = kind.from_pretrained(self.folder, output_loading_info=True)
        wrong = {key: sorted(info[key]) for key in ("missing_keys", "unexpected_keys", "mismatched_keys") if info[key]}
        heads = ("cls.", "classifier.")
        own_heads = kind is AutoModel and all(key.startswith(heads) for key in wrong.get("unexpected_keys", []))
        print(kind.__name__, wrong or "every key loaded")
        self.failed |= bool(wrong) and not (own_heads and set(wrong) == {"unexpected_keys"})
        return model.eval()

    def expect(self, is_equal, what):
        print("same " if is_equal else "OTHER", what)
        self.failed |= not is_equal

    def pieces(self, text):
        answer = self.ask("tokenize", "--vocab", f"{self.folder}/tokenizer.json", "--json", text)
        ours = [token["id"] for token in json.loads(answer)["tokens"]]
        self.expect(ours == self.tokenizer(text, add_special_tokens=False)["input_ids"], f"pieces of \"{text}\"")

    def bert(self):
        model = self.load(BertForPreTraining)
        for text in BLANKS:
            self.pieces(text)
            batch = self.tokenizer(text, return_tensors="pt")
            with torch.no_grad():
                scores = model(**batch).prediction_logits[0]
            place = (batch["input_ids"][0] == self.tokenizer.mask_token_id).nonzero()[0, 0]
            best = scores[place].softmax(0).topk(5)
            theirs = {self.tokenizer.convert_ids_to_tokens(i.item()): p.item() for p, i in zip(*best)}
            ours = {c["piece"]: c["probability"] for c in json.loads(self.ask("fill", self.run, text, "--json"))["blanks"][0]}
            gap = max(abs(ours.get(piece, 0) - p) for piece, p in theirs.items())
            self.expect(gap < 1e-4, f"five pieces in the blank, probabilities within {gap:.1e}: {list(ours)}")

    def gpt(self):
        model = self.load(GPT2LMHeadModel)
        for text in BEGINNINGS:
            self.pieces(text)
            batch = self.tokenizer(text, return_tensors="pt", return_token_type_ids=False)
            theirs = self.tokenizer.decode(model.generate(**batch, max_new_tokens=12, do_sample=False)[0], skip_special_tokens=True)
            ours = self.ask("sample", self.run, text, "--temperature", "0", "--length", "12").strip()
            self.expect(ours == theirs.strip(), f"greedy text: {ours}")

    def classifier(self, texts):
        model = self.load(BertForSequenceClassification)
        with tempfile.NamedTemporaryFile(suffix=".csv") as out:
            self.ask("predict", self.run, texts, "--text-column", "1", "--out", out.name)
            ours = [(row["class"], float(row["probability"])) for row in csv.DictReader(open(out.name))]
        rows = [row[0] for row in csv.reader(open(texts), delimiter="\t", quoting=csv.QUOTE_NONE)]
        gap, same = 0.0, 0
        with torch.no_grad():
            for text, (name, probability) in zip(rows, ours):
                shares = model(**self.tokenizer(text, truncation=True, max_length=128, return_tensors="pt")).logits[0].softmax(0)
                same += model.config.id2label[shares.argmax().item()] == name
                gap = max(gap, abs(shares.max().item() - probability))
        self.expect(same == len(ours) == len(rows) and gap < 1e-4, f"class of {same} of {len(rows)} texts, probabilities within {gap:.1e}")


def main():
    check = Check(*sys.argv[1:5])
    check.load(AutoModel)
    config = AutoConfig.from_pretrained(check.folder)
    if config.model_type == "gpt2":
        check.gpt()
    elif "BertForSequenceClassification" in config.architectures:
        check.classifier(sys.argv[5])
    else:
        check.bert()
    sys.exit(check.failed)


if __name__ == "__main__":
    main()
