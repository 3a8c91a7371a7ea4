"""Faults, one function each: takes a fresh Workspace with the corpus "c" and says how often it struck and what broke."""
import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import time

from workspace import SMALL, Workspace

KILL = -9
ENOSPC, EIO = 28, 5
ONCE_BROKE = [
    {"call": "open", "at": 4, "error": EIO, "program": "pretext", "forever": 1},  # An empty folder stayed.
    {"call": "fsync", "at": 11, "error": ENOSPC, "program": "pretext", "forever": 1},  # The row came without the folder.
]


def must(condition, text):
    return [] if condition else [text]


def unbroken(w, epochs):
    code, _, err = w.train("--set", "name=unbroken", epochs=epochs)
    assert code == 0, err
    return w.last_digest(w.one("SELECT max(id) FROM runs"))


def until_end(w, run, seconds=180):
    """Somebody looks now and then, as the window does, until the run has ended."""
    def ended():
        w.run("runs")
        return w.status(run) not in ("queued", "running")
    w.wait(ended, seconds)
    return w.status(run)


def kills(w, rounds, seed=1):
    """The engine is killed at random moments; nobody resumes, somebody only looks."""
    rng, bad, struck = random.Random(seed), [], 0
    epochs = 25
    started = time.time()
    whole = unbroken(w, epochs)
    span = time.time() - started
    for _ in range(rounds):
        run = w.start(epochs)
        time.sleep(0.6 * rng.random() * span)  # The rest of it is evaluation.
        struck += w.kill_engines()
        killed = 1000 * time.time()
        newest = w.one("SELECT max(wall_ms) FROM metrics WHERE run_id = ?", run)
        if newest and w.status(run) == "running" and w.one("SELECT step < total_steps FROM runs WHERE id = ?", run):
            bad += must(killed - newest < 2000, f"the last {killed - newest:.0f} ms are lost")
        status = until_end(w, run)
        bad += must(status == "finished", f"run {run} is {status}")
        bad += must(w.last_digest(run) == whole, f"run {run} ends with other weights")
    return struck, bad + w.complaints()


def kills_before_calls(w, rounds, seed=2):
    """The engine, or an ingest, is killed just before a call that writes."""
    return calls(w, rounds, seed, errors=[KILL], modes=[False])


def failing_calls(w, rounds, seed=3):
    """One call fails, or all from one on; nothing may be half there, and failure is said."""
    return calls(w, rounds, seed, errors=[EIO, ENOSPC], modes=[False, True], first=ONCE_BROKE)


def calls(w, rounds, seed, errors, modes, first=()):
    rng, bad, struck = random.Random(seed), [], 0
    base = f"{w.root}/base"
    w.run("runs")
    w.wait(lambda: not w.engines())
    shutil.copytree(w.path, base)
    for number in range(rounds):
        shutil.rmtree(w.path, ignore_errors=True)
        shutil.copytree(base, w.path)
        failing = {"call": rng.choice(["write", "fsync", "rename", "open", "ftruncate", "unlink", "mkdir"]), "at": rng.randint(1, 40),
                   "error": rng.choice(errors), "path": w.path, "program": rng.choice(["pretext", "pretext-engine"])}
        if rng.choice(modes):
            failing["forever"] = 1
        if number < len(first):
            failing = {**first[number], "path": w.path}
        code, out, err = one_call(w, failing)
        struck += 1
        w.wait(lambda: not w.engines(), 20)
        w.kill_engines()
        found = [f"{failing}: {text}" for text in w.complaints()]
        if code not in (0, 1, KILL):
            found.append(f"{failing} ends with {code}: {err[-200:]}")
        bad += found
    return struck, bad


def one_call(w, failing):
    if failing["program"] == "pretext":
        return w.run("ingest", "images", f"{w.root}/idx", "--name", "again", failing=failing, timeout=60)
    # A disk that stays full or broken makes the engine wait: nobody waits with it.
    code, out, err = w.train(epochs=2, failing=failing, timeout=15)
    return (code if code is not None else 0), out, err


@contextlib.contextmanager
def small_disk(w, megabytes):
    """A copy of the workspace, without its runs, on a file system of its own; None where it cannot be mounted. Root."""
    disk = f"{w.root}/disk"
    os.makedirs(disk)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", disk], capture_output=True).returncode:
        yield None
        return
    try:
        inner = Workspace(w.root, w.pretext, w.shim, w.specs)
        inner.path = f"{disk}/w"
        shutil.copytree(w.path, inner.path, ignore=shutil.ignore_patterns("*.lock", "*.start", "runs"))
        os.makedirs(f"{inner.path}/runs")
        inner.db("DELETE FROM checkpoints")
        yield inner
    finally:
        w.kill_engines()
        subprocess.run(["umount", "-l", disk])


