#!/usr/bin/env python3
"""A text classifier as a user of Hugging Face would fine-tune it, to hold `finetune-text.toml` to.

  python hugging_face_finetune.py MODEL_FOLDER TRAIN TEST --epochs 3 --seeds 0 1 2

TRAIN, TEST: TSV files (.gz too) of sentence and label (a number), without a header. BertForSequenceClassification, AdamW 5e-5,
weight decay 0.01 without biases and norms, linear with 10 % warm-up, clip 1.0, batch 32, padded to the longest of a batch.
--untrained forgets the model's weights, the baseline that shows what they are worth.
Prints one line of JSON a seed and their mean.
"""
import argparse, csv, gzip, json, random

import torch
from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification


def rows(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")
    return [(text, int(label)) for text, label in csv.reader(opened, delimiter="\t", quoting=csv.QUOTE_NONE)]


def run(a, seed):
    torch.manual_seed(seed)
    rng = random.Random(seed)
    tokenizer = AutoTokenizer.from_pretrained(a.model)
    train, test = rows(a.train), rows(a.test)
    classes = len({label for _, label in train})
    if a.untrained:
        model = BertForSequenceClassification(BertConfig.from_pretrained(a.model, num_labels=classes)).train()
    else:
        model = BertForSequenceClassification.from_pretrained(a.model, num_labels=classes).train()
    optimizer = torch.optim.AdamW([{"params": [p for p in model.parameters() if p.dim() >= 2]},
                                   {"params": [p for p in model.parameters() if p.dim() < 2], "weight_decay": 0.0}],
                                  lr=a.rate, weight_decay=0.01)
    steps, step = a.epochs * (len(train) // a.batch), 0
    encode = lambda texts: tokenizer(texts, truncation=True, max_length=128, padding=True, return_tensors="pt")
    for _ in range(a.epochs):
        rng.shuffle(train)
        for at in range(0, len(train) - a.batch + 1, a.batch):
            part = train[at:at + a.batch]
            for group in optimizer.param_groups:
                group["lr"] = a.rate * min((step + 1) / (0.1 * steps), (steps - step) / (0.9 * steps))
            loss = model(**encode([text for text, _ in part]), labels=torch.tensor([label for _, label in part])).loss
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
    model.eval()
    hits = 0
    with torch.no_grad():
        for at in range(0, len(test), 128):
            part = test[at:at + 128]
            guesses = model(**encode([text for text, _ in part])).logits.argmax(1)
            hits += int((guesses == torch.tensor([label for _, label in part])).sum())
    return hits / len(test)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("train")
    parser.add_argument("test")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--untrained", action="store_true", help="initial weights of the same shape instead")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    a = parser.parse_args()
    accuracies = []
    for seed in a.seeds:
        accuracies.append(run(a, seed))
        print(json.dumps({"seed": seed, "accuracy": accuracies[-1]}), flush=True)
    print(json.dumps({"mean": sum(accuracies) / len(accuracies)}))


if __name__ == "__main__":
    main()
