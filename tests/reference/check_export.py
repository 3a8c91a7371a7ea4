#!/usr/bin/env python3
"""Loads a folder of `pretext export RUN --format huggingface` with transformers: no key may be missing or unexpected,
its tokenizer must cut as `pretext tokenize` does, and three blanks are filled in.

    python check_export.py FOLDER build/release/bin/pretext
"""
import json
import subprocess
import sys

import torch
from transformers import AutoModel, AutoTokenizer, BertForPreTraining

BLANKS = ["the city of [MASK] is the capital of france .", "he was born in [MASK] and died in 1943 .",
          "the film was released in [MASK] and was a success ."]


def main():
    folder, program = sys.argv[1:3]
    tokenizer = AutoTokenizer.from_pretrained(folder)
    failed = False
    for kind in (BertForPreTraining, AutoModel):
        model, info = kind.from_pretrained(folder, output_loading_info=True)
        wrong = {key: sorted(info[key]) for key in ("missing_keys", "unexpected_keys", "mismatched_keys") if info[key]}
        own_heads = kind is AutoModel and all(k.startswith("cls.") for k in wrong.get("unexpected_keys", []))
        print(kind.__name__, wrong or "every key loaded")
        failed |= bool(wrong) and not (own_heads and set(wrong) == {"unexpected_keys"})
    model = BertForPreTraining.from_pretrained(folder).eval()
    for text in BLANKS:
        theirs = tokenizer(text, add_special_tokens=False)["input_ids"]
        answer = subprocess.run([program, "tokenize", "--vocab", f"{folder}/tokenizer.json", "--json", text],
                                capture_output=True, check=True, text=True).stdout
        ours = [token["id"] for token in json.loads(answer)["tokens"]]
        failed |= ours != theirs
        batch = tokenizer(text, return_tensors="pt")
        with torch.no_grad():
            scores = model(**batch).prediction_logits[0]
        place = (batch["input_ids"][0] == tokenizer.mask_token_id).nonzero()[0, 0]
        best = scores[place].softmax(0).topk(5)
        print(text, "same pieces" if ours == theirs else "OTHER PIECES",
              [(tokenizer.convert_ids_to_tokens(i.item()), round(p.item(), 3)) for p, i in zip(*best)])
    sys.exit(failed)


if __name__ == "__main__":
    main()
