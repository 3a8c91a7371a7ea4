#!/usr/bin/env python3
"""The same SimCLR run as `pretext train simclr.toml` on Fashion-MNIST, as a user of lightly would write it.

  python lightly_loop.py FOLDER_WITH_IDX_FILES --seed 0 [--samples 10000] [--epochs 10] [--width 16]

ResNet-18 (small stem), projection head 512-128 with batch norm, NT-Xent T = 0.1, SGD with Nesterov momentum, two epochs of
warm-up, cosine to 0, weight decay 5e-4 without biases and batch norm. Prints one line of JSON: the weighted kNN accuracy
(cosine, k = 200, T = 0.1, bank = the training samples, queries = the test set) and the seconds of training.
"""
import argparse, gzip, json, math, time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
import torchvision
from lightly.loss import NTXentLoss
from lightly.models.modules import SimCLRProjectionHead
from lightly.transforms import SimCLRTransform
from PIL import Image
from torch import nn


def idx(path, offset):
    return np.frombuffer(gzip.open(path).read(), np.uint8, offset=offset)


class Views(torch.utils.data.Dataset):
    def __init__(self, images, transform):
        self.images, self.transform = [Image.fromarray(image) for image in images], transform

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        return self.transform(self.images[index])


def encoder(width):
    net = torchvision.models.ResNet(torchvision.models.resnet.BasicBlock, [2, 2, 2, 2])
    scale = width / 64
    for name, module in list(net.named_modules()):
        if isinstance(module, nn.Conv2d):
            inputs = 1 if name == "conv1" else int(module.in_channels * scale)
            outputs = int(module.out_channels * scale)
            kernel = (3, 3) if name == "conv1" else module.kernel_size
            stride = (1, 1) if name == "conv1" else module.stride
            new = nn.Conv2d(inputs, outputs, kernel, stride, (kernel[0] // 2,) * 2, bias=False)
            nn.init.kaiming_normal_(new.weight, mode="fan_out", nonlinearity="relu")
        elif isinstance(module, nn.BatchNorm2d):
            new = nn.BatchNorm2d(int(module.num_features * scale))
        else:
            continue
        parent = net.get_submodule(name.rpartition(".")[0])
        setattr(parent, name.rpartition(".")[2], new)
    net.maxpool = nn.Identity()
    net.fc = nn.Identity()
    return net


def features(net, images, mean, deviation):
    net.eval()
    with torch.no_grad():
        x = (torch.tensor(images).unsqueeze(1).float() / 255 - mean) / deviation
        return torch.cat([F.normalize(net(part), dim=1) for part in x.split(256)])


def knn(bank, labels, queries, truth, k=200, temperature=0.1):
    hits = 0
    for part, expected in zip(queries.split(512), truth.split(512)):
        cosine, index = (part @ bank.T).topk(k, 1)
        votes = torch.zeros(len(part), int(labels.max()) + 1)
        votes.scatter_add_(1, labels[index], (cosine / temperature).exp())
        hits += (votes.argmax(1) == expected).sum().item()
    return hits / len(truth)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--samples", type=int, default=10_000)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--width", type=int, default=16)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    images = idx(options.folder / "train-images-idx3-ubyte.gz", 16).reshape(-1, 28, 28)
    labels = idx(options.folder / "train-labels-idx1-ubyte.gz", 8).astype(np.int64)
    test = idx(options.folder / "t10k-images-idx3-ubyte.gz", 16).reshape(-1, 28, 28).copy()
    truth = idx(options.folder / "t10k-labels-idx1-ubyte.gz", 8).astype(np.int64)
    chosen = np.random.default_rng(options.seed).permutation(len(images))[: options.samples]
    images, labels = images[chosen].copy(), torch.tensor(labels[chosen])
    mean, deviation = images.mean() / 255, images.std() / 255

    transform = SimCLRTransform(input_size=28, cj_strength=0.5, min_scale=0.2, gaussian_blur=0.0,
                                normalize={"mean": [mean], "std": [deviation]})
    loader = torch.utils.data.DataLoader(Views(images, transform), 256, shuffle=True, drop_last=True,
                                         num_workers=2, persistent_workers=True)
    net = encoder(options.width)
    head = SimCLRProjectionHead(options.width * 8, 512, 128)
    parameters = list(net.parameters()) + list(head.parameters())
    optimizer = torch.optim.SGD(
        [{"params": [p for p in parameters if p.dim() > 1], "weight_decay": 5e-4},
         {"params": [p for p in parameters if p.dim() <= 1], "weight_decay": 0.0}],
        lr=0.06, momentum=0.9, nesterov=True)
    total, warmup = options.epochs * len(loader), 2 * len(loader)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: (s + 1) / warmup if s < warmup
        else 0.5 * (1 + math.cos(math.pi * (s - warmup) / (total - warmup))))
    loss_of = NTXentLoss(temperature=0.1)
    begin = time.perf_counter()
    for _ in range(options.epochs):
        net.train()
        for first, second in loader:
            loss = loss_of(head(net(first)), head(net(second)))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    seconds = time.perf_counter() - begin
    accuracy = knn(features(net, images, mean, deviation), labels,
                   features(net, test, mean, deviation), torch.tensor(truth))
    print(json.dumps({"seed": options.seed, "knn": accuracy, "loss": loss.item(), "seconds": seconds}))


if __name__ == "__main__":
    main()
