"""Make ``.venv`` hold what the lock files name, or say in one sentence what to do.

    python3 scripts/install.py run     what serving needs (requirements.lock)
    python3 scripts/install.py test    that, and what tests and checks need (requirements-test.lock)

It starts where nothing is installed yet, perhaps under a Python that is too
old, so it uses the standard library only and the words of Python 3.8. When
nothing changed since the last time it does nothing, in a tenth of a second.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
RECORD = VENV / "installed.json"  # what was installed, from where, the last time
LOG = VENV / "install.log"
OLDEST = (3, 11)
LOCKS = {"run": ROOT / "requirements.lock", "test": ROOT / "requirements-test.lock"}

AGAIN = "Run the same command again: what has arrived is kept."
MIRROR = "To take another package index: PIP_INDEX_URL=https://ITS-ADDRESS/simple make install"

TROUBLES = (  # what the tool's output shows -> what is wrong; what to do. The first that fits is told.
    (r"No space left|Errno 28", "the disk is full; free 1 GB (`df -h .` shows where) and run the same command again"),
    (
        r"Permission denied|Errno 13|Read-only file system|Errno 30",
        "this folder may not be written; make it yours (`sudo chown -R $(id -un) .`) or copy it to where you may write",
    ),
    (
        r"ensurepip",
        (
            "Python cannot make environments here; on Debian and Ubuntu type `sudo apt install python3-venv`, "
            "then run the same command again"
        ),
    ),
    (
        r"DO NOT MATCH THE HASHES|[Hh]ash mismatch",
        f"a file that arrived is not the one that was locked: broken on the way, or changed by a mirror. {AGAIN} {MIRROR}",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|certificate verify failed|UnknownIssuer",
        (
            "the package index's certificate is not trusted here; behind a company's proxy give its certificate: "
            "PIP_CERT=/path/of/it.pem make install"
        ),
    ),
    (
        (
            r"[Tt]imed? ?out|Temporary failure in name|Name or service|nodename nor|NewConnectionError|getaddrinfo"
            r"|Connection (refused|reset|aborted|broken)|IncompleteRead|dns error|ProxyError|unreachable"
        ),
        (
            f"the package index did not answer in time. {AGAIN} On a slow line: PIP_DEFAULT_TIMEOUT=120 make install. "
            f"Behind a proxy set HTTPS_PROXY. {MIRROR}"
        ),
    ),
    (
        r"No matching distribution|HTTP error 4\d\d|[45]\d\d (Client|Server) Error",
        (
            f"the package index lacks a file that the lock names (a mirror may be behind). {MIRROR} "
            "Or put the missing file into a folder: PIP_FIND_LINKS=FOLDER make install"
        ),
    ),
    (
        r"[Ff]ailed (building|to build)|subprocess-exited-with-error|metadata-generation-failed",
        (
            "a package is not ready-made for this machine and could not be built; use Python 3.11, 3.12 or 3.13: "
            "make install PYTHON=python3.12"
        ),
    ),
)


NOISE = ("Ignoring ", "DEPRECATION", "WARNING: ", "[notice]")
"""How pip's lines begin that ask nothing of anybody: packages for other systems, its own plans."""


class Stop(Exception):
    """The set-up cannot go on; the sentence says what is wrong and what to do."""


def main(level: str) -> None:
    """Install the lock of that *level* unless it is installed. Raises: Stop, OSError."""
    alone = os.open(str(ROOT), os.O_RDONLY)
    fcntl.flock(alone, fcntl.LOCK_EX)  # `make run` and `make test` may start together
    try:
        set_up(level)
    finally:
        os.close(alone)


def set_up(level: str) -> None:
    """Main's work, while nobody else does it. Raises: Stop, OSError."""
    record = recorded(RECORD)
    usable = record.get("root", str(ROOT)) == str(ROOT) and healthy()  # a moved folder's scripts name the old one
    if usable and installed(record, level):
        return
    python = "" if usable else interpreter()
    announce(f"setting up {VENV.name} with {packages(LOCKS[level])} packages (half a minute, or as the line allows) …")
    if not usable:
        record = {}
        make_environment(python)
    install(LOCKS[level])
    levels = ("run", "test") if level == "test" else ("run",)  # the tests' lock holds everything that serving needs
    record.update({"root": str(ROOT), **{each: fingerprint(LOCKS[each]) for each in levels}})
    RECORD.write_text(json.dumps(record), encoding="utf-8")
    say("")
    announce(f"ready: {VENV.name}/bin/jiesu")


def fingerprint(lock: Path) -> str:
    """Changes when something must be installed again."""
    facts = (lock.read_bytes(), (ROOT / "pyproject.toml").read_bytes())
    return hashlib.sha256(b"\0".join(facts)).hexdigest()


