"""A workspace under attack: runs Pretext's programs on it, and says what no longer holds."""
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import time

SMALL = ["--set", "encoder.width=8", "--set", "encoder.blocks=1", "--set", "encoder.stem=small-stride2",
         "--set", "training.batch_size=32", "--set", "objective.projection=16,8", "--set", "evaluation.linear_epochs=3"]


class Workspace:
    """`root`: an empty folder for it and its sources; `pretext`: the program; `shim`: fail_calls.so."""

    def __init__(self, root, pretext, shim, specs):
        self.root, self.pretext, self.shim, self.specs = str(root), str(pretext), str(shim), str(specs)
        self.path = f"{self.root}/w"
        os.makedirs(self.root, exist_ok=True)

    def run(self, *args, timeout=120, failing=None, path=None):
        """-> (return code, or None where it hung; standard output; standard error)."""
        env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
        env.update(HOME=self.root, OMP_WAIT_POLICY="passive")
        if failing:
            env.update(LD_PRELOAD=self.shim, **{f"FAIL_{k.upper()}": str(v) for k, v in failing.items()})
        command = [self.pretext, *map(str, args), "--workspace", path or self.path]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace",
                                   stdin=subprocess.DEVNULL, env=env, start_new_session=True)
        try:
            out, err = process.communicate(timeout=timeout)
            return process.returncode, out, err
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            out, err = process.communicate()
            return None, out, err

    def train(self, *args, epochs=3, **options):
        return self.run("train", f"{self.specs}/simclr.toml", "--set", "corpus=c", *SMALL, "--set",
                        f"training.epochs={epochs}", *args, **options)

    def start(self, epochs, *args):
        code, out, err = self.train("--detach", *args, epochs=epochs)
        assert code == 0, err
        return int(out)

    def db(self, sql, *values, path=None):
        for _ in range(100):
            try:
                connection = sqlite3.connect(f"{path or self.path}/workspace.db", timeout=10)
                try:
                    return connection.execute(sql, values).fetchall()
                finally:
                    connection.commit()
                    connection.close()
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
                time.sleep(0.05)
        raise RuntimeError("locked: " + sql)

    def one(self, sql, *values):
        rows = self.db(sql, *values)
        return rows[0][0] if rows else None

    def status(self, run):
        return self.one("SELECT status FROM runs WHERE id = ?", run)

    def wait(self, condition, seconds=60):
        end = time.time() + seconds
        while time.time() < end:
            if condition():
                return True
            time.sleep(0.05)
        return False

    def engines(self):
        pids = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                command = open(f"/proc/{pid}/cmdline", "rb").read().split(b"\0")
            except OSError:
                continue
            if command[0].endswith(b"pretext-engine") and self.root.encode() in b" ".join(command):
                pids.append(int(pid))
        return pids

    def kill_engines(self):
        killed = 0
        for pid in self.engines():
            try:
                os.kill(pid, signal.SIGKILL)
                killed += 1
            except ProcessLookupError:
                pass
        self.wait(lambda: not self.engines(), 10)
        return killed

    def last_digest(self, run):
        return self.one("SELECT sha256 FROM checkpoints WHERE run_id = ? AND pruned_ms IS NULL "
                        "ORDER BY step DESC, id DESC LIMIT 1", run)

    def is_settled(self):
        """Whether nothing works. An engine that was just killed holds its lock for a moment, and one that was just started
        is not seen yet: somebody looks again."""
        self.run("runs")
        return not self.engines() and not self.one("SELECT 1 FROM runs WHERE status = 'running'")

    def complaints(self):
        """What has to hold after any fault, once no engine lives."""
        code, _, err = self.run("runs")
        bad = [] if code == 0 else [f"runs ends with {code}: {err.strip()[:200]}"]
        self.wait(self.is_settled, 90)
        if self.db("PRAGMA quick_check") != [("ok",)]:
            bad.append("quick_check")
        if self.db("PRAGMA foreign_key_check"):
            bad.append("foreign_key_check")
        corpora = {i for (i,) in self.db("SELECT id FROM corpora")}
        bad += [f"corpus {i} has no folder" for i in corpora if not os.path.isdir(f"{self.path}/corpora/{i}")]
        bad += [f"orphan corpora/{name}" for name in self.folders("corpora") if not name.isdigit() or int(name) not in corpora]
        bad += [f"samples of corpus {i}, which is gone" for (i,) in self.db("SELECT DISTINCT corpus_id FROM samples")
                if i not in corpora]
        return bad + self.run_complaints()

    def run_complaints(self):
        bad, known = [], set()
        rows = self.db("SELECT run_id, step, weights_only, sha256 FROM checkpoints WHERE pruned_ms IS NULL")
        for run, step, alone, digest in rows:
            file = f"runs/{run}/step-{step:09d}{'-weights' if alone else ''}.safetensors"
            known.add(file)
            if not os.path.exists(f"{self.path}/{file}"):
                bad.append(f"a row without its file {file}")
        for file in known:
            digests = [d for run, step, alone, d in rows if file == f"runs/{run}/step-{step:09d}{'-weights' if alone else ''}.safetensors"]
            if os.path.exists(f"{self.path}/{file}"):
                own = hashlib.sha256(open(f"{self.path}/{file}", "rb").read()).hexdigest()
                if own not in digests:
                    bad.append(f"another digest {file}")
        runs = {i for (i,) in self.db("SELECT id FROM runs")}
        for name in self.folders("runs"):
            if not name.isdigit() or int(name) not in runs:
                bad.append(f"orphan runs/{name}")
                continue
            bad += [f"orphan runs/{name}/{f}" for f in os.listdir(f"{self.path}/runs/{name}") if f"runs/{name}/{f}" not in known]
        bad += [f"run {i} is running without an engine" for (i,) in self.db("SELECT id FROM runs WHERE status = 'running'")]
        bad += [f"run {i} is {a}, its job {b}" for i, a, b in self.db(
            "SELECT r.id, r.status, j.status FROM runs r JOIN jobs j ON j.id = (SELECT max(id) FROM jobs WHERE run_id = r.id "
            "AND kind = 'train') WHERE j.status <> r.status")]
        return bad

    def folders(self, name):
        return os.listdir(f"{self.path}/{name}") if os.path.isdir(f"{self.path}/{name}") else []

    def remove(self):
        self.kill_engines()
        shutil.rmtree(self.root, ignore_errors=True)