@contextlib.contextmanager
def filled(w):
    """Not a byte is left on the workspace's disk."""
    file = f"{os.path.dirname(w.path)}/filler"
    with open(file, "wb", buffering=0) as filler:
        try:
            while filler.write(b"x" * 4096):
                pass
        except OSError:
            pass
    try:
        yield
    finally:
        os.remove(file)


def full_disk(w):
    """The disk fills while a run trains, and has room again later."""
    if os.geteuid() != 0:
        return None, ["needs root"]
    whole = unbroken(w, 30)
    with small_disk(w, 24) as inner:
        if not inner:
            return None, ["cannot mount a file system here"]
        run = inner.start(30)
        inner.wait(lambda: (inner.one("SELECT step FROM runs WHERE id = ?", run) or 0) > 20)
        with filled(inner):
            waits = inner.wait(lambda: "disk is full" in (inner.one("SELECT reason FROM runs WHERE id = ?", run) or ""), 30)
            code, out, err = inner.run("runs")
        bad = must(waits, "the run does not say that it waits") + must(code == 0, f"looking at a full disk: {err}")
        status = until_end(inner, run)
        bad += must(status == "finished", f"the run is {status}: {inner.one('SELECT reason FROM runs WHERE id = ?', run)}")
        bad += must(inner.last_digest(run) == whole, "the run ends with other weights")
        return 1, bad + inner.complaints()


def power_loss(w):
    """What the disk has when a command has returned: an image of a file system, copied then and mounted. Root."""
    if os.geteuid() != 0:
        return None, ["needs root"]
    image, disk, other = f"{w.root}/disk.img", f"{w.root}/disk", f"{w.root}/other"
    os.makedirs(disk)
    os.makedirs(other)
    subprocess.run(["truncate", "-s", "200M", image], check=True)
    if subprocess.run(["sh", "-c", f"mkfs.ext4 -q {image} && mount -o loop {image} {disk}"], capture_output=True).returncode:
        return None, ["cannot mount a file system here"]
    bad, struck = [], 0
    open(f"{w.root}/prose.txt", "w").write("\n\n".join(f"This is document {i} about the sea and word{i * 7919 % 97}." for i in range(300)))
    try:
        for command, look in ((("ingest", "images", f"{w.root}/idx", "--name", "c"), ("duplicates", "c", "--small")),
                              (("ingest", "text", f"{w.root}/prose.txt", "--name", "p", "--train-vocab", "200"), ("tokenize", "--corpus", "p", "sea"))):
            code, _, err = w.run(*command, path=f"{disk}/w")
            subprocess.run(["cp", "--sparse=always", image, f"{image}2"], check=True)
            subprocess.run(["mount", "-o", "loop", f"{image}2", other], check=True)
            struck += 1
            bad += must(code == 0, f"{command}: {err}")
            code, _, err = w.run(*look, path=f"{other}/w")
            bad += must(code == 0, f"after {command[1]} and a loss of power: {err.strip()}")
            subprocess.run(["umount", other], check=True)
        return struck, bad
    finally:
        for folder in (other, disk):
            subprocess.run(["umount", "-l", folder], capture_output=True)


def read_only(w):
    """An engine dies with figures in the WAL; the folder is then mounted read-only: the newest figures are shown. Root."""
    if os.geteuid() != 0:
        return None, ["needs root"]
    run = w.start(500)
    w.wait(lambda: (w.one("SELECT step FROM runs WHERE id = ?", run) or 0) > 20)
    w.kill_engines()
    step = w.one("SELECT step FROM runs WHERE id = ?", run)
    held = sqlite3.connect(f"{w.path}/workspace.db")  # So that the WAL stays.
    held.execute("SELECT count(*) FROM runs").fetchall()
    disk = f"{w.root}/fixed"
    os.makedirs(disk)
    if subprocess.run(["sh", "-c", f"mount --bind {w.path} {disk} && mount -o remount,bind,ro {disk}"], capture_output=True).returncode:
        return None, ["cannot mount here"]
    try:
        code, out, err = w.run("show", run, "--json", path=disk)
        bad = must(code == 0 and f'"step": {step}' in out, f"shows other figures than those of step {step}: {err}")
        code, _, err = w.run("delete", run, path=disk)
        return 1, bad + must(code == 1 and "read-only" in err, f"deleting: {code} {err}")
    finally:
        subprocess.run(["umount", "-l", disk])
        held.close()
        w.run("stop", run)