def installed(record: dict[str, str], level: str) -> bool:
    """Does *record* say that the lock of that *level* is installed as it stands now?"""
    return record.get(level) == fingerprint(LOCKS[level])


def recorded(path: Path) -> dict[str, str]:
    """What the last run wrote to *path*; nothing when there was none, or it was cut short."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def healthy() -> bool:
    """Does the environment still start? Not so after an interrupted set-up, or when the system's Python went away."""
    question = f"import sys, pip; sys.exit(sys.version_info[:2] < {OLDEST!r})"
    try:
        return (
            subprocess.run([VENV / "bin" / "python", "-c", question], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def interpreter() -> str:
    """A Python that is new enough: the one running this, or another on PATH. Raises: Stop."""
    if sys.version_info[:2] >= OLDEST:
        outside = Path(sys.base_prefix) / "bin" / "python{}.{}".format(*sys.version_info[:2])  # of an active venv
        return str(outside) if outside.exists() else sys.executable
    for minor in (13, 12, 11, 14):
        if found := shutil.which(f"python3.{minor}"):
            return found
    have = ".".join(map(str, sys.version_info[:2]))
    raise Stop(
        f"Python 3.11 or newer is needed, and python3 here is {have}; install one (Debian 12: `sudo apt install python3 "
        "python3-venv`, macOS: `brew install python@3.12`), or name it: make install PYTHON=python3.12"
    )


def make_environment(python: str) -> None:
    """An empty ``.venv``. Raises: Stop."""
    say("making .venv")
    run([python, "-m", "venv", "--clear", str(VENV)])


def install(lock: Path) -> None:
    """What *lock* names, then this project itself, by uv where there is one, else by pip. Raises: Stop."""
    total = packages(lock)
    python = str(VENV / "bin" / "python")
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    locked = ["--require-hashes", "-r", str(lock)]
    say(f"installing {total} packages")
    if not by_uv(["--python", python, *locked]):
        run([*pip, *locked], total)
    say("installing jiesu")
    run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])


def packages(lock: Path) -> int:
    """How many *lock* names."""
    return sum(1 for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line)


def by_uv(arguments: list[str]) -> bool:
    """Did uv install it? Where it fails, pip may still succeed: its settings may name an index that uv's do not."""
    uv = shutil.which("uv")
    if uv is None:
        return False
    try:
        run([uv, "pip", "install", *arguments])
    except Stop:
        return False
    return True


def run(command: list[str], total: int = 0) -> None:
    """Run *command*, showing how far it is of *total* packages. Raises: Stop."""
    env = {"PIP_DEFAULT_TIMEOUT": "60", "UV_HTTP_TIMEOUT": "60", **os.environ}
    if "PIP_INDEX_URL" in env:  # uv has its own name for it
        env.setdefault("UV_DEFAULT_INDEX", env["PIP_INDEX_URL"])
    heard: list[str] = []
    done = 0
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=subprocess.STDOUT, text=True, errors="replace", env=env) as tool:
        for line in tool.stdout or ():
            heard.append(line)
            done += line.startswith(("Collecting", "Requirement already"))
            if total and line.strip() and not line.lstrip().startswith(NOISE):
                say(f"[{min(done, total)}/{total}] {line.strip()}")
    if tool.returncode:
        with contextlib.suppress(OSError):  # the disk may be full
            LOG.write_text("".join(heard), encoding="utf-8")
        raise Stop(explain("".join(heard)))


def explain(output: str) -> str:
    """What is wrong and what to do, by the first known trouble in *output*."""
    for sign, sentence in TROUBLES:
        if re.search(sign, output):
            return sentence
    last = [line.strip() for line in output.splitlines() if line.strip()][-3:]
    return f"the packages could not be installed: {' / '.join(last)} {AGAIN} All that was said: {LOG.relative_to(ROOT)}"


def say(words: str) -> None:
    """Progress: one line that is written over, on a terminal only."""
    if sys.stderr.isatty():
        width = shutil.get_terminal_size().columns - 1
        sys.stderr.write("\r\033[K" + words[:width])
        sys.stderr.flush()


def announce(words: str) -> None:
    """A line that stays, wherever it is read."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    try:
        main(sys.argv[1] if sys.argv[1:] and sys.argv[1] in LOCKS else "run")
    except (Stop, OSError) as trouble:
        say("")
        sentence = str(trouble) if isinstance(trouble, Stop) else explain(str(trouble))
        sys.exit(f"jiesu: {sentence}")
    except KeyboardInterrupt:
        say("")
        sys.exit(130)
