#!/usr/bin/env python3
"""Breaks things on purpose and says what does not hold: run.py [--long] [NAME…]

The short form is part of the test suite; the long one takes about an hour. What needs root, or to mount, is skipped
elsewhere, saying so. The table of the last long run is in RESULTS.md.
"""
import argparse
import os
import shutil
import struct
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import scenarios  # noqa: E402
from workspace import Workspace  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHORT = {"kills": 3, "kills_before_calls": 6, "failing_calls": 8}
LONG = {"kills": 60, "kills_before_calls": 120, "failing_calls": 240}
PLAIN = ["full_disk", "power_loss", "read_only", "renamed", "foreign_lock", "two_of_everything", "never_claimed", "stranger", "encoder_kernels"]


def make_pictures(folder, train=300, test=60):
    """IDX files of random pictures in ten shades."""
    import random
    rng = random.Random(1)
    os.makedirs(folder)
    for name, count in (("train", train), ("t10k", test)):
        labels = bytes(i % 10 for i in range(count))
        pixels = b"".join(bytes(min(255, 20 * label + b // 4) for b in rng.randbytes(784)) for label in labels)
        open(f"{folder}/{name}-images-idx3-ubyte", "wb").write(struct.pack(">IIII", 2051, count, 28, 28) + pixels)
        open(f"{folder}/{name}-labels-idx1-ubyte", "wb").write(struct.pack(">II", 2049, count) + labels)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--build", default=f"{ROOT}/build/release")
    options = parser.parse_args()
    rounds = LONG if options.long else SHORT
    names = options.names or [*rounds, *PLAIN, *(["sweep"] if options.long else [])]
    failed = False
    print(f"{'fault':20} {'times':>5} {'seconds':>7}  what broke")
    for name in names:
        root = tempfile.mkdtemp(prefix="pretext-faults-")
        w = Workspace(root, f"{options.build}/bin/pretext", f"{options.build}/lib/libfail_calls.so", f"{ROOT}/resources/specs")
        started = time.time()
        try:
            make_pictures(f"{root}/idx")
            code, _, err = w.run("ingest", "images", f"{root}/idx", "--name", "c")
            assert code == 0, err
            times, bad = getattr(scenarios, name)(w, *([rounds[name]] if name in rounds else []))
        finally:
            w.kill_engines()
            shutil.rmtree(root, ignore_errors=True)
        seconds = f"{time.time() - started:7.1f}"
        if times is None:
            print(f"{name:20} {'-':>5} {seconds}  skipped: {bad[0]}", flush=True)
            continue
        failed = failed or bool(bad)
        print(f"{name:20} {times:5} {seconds}  {'nothing' if not bad else bad[0]}", flush=True)
        for text in bad[1:20]:
            print(f"{'':35} {text}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
