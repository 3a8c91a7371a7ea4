#!/usr/bin/env python3
"""The same BERT as `pretext train bert.toml`, as a user of Hugging Face would write it, and both judged alike.

  python hugging_face_bert.py train TRAIN.txt TOKENIZER_FOLDER --tokens 5000000 --size tiny --out FOLDER [--rows sentences]
  python hugging_face_bert.py judge VALID.txt FOLDER...

train: pairs as google-research/bert's create_pretraining_data.py makes them, padded to 128; DataCollatorForLanguageModeling
at 15 %; BertForPreTraining; AdamW 1e-3, weight decay 0.01 without biases and norms, linear with 5 % warm-up, clip 1.0. Ends
after that many tokens that are no padding. Prints one line of JSON with tokens per second. `--rows sentences` is what tutorials
do: one sentence a row, padded to 128, masked language modelling alone.
judge: mean masked-LM loss of each exported folder on the same runs of 126 pieces of VALID.txt, the same 15 % hidden.
"""
import argparse, json, random, re, time

import torch
from transformers import AutoTokenizer, BertConfig, BertForMaskedLM, BertForPreTraining, DataCollatorForLanguageModeling

SIZES = {"tiny": (2, 128, 2), "mini": (4, 256, 4), "small": (4, 512, 8)}
LENGTH = 128


def documents(path, tokenizer):
    """Articles of a WikiText file (a heading "= Name =" begins one) as lists of sentences of ids."""
    articles = []
    for line in open(path, encoding="utf-8"):
        line = line.strip()
        if re.fullmatch(r"= [^=].*[^=] =", line) or not articles:
            articles.append([])
        articles[-1] += [part for part in re.split(r"(?<=[.!?]) ", line) if part]
    encode = lambda sentences: tokenizer(sentences, add_special_tokens=False)["input_ids"] if sentences else []
    return [[ids for ids in encode(article) if ids] for article in articles if article]


def pairs(articles, rng):
    """(first, second, is_random) for one pass over the articles."""
    room = LENGTH - 3
    for number, article in enumerate(articles):
        target = rng.randint(2, room) if rng.random() < 0.1 else room
        chunk, size, i = [], 0, 0
        while i < len(article):
            chunk.append(article[i])
            size += len(article[i])
            if i == len(article) - 1 or size >= target:
                cut = rng.randint(1, len(chunk) - 1) if len(chunk) >= 2 else 1
                first = sum(chunk[:cut], [])
                is_random = len(chunk) == 1 or rng.random() < 0.5
                if is_random:
                    other = articles[rng.choice([k for k in (rng.randrange(len(articles)) for _ in range(10)) if k != number] or [0])]
                    begin = rng.randrange(len(other)) if other else 0
                    second = []
                    while begin < len(other) and len(second) < target - len(first):
                        second += other[begin]
                        begin += 1
                    i -= len(chunk) - cut
                else:
                    second = sum(chunk[cut:], [])
                if first and second:
                    while len(first) + len(second) > room:
                        longer = first if len(first) > len(second) else second
                        del longer[0 if rng.random() < 0.5 else -1]
                    yield first, second, int(is_random)
                chunk, size = [], 0
            i += 1


def sentences(articles):
    """(sentence, nothing, no label): rows of a single sentence."""
    for article in articles:
        for ids in article:
            yield ids[:LENGTH - 2], [], 0


def batches(articles, tokenizer, size, seed, rows_of):
    collate = DataCollatorForLanguageModeling(tokenizer)
    epoch = 0
    while True:
        rng = random.Random(seed + epoch)
        examples = list(pairs(articles, rng) if rows_of == "pairs" else sentences(articles))
        rng.shuffle(examples)
        for at in range(0, len(examples) - size + 1, size):
            rows = []
            for first, second, is_random in examples[at:at + size]:
                end = [*second, tokenizer.sep_token_id] if second else []
                ids = [tokenizer.cls_token_id, *first, tokenizer.sep_token_id, *end]
                pad = LENGTH - len(ids)
                rows.append({"input_ids": ids + [tokenizer.pad_token_id] * pad, "attention_mask": [1] * len(ids) + [0] * pad,
                             "token_type_ids": [0] * (len(first) + 2) + [1] * len(end) + [0] * pad,
                             **({"next_sentence_label": is_random} if second else {})})
            yield collate(rows)
        epoch += 1


