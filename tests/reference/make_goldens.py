#!/usr/bin/env python3
"""Makes the golden values that the C++ tests compare with, from the libraries people trust.

    pip install -r requirements.txt && python make_goldens.py

Writes views.safetensors (torchvision 0.26), encoders.safetensors (torchvision), losses.safetensors
(lightly 1.6), evaluation.safetensors and tf_idf.safetensors (scikit-learn, numpy) beside this file.
"""
from pathlib import Path

import numpy as np
import torch
import torchvision
from lightly.loss import NTXentLoss
from safetensors.torch import save_file
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from torchvision.transforms import InterpolationMode
from torchvision.transforms.v2 import functional as F

HERE = Path(__file__).parent


def picture(height, width):
    """A smooth picture with some texture, as uint8 (3, H, W)."""
    y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    planes = [127 + 90 * torch.sin(0.21 * x + c) * torch.cos(0.17 * y - c) + 20 * torch.sin(1.1 * (x + c * y))
              for c in range(3)]
    return torch.stack(planes).clamp(0, 255).to(torch.uint8)


def make_views():
    image = picture(48, 60)
    real = image.float() / 255
    top, left, height, width, size = 5, 9, 37, 41, 32
    resized = lambda x, mode: F.resized_crop(x, top, left, height, width, [size, size], mode, antialias=True)
    base = resized(real, InterpolationMode.BILINEAR).clamp(0, 1)
    sigma = 1.3
    kernel = 2 * int(np.ceil(3 * sigma)) + 1
    goldens = {
        "image": image.permute(1, 2, 0).contiguous(),
        "bilinear": base,
        "bicubic": resized(real, InterpolationMode.BICUBIC).clamp(0, 1),
        "enlarged": F.resized_crop(real, 2, 3, 11, 13, [size, size], InterpolationMode.BILINEAR, antialias=True),
        "flipped": F.horizontal_flip(base),
        "brightness": F.adjust_brightness(base, 1.35),
        "contrast": F.adjust_contrast(base, 0.6),
        "saturation": F.adjust_saturation(base, 1.7),
        "hue": F.adjust_hue(base, 0.13),
        "hue_negative": F.adjust_hue(base, -0.4),
        "grayscale": F.rgb_to_grayscale(base, num_output_channels=3),
        "solarise": F.solarize(base, 0.5),
        "blur": F.gaussian_blur(base, [kernel, kernel], [sigma, sigma]),
        "rotated": F.rotate(base, 20.0, InterpolationMode.BILINEAR),
    }
    torch.manual_seed(0)
    crop = torchvision.transforms.v2.RandomResizedCrop(32, scale=(0.2, 1.0))
    draws = [crop.make_params([image]) for _ in range(4000)]
    goldens["crops"] = torch.tensor([[d["left"], d["top"], d["width"], d["height"]] for d in draws], dtype=torch.int32)
    jitter = torchvision.transforms.v2.ColorJitter(0.4, 0.4, 0.4, 0.1)
    draws = [jitter.make_params([image]) for _ in range(4000)]
    names = ["brightness_factor", "contrast_factor", "saturation_factor", "hue_factor"]
    goldens["factors"] = torch.tensor([[float(d[n]) for n in names] for d in draws])
    save_file({k: v.contiguous() for k, v in goldens.items()}, HERE / "views.safetensors")


def fill(module):
    """Weights by formula, the same in C++: state sorted by name, element i of tensor n."""
    with torch.no_grad():
        for n, (name, tensor) in enumerate(sorted(module.state_dict().items())):
            if name.endswith("num_batches_tracked"):
                continue
            i = torch.arange(tensor.numel(), dtype=torch.float64)
            wave = torch.cos(0.37 * i + n)
            is_scale = "running_var" in name or (("bn" in name or "downsample.1" in name or "ln" in name) and name.endswith("weight"))
            values = 1 + 0.25 * wave if is_scale else 0.05 * wave
            tensor.copy_(values.to(torch.float32).view_as(tensor))


def make_encoders():
    goldens = {}
    i = torch.arange(2 * 3 * 64 * 64, dtype=torch.float64)
    x = torch.sin(0.013 * i).to(torch.float32).view(2, 3, 64, 64)
    for name in ["resnet18", "resnet50"]:
        model = getattr(torchvision.models, name)()
        model.fc = torch.nn.Identity()
        fill(model)
        goldens[name] = model.eval()(x).detach()
    vit = torchvision.models.VisionTransformer(64, 16, 12, 3, 192, 768)
    vit.heads = torch.nn.Identity()
    fill(vit)
    goldens["vit-tiny"] = vit.eval()(x).detach().contiguous()
    save_file(goldens, HERE / "encoders.safetensors")