def renamed(w):
    """The workspace is renamed while an engine trains: nothing strays, and it goes on where it is."""
    whole = unbroken(w, 25)
    run = w.start(25)
    w.wait(lambda: (w.one("SELECT step FROM runs WHERE id = ?", run) or 0) > 20)
    old, w.path = w.path, w.path + "-moved"
    os.rename(old, w.path)
    ended = w.wait(lambda: not w.engines(), 20)
    bad = must(ended, "the engine goes on") + must(not os.path.exists(old), "a new folder stands where it was")
    status = until_end(w, run)
    bad += must(status == "finished" and w.last_digest(run) == whole, f"found again, the run is {status}")
    return 1, bad + w.complaints()


def foreign_lock(w):
    """Another program holds the database for 13 s: the run goes on and loses nothing."""
    whole = unbroken(w, 25)
    run = w.start(25)
    w.wait(lambda: (w.one("SELECT step FROM runs WHERE id = ?", run) or 0) > 20)
    holder = sqlite3.connect(f"{w.path}/workspace.db", isolation_level=None, timeout=20)
    holder.execute("BEGIN IMMEDIATE")
    code, _, err = w.run("set", run, "--note", "x", timeout=30)
    bad = must(code == 1 and f"process {os.getpid()}" in err, f"who holds the lock is not said: {err}")
    time.sleep(3)
    holder.execute("COMMIT")
    holder.close()
    status = until_end(w, run)
    bad += must(status == "finished" and w.last_digest(run) == whole, f"the run is {status}")
    steps, = w.db("SELECT count(*), max(step) FROM curve WHERE run_id = ? AND key = 'train/loss'", run)
    return 1, bad + must(steps[0] == steps[1], f"{steps[0]} readings of {steps[1]} steps") + w.complaints()


