#!/usr/bin/env python3
"""Makes the golden values of text: what Hugging Face's tokenizers cut, decode and learn.

    pip install -r requirements.txt && python make_text_goldens.py

Writes word_piece.json and byte_pairs.json (tokenizers), bert.safetensors, gpt.safetensors and modern_bert.safetensors
(transformers) beside this file.
"""
import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import BertWordPieceTokenizer, ByteLevelBPETokenizer
from transformers import (BertConfig, BertForPreTraining, GPT2Config, GPT2LMHeadModel, ModernBertConfig,
                          ModernBertModel)

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


def cut(tokenizer, texts=CASES):
    cases = []
    for text in texts:
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


def make_byte_pairs():
    """A small tokenizer of GPT-2's kind, as its tokenizer.json, and what it makes of the cases."""
    tokenizer = ByteLevelBPETokenizer()
    tokenizer.train_from_iterator(LEARNED_FROM + CASES, vocab_size=400, min_frequency=2, show_progress=False,
                                  special_tokens=["<|endoftext|>"])
    cases = cut(tokenizer, CASES + [
        "we've they'll I'd it's 'S 'squoted'", "two  blanks   and\ttab\n\n\nlines ", "  leads", " ", "a\u00a0\u2003b \u00a0 c",
        "walk<|endoftext|>ed <|endoftext|>", "x1y22 \u00bd\u2167\u0663 caf\u00e9s\u0301", "\u6771\u4eac \U0001f468\u200d\U0001f469!?",
        "low" * 300])
    (HERE / "byte_pairs.json").write_text(json.dumps(
        {"tokenizer": json.loads(tokenizer.to_str()), "cases": cases}, separators=(",", ":"), ensure_ascii=True) + "\n")


def make_bert():
    """Three sequences of unlike length, padded: states, losses and the gradient of every parameter."""
    torch.manual_seed(0)
    config = BertConfig(vocab_size=50, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
                        max_position_embeddings=24, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
    model = BertForPreTraining(config)
    for parameter in model.parameters():  # Away from the symmetric start: biases too.
        parameter.data.add_(0.1 * torch.randn_like(parameter))
    lengths, width = [20, 13, 7], 20
    ids = torch.zeros(3, width, dtype=torch.long)
    segments, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    labels = torch.full_like(ids, -100)
    for row, length in enumerate(lengths):
        ids[row, :length] = torch.randint(5, 50, (length,))
        ids[row, 0], ids[row, length - 1] = 2, 3
        segments[row, length // 2:length] = 1
        mask[row, :length] = 1
        for column in range(2, length - 1, 4):
            labels[row, column] = torch.randint(5, 50, (1,)).item()
    pairs = torch.tensor([0, 1, 1])
    output = model(input_ids=ids, token_type_ids=segments, attention_mask=mask, labels=labels,
                   next_sentence_label=pairs, output_hidden_states=True)
    output.loss.backward()
    goldens = {"ids": ids, "segments": segments, "mask": mask, "labels": labels, "pairs": pairs,
               "loss": output.loss.detach().reshape(1),
               "states": output.hidden_states[-1].detach() * mask.unsqueeze(2)}
    for name, parameter in model.named_parameters():
        goldens["weight." + name] = parameter.detach()
        goldens["gradient." + name] = parameter.grad
    save_file({name: tensor.contiguous().clone() for name, tensor in goldens.items()}, HERE / "bert.safetensors")


def stirred(model):
    """Away from the symmetric start: norms and biases too."""
    for parameter in model.parameters():
        parameter.data.add_(0.1 * torch.randn_like(parameter))
    return model


def padded_ids():
    """Ids and mask of three sequences of 20, 13 and 7 pieces."""
    ids, mask = torch.zeros(3, 20, dtype=torch.long), torch.zeros(3, 20, dtype=torch.long)
    for row, length in enumerate([20, 13, 7]):
        ids[row, :length] = torch.randint(5, 50, (length,))
        mask[row, :length] = 1
    return ids, mask


def save_with_gradients(goldens, model, name):
    for key, parameter in model.named_parameters():
        goldens["weight." + key] = parameter.detach()
        goldens["gradient." + key] = parameter.grad
    save_file({key: tensor.contiguous().clone() for key, tensor in goldens.items()}, HERE / name)


def make_gpt():
    torch.manual_seed(1)
    config = GPT2Config(vocab_size=50, n_positions=24, n_embd=16, n_layer=2, n_head=2, resid_pdrop=0.0, embd_pdrop=0.0,
                        attn_pdrop=0.0)
    model = stirred(GPT2LMHeadModel(config))
    ids, mask = padded_ids()
    output = model(input_ids=ids, attention_mask=mask, labels=ids.masked_fill(mask == 0, -100), output_hidden_states=True)
    output.loss.backward()
    save_with_gradients({"ids": ids, "mask": mask, "loss": output.loss.detach().reshape(1),
                         "logits": output.logits.detach() * mask.unsqueeze(2)}, model, "gpt.safetensors")


def make_modern_bert():
    """The loss is a fixed weighing of the states, so that every parameter gets a gradient."""
    torch.manual_seed(2)
    config = ModernBertConfig(vocab_size=50, hidden_size=16, intermediate_size=64, num_hidden_layers=2,
                              num_attention_heads=2, max_position_embeddings=24, global_attn_every_n_layers=1,
                              local_attention=128, pad_token_id=0, bos_token_id=2, eos_token_id=3, cls_token_id=2,
                              sep_token_id=3, layer_types=["full_attention"] * 2,
                              rope_parameters={"full_attention": {"rope_type": "default", "rope_theta": 10000.0},
                                               "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0}})
    config._attn_implementation = "eager"
    model = stirred(ModernBertModel(config))
    ids, mask = padded_ids()
    weighing = torch.randn(3, 20, 16)
    states = model(input_ids=ids, attention_mask=mask).last_hidden_state * mask.unsqueeze(2)
    (states * weighing).sum().backward()
    save_with_gradients({"ids": ids, "mask": mask, "weighing": weighing, "states": states.detach()}, model,
                        "modern_bert.safetensors")


def main():
    make_byte_pairs()
    make_bert()
    make_gpt()
    make_modern_bert()
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