def make_losses():
    torch.manual_seed(1)
    first = torch.randn(24, 16, requires_grad=True)
    second = torch.randn(24, 16, requires_grad=True)
    goldens = {"first": first.detach(), "second": second.detach()}
    for temperature in [0.07, 0.5]:
        loss = NTXentLoss(temperature=temperature)(first, second)
        gradients = torch.autograd.grad(loss, [first, second])
        goldens[f"loss_{temperature}"] = loss.detach().reshape(1)
        goldens[f"gradient_first_{temperature}"], goldens[f"gradient_second_{temperature}"] = gradients
    save_file({k: v.contiguous() for k, v in goldens.items()}, HERE / "losses.safetensors")


def make_evaluation():
    rng = np.random.default_rng(2)
    centres = rng.normal(size=(4, 12))
    labels = rng.integers(0, 4, 160)
    rows = (centres[labels] + 1.2 * rng.normal(size=(160, 12))).astype(np.float32)
    bank, queries = rows[:110], rows[110:]
    knn = KNeighborsClassifier(20, metric="cosine", algorithm="brute", weights=lambda d: np.exp((1 - d) / 0.1))
    predicted = knn.fit(bank, labels[:110]).predict(queries)
    centred = rows.astype(np.float64) - rows.mean(0, dtype=np.float64)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    axes = axes[:2].T
    axes *= np.sign(axes[np.abs(axes).argmax(0), range(2)])
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    x, y = unit[:80], unit[80:]
    shares = np.linalg.svd(rows[:80].astype(np.float64), compute_uv=False)
    shares = shares / shares.sum() + 1e-7
    squared = ((x[:, None] - x[None]) ** 2).sum(-1)[np.triu_indices(80, 1)]
    inertia = [KMeans(k, n_init=20, random_state=0).fit(rows).inertia_ for k in (4, 9)]
    goldens = {
        "rows": rows, "labels": labels.astype(np.int64), "inertia": np.array(inertia), "predicted": predicted.astype(np.int64),
        "pca": (centred @ axes).astype(np.float32),
        "monitors": np.array([x.std(0, ddof=1).mean() * np.sqrt(12), np.exp(-(shares * np.log(shares)).sum()),
                              ((x - y) ** 2).sum(1).mean(), np.log(np.exp(-2 * squared).mean())]),
    }
    save_file({k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in goldens.items()}, HERE / "evaluation.safetensors")


def make_tf_idf():
    """Counts of 30 terms in 90 texts of 3 classes; the last term occurs in no training text."""
    rng = np.random.default_rng(3)
    labels = rng.integers(0, 3, 90)
    rates = rng.gamma(0.4, size=(3, 30))
    counts = rng.poisson(rates[labels]).astype(np.float32)
    counts[:60, 29] = 0
    weights = TfidfTransformer().fit(counts[:60])
    known = counts * (counts[:60].sum(0) > 0)  # Terms that training lacks are no features.
    rows = weights.transform(known).toarray().astype(np.float32)
    model = LogisticRegression(C=10.0, tol=1e-8, max_iter=10000).fit(rows[:60], labels[:60])
    goldens = {
        "counts": counts, "rows": rows, "labels": labels.astype(np.int64),
        "weight": model.coef_.T.astype(np.float32), "scores": model.decision_function(rows[60:]).astype(np.float32),
    }
    save_file({k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in goldens.items()}, HERE / "tf_idf.safetensors")


def make_oriented():
    """A white quarter in the upper left, stored for EXIF orientation 6 (to be turned clockwise)."""
    from PIL import Image

    values = np.zeros((40, 60, 3), np.uint8)
    values[:20, :30] = 255
    exif = Image.Exif()
    exif[0x0112] = 6
    (HERE / "oriented").mkdir(exist_ok=True)
    for suffix, options in {"jpg": {}, "png": {}, "tiff": {}, "webp": {"lossless": True}}.items():
        Image.fromarray(values).save(HERE / "oriented" / f"six.{suffix}", exif=exif, **options)


if __name__ == "__main__":
    make_views()
    make_encoders()
    make_losses()
    make_evaluation()
    make_tf_idf()
    make_oriented()