def train(a):
    torch.manual_seed(a.seed)
    tokenizer = AutoTokenizer.from_pretrained(a.tokenizer)
    articles = documents(a.text, tokenizer)
    layers, width, heads = SIZES[a.size]
    kind = BertForPreTraining if a.rows == "pairs" else BertForMaskedLM
    model = kind(BertConfig(vocab_size=len(tokenizer), hidden_size=width, num_hidden_layers=layers,
                                          num_attention_heads=heads, intermediate_size=4 * width)).train()
    plain = [p for p in model.parameters() if p.dim() < 2]
    optimizer = torch.optim.AdamW([{"params": [p for p in model.parameters() if p.dim() >= 2]},
                                   {"params": plain, "weight_decay": 0.0}], lr=a.rate, weight_decay=0.01)
    seen, steps, begin = 0, 0, time.time()
    for batch in batches(articles, tokenizer, a.batch, a.seed, a.rows):
        share = seen / a.tokens
        for group in optimizer.param_groups:
            group["lr"] = a.rate * min((share + 1e-3) / 0.05, (1 - share) / 0.95)
        loss = model(**batch).loss
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        seen, steps = seen + int(batch["attention_mask"].sum()), steps + 1
        if steps % 50 == 0:
            print(f"step {steps}: {seen} tokens, loss {loss.item():.3f}, {seen / (time.time() - begin):.0f} tokens/s", flush=True)
        if seen >= a.tokens:
            break
    if a.out:
        model.save_pretrained(a.out)
        tokenizer.save_pretrained(a.out)
    print(json.dumps({"tokens": seen, "steps": steps, "seconds": time.time() - begin,
                      "tokens_per_second": seen / (time.time() - begin)}))


def judge(a):
    for folder in a.folders:
        tokenizer = AutoTokenizer.from_pretrained(folder)
        model = BertForPreTraining.from_pretrained(folder).eval()
        torch.manual_seed(0)
        ids = sum((sum(article, []) for article in documents(a.text, tokenizer)), [])
        room = LENGTH - 2
        rows = [[tokenizer.cls_token_id, *ids[at:at + room], tokenizer.sep_token_id]
                for at in range(0, min(len(ids), 1024 * room) - room, room)]
        collate = DataCollatorForLanguageModeling(tokenizer)
        total, count = 0.0, 0
        with torch.no_grad():
            for at in range(0, len(rows), 64):
                batch = collate([{"input_ids": row} for row in rows[at:at + 64]])
                logits = model(input_ids=batch["input_ids"]).prediction_logits
                hidden = batch["labels"] >= 0
                total += torch.nn.functional.cross_entropy(logits[hidden], batch["labels"][hidden], reduction="sum").item()
                count += int(hidden.sum())
        print(json.dumps({"folder": folder, "masked_lm_loss": total / count, "pieces": count}), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    training = commands.add_parser("train")
    training.add_argument("text")
    training.add_argument("tokenizer")
    training.add_argument("--tokens", type=float, default=5e6)
    training.add_argument("--size", choices=SIZES, default="tiny")
    training.add_argument("--batch", type=int, default=32)
    training.add_argument("--rows", choices=["pairs", "sentences"], default="pairs")
    training.add_argument("--rate", type=float, default=1e-3)
    training.add_argument("--seed", type=int, default=0)
    training.add_argument("--out")
    training.set_defaults(run=train)
    judging = commands.add_parser("judge")
    judging.add_argument("text")
    judging.add_argument("folders", nargs="+")
    judging.set_defaults(run=judge)
    a = parser.parse_args()
    a.run(a)


if __name__ == "__main__":
    main()