def two_of_everything(w):
    """Two ingests of one name, two commands that start engines, at once."""
    programs = [subprocess.Popen([w.pretext, "ingest", "images", f"{w.root}/idx", "--name", "twice", "--workspace", w.path],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    ends = [(p.communicate()[1], p.returncode) for p in programs]
    bad = must(sorted(code for _, code in ends) == [0, 1], f"two ingests end with {ends}")
    runs = [w.start(2) for _ in range(4)]
    for run in runs:
        status = until_end(w, run)
        bad += must(status == "finished", f"run {run} is {status}")
    return 2, bad + w.complaints()


def never_claimed(w):
    """The engine dies before it takes up its work: the command that waits starts another; at the second death it fails."""
    # Its first write to the database kills it, each time.
    code, _, err = w.train(epochs=1, timeout=60, failing={"call": "write", "at": 1, "error": KILL, "program": "pretext-engine", "path": "workspace.db"})
    bad = must(code == 1 and "ended twice" in err, f"a hopeless engine: {code} {err}")
    run = w.start(1)
    bad += must(until_end(w, run) == "finished", f"the next run is {w.status(run)}")
    return 2, bad + w.complaints()


def stranger(w):
    """A workspace that somebody meant ill: each command ends, with or without a sentence, and nothing outside is touched."""
    unbroken(w, 2)
    outside = f"{w.root}/thesis"
    os.makedirs(outside)
    for name in ("t.txt", "step-000000001.safetensors", "images.ptx"):
        open(f"{outside}/{name}", "w").write("mine")
    before = sorted((entry.name, entry.stat().st_mtime_ns, entry.stat().st_size) for entry in os.scandir(outside))
    w.wait(lambda: not w.engines())
    w.db("UPDATE corpora SET path = '../thesis', source = '../thesis'")
    w.db("UPDATE checkpoints SET path = '../../thesis/t.txt'")
    w.db("CREATE TABLE loot (x)")
    for table in ("runs", "corpora", "jobs", "samples", "checkpoints"):
        w.db(f"CREATE TRIGGER t_{table} AFTER UPDATE ON {table} BEGIN INSERT INTO loot VALUES (1); END")
    w.db("DROP VIEW curve")
    w.db("CREATE VIEW curve AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS run_id, 'k' AS key, "
         "i AS step, i AS value, i AS wall_ms, 1 AS attempt FROM n")
    w.db("INSERT INTO runs (name, status, objective, corpus_id, spec, seed, created_ms) VALUES ('odd', 'dancing', 'none', 1, '[[[', 0, 0)")
    os.rename(f"{w.path}/engine.log", f"{w.path}/log")
    for link in ("engine.log", "runs/2"):
        os.symlink(f"{outside}/t.txt" if link == "engine.log" else outside, f"{w.path}/{link}")
    commands = ["runs", "corpora", "doctor", "doctor --deep", "show 1", "show 2", "evaluate 1 --with knn", "resume 1", "resume 2",
                f"export 1 --out {w.root}/e.safetensors", f"export 1 --format zip --out {w.root}/e.zip", f"report 1 --out {w.root}/r.html",
                "delete 1", "purge 1", "delete 2", "purge 2", "delete c", "purge c", "runs --json", "corpora --json"]
    bad = []
    for command in commands:
        code, _, err = w.run(*command.split(), timeout=60)
        bad += must(code in (0, 1), f"{command}: {'hangs' if code is None else code} {err[-200:]}")
    w.kill_engines()
    after = sorted((entry.name, entry.stat().st_mtime_ns, entry.stat().st_size) for entry in os.scandir(outside))
    bad += must(before == after, f"outside there is now {[name for name, *_ in after]}")
    return len(commands), bad + must(w.one("SELECT count(*) FROM loot") == 0, "a trigger ran")


def sweep(w, kill_times=5):
    """A sweep of twelve is left alone while its engine is killed again and again and its disk fills once: all finish."""
    if os.geteuid() != 0:
        return None, ["needs root"]
    with small_disk(w, 100) as inner:
        if not inner:
            return None, ["cannot mount a file system here"]
        code, _, err = inner.run("sweep", f"{w.specs}/simclr.toml", "--set", "corpus=c", *SMALL, "--set", "training.epochs=20",
                                 "--set", "training.learning_rate=0.01,0.03,0.06,0.1", "--seeds", "3", "--detach")
        assert code == 0, err
        kills, was_full, rng = 0, False, random.Random(5)
        while left := inner.one("SELECT count(*) FROM runs WHERE status NOT IN ('finished', 'failed')"):
            time.sleep(1 + 3 * rng.random())
            # Two deaths with no step gained between would be the run's own fault.
            has_gained = inner.one("SELECT r.step > j.death_step OR j.deaths = 0 FROM jobs j JOIN runs r ON r.id = j.run_id "
                                   "WHERE j.status = 'running'")
            if kills < kill_times and has_gained and inner.kill_engines():
                kills += 1
            inner.run("runs")
            if left <= 8 and not was_full:
                with filled(inner):
                    was_full = inner.wait(lambda: inner.one("SELECT count(*) FROM runs WHERE reason LIKE '%disk is full%'"), 30)
        bad = must(kills == kill_times and was_full, f"{kills} kills, and the disk was {'' if was_full else 'never '}full")
        statuses = inner.db("SELECT status, count(*) FROM runs GROUP BY 1")
        return kills + was_full, bad + must(statuses == [("finished", 12)], f"the sweep ends as {statuses}") + inner.complaints()


def encoder_kernels(w):
    """Encoders of each width take a step under every capability that can be forced, with each block ended by a guard page."""
    build = os.path.dirname(os.path.dirname(w.pretext))
    flags = open("/proc/cpuinfo").read()
    bad, struck, left_out = [], 0, []
    for torch, onednn, needs in (("default", "SSE41", "sse4_1"), ("avx2", "AVX2", "avx2"), ("avx512", "AVX512_CORE", "avx512f")):
        if needs not in flags:
            left_out.append(torch)
            continue
        env = dict(os.environ, ATEN_CPU_CAPABILITY=torch, ONEDNN_MAX_CPU_ISA=onednn, LD_PRELOAD=f"{build}/lib/libguard_blocks.so")
        try:
            done = subprocess.run([f"{build}/bin/gpu_tests", "--gtest_filter=EncoderGridTest.*"], env=env, capture_output=True, text=True, timeout=300)
            bad += must(done.returncode == 0, f"{torch}: ends with {done.returncode}: {done.stdout[-300:]}")
        except subprocess.TimeoutExpired:
            bad.append(f"{torch}: a step never ends")
        struck += 1
    if left_out:
        print(f"{'':35} not tried, for this processor lacks it: {', '.join(left_out)}")
    return struck, bad
