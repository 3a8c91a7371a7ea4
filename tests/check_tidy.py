#!/usr/bin/env python3
"""check_tidy.py CLANG-TIDY BUILD PATH…: fails, with the findings, when clang-tidy has any in the files.

Paths are folders or files; one with "!" before it is left out. A file that was clean is not read again
while it, the headers of ours that it includes and the checks stay as they are: its stamp, named by all
of these, lies in PRETEXT_CACHE/tidy (BUILD/tidy without), so that the next clone finds it.
"""
import hashlib
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def chosen(paths):
    left_out = {ROOT / path[1:] for path in paths if path.startswith("!")}
    files = []
    for path in (ROOT / path for path in paths if not path.startswith("!")):
        if not path.exists():
            sys.exit(f"There is no {path}: mend the list of what is checked.")
        files += sorted(path.rglob("*.cpp")) if path.is_dir() else [path]
    return [file for file in files if file not in left_out]


def headers_of_ours(build):
    """What each compiled file includes of our own, as Ninja noted it."""
    includes, source = {}, None
    noted = subprocess.run(["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True, check=True)
    for line in noted.stdout.splitlines():
        if not line.startswith(" "):
            source = None
        elif ROOT in (path := Path(os.path.normpath(Path(build, line.strip())))).parents:
            if path.suffix == ".cpp":
                source = path
                includes[source] = []
            elif source and Path(build) not in path.parents:
                includes[source].append(path)
    return includes


def stamp_of(file, headers, checks):
    digest = hashlib.sha256(checks)
    for path in [file, *sorted(headers)]:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]


def main():
    tidy, build, *paths = sys.argv[1:]
    if not os.access(tidy, os.X_OK):
        sys.exit(f"There is no clang-tidy at '{tidy}': installer/test brings it, or source installer/setup.sh, "
                 "call bring_tools and configure again.")
    stamps = Path(os.environ.get("PRETEXT_CACHE") or build, "tidy")
    stamps.mkdir(parents=True, exist_ok=True)
    version = subprocess.run([tidy, "--version"], capture_output=True, check=True).stdout
    # A host's processor is no part of what is checked.
    checks = re.sub(rb"Host CPU.*", b"", version)
    checks += b"".join(path.read_bytes() for path in [ROOT / ".clang-tidy", *sorted(ROOT.glob("*/.clang-tidy"))])
    includes = headers_of_ours(build)

    def check(file):
        stamp = stamps / stamp_of(file, includes[file], checks) if file in includes else None
        if stamp and stamp.exists():
            return True
        # -w: GCC's warning options are not all Clang's, and GCC has warned already.
        run = subprocess.run([tidy, "-p", build, "--quiet", "--extra-arg=-w", str(file)],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        sys.stdout.write(run.stdout)
        if run.returncode == 0 and stamp:
            stamp.touch()
        return run.returncode == 0

    files = chosen(paths)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        clean = list(pool.map(check, files))
    print(f"{sum(clean)} of {len(files)} files are clean.")
    sys.exit(0 if all(clean) else 1)


main()
