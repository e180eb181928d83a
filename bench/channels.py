"""Turns a second through a real hook: an update is posted over HTTP, and the reply has arrived at the platform.

    python bench/channels.py [--only NAME] [--seconds 20] [--warm 5] [--runs 3] [--start RATE] [--rate RATE] [--folder DISK]

Every contestant holds the same dialog of six questions (bench/contestants/),
in a process of its own, beside the load generator, which also is the platform.
The offered rate is raised by a tenth until the p99 of the reply passes a second;
the last rate before that counts, of several runs the middle one. Ours is
``jiesu serve`` as it ships: it understands what is said, keeps a journal, and
commits to SQLite at ``synchronous=FULL``. What is not installed is said to be absent.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).resolve().parent / "contestants"
THEIRS = HERE.parent.parent / ".venv" / "contestants" / "bin" / "python"  # their packages clash with ours: `make bench`
TOKEN, SECRET = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", "benchsecret"
LISTENS = "0A"  # in /proc/net/tcp
TOO_LATE = 1.0  # seconds; the p99 of the reply
STEP = 1.1
PROBE = 1.5  # by how much the rate is raised while the end is only looked for
PROCESSES = int(os.environ.get("PROCESSES", "0")) or os.cpu_count() or 1  # of ours; the others have no such setting
READY = 30.0  # seconds in which a contestant must listen
SETTINGS = """
listen = "127.0.0.1:{port}"
database = "sqlite:///jiesu.db"
evidence = "evidence"
secret_key = "a key for nothing but this bench"
institution = "hotline"

[[channel]]
name = "telegram"
kind = "telegram"
token = "{token}"
secret_token = "{secret}"
api_base = "{api}"

[[channel]]
name = "wechat"
kind = "wechat"
appid = "wx0000000000000000"
secret = "bench"
token = "{secret}"
mode = "plain"
verified = true
api_base = "{api}"
"""


class Missing(Exception):
    """Something that a contestant needs is not here."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """``command``: how it is started, of a folder of its own, a port, and the platform's address."""

    name: str
    kind: str  # telegram, wechat
    path: str  # of its hook
    command: Callable[[Path, int, str, ExitStack], list[str]]
    needs: tuple[str, ...] = ()  # modules
    goal: tuple[str, float] = ("", 1.0)  # of ours: which contestant is to be matched, how many times


def ours(folder: Path, port: int, api: str, _stack: ExitStack) -> list[str]:
    """`jiesu serve` on a fresh SQLite, with a process for each processor."""
    told = SETTINGS.format(port=port, api=api, token=TOKEN, secret=SECRET)
    (folder / "jiesu.toml").write_text(told, encoding="utf-8")
    more = ["--processes", str(PROCESSES)] if PROCESSES > 1 else []
    return [sys.executable, "-c", "from backend.cli import run; run()", "serve", "--set-up", *more]


def their(script: str) -> list[str]:
    return [str(THEIRS if THEIRS.exists() else sys.executable), str(HERE / script)]


def ptb(_folder: Path, port: int, api: str, _stack: ExitStack) -> list[str]:
    return [*their("ptb.py"), str(port), api, TOKEN]


def aiogram(_folder: Path, port: int, api: str, _stack: ExitStack) -> list[str]:
    return [*their("aiogram_bot.py"), str(port), api, TOKEN]


def on_redis(folder: Path, port: int, api: str, stack: ExitStack) -> list[str]:
    """With a redis-server of its own, as Debian ships it: snapshots now and then, nothing synced."""
    server = shutil.which("redis-server")
    if server is None:
        raise Missing("no redis-server here (Debian: apt install redis-server)")
    redis = free_port()
    told = [server, "--port", str(redis), "--bind", "127.0.0.1", "--dir", str(folder)]
    stack.enter_context(running(told, folder, redis))
    return [*aiogram(folder, port, api, stack), f"redis://127.0.0.1:{redis}"]


def werobot(folder: Path, port: int, _api: str, _stack: ExitStack) -> list[str]:
    return [*their("werobot_bot.py"), str(port), SECRET, str(folder / "sessions.sqlite3")]


OURS, OURS_WECHAT = "Jiesu, Telegram", "Jiesu, WeChat"
PTB, AIOGRAM = "python-telegram-bot, ConversationHandler in memory", "aiogram, in memory"
REDIS, WEROBOT = "aiogram, Redis", "WeRoBot, SQLite sessions"
CONTESTANTS = (
    Contestant(OURS, "telegram", "/hooks/telegram", ours),
    Contestant(PTB, "telegram", "/hook", ptb, ("telegram",), (OURS, 1.0)),
    Contestant(AIOGRAM, "telegram", "/hook", aiogram, ("aiogram",), (OURS, 1.0)),
    Contestant(REDIS, "telegram", "/hook", on_redis, ("aiogram", "redis"), (OURS, 2.0)),
    Contestant(OURS_WECHAT, "wechat", "/hooks/wechat", ours),
    Contestant(WEROBOT, "wechat", "/hook", werobot, ("werobot", "waitress"), (OURS_WECHAT, 1.0)),
)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def last_words(folder: Path) -> str:
    return " ".join((folder / "said.txt").read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:])


class running:  # noqa: N801 - used as a function
    """A process that listens at that port, while it is used; what it says stands in its folder."""

    def __init__(self, command: list[str], folder: Path, port: int) -> None:
        self.command, self.folder, self.port = command, folder, port

    def __enter__(self) -> subprocess.Popen:
        with (self.folder / "said.txt").open("ab") as said:
            environment = {**os.environ, "PYTHONPATH": str(HERE.parent.parent)}
            environment.pop("JIESU_CONFIG", None)
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, stdout=said, stderr=said, stdin=subprocess.DEVNULL, env=environment
            )
        until = time.monotonic() + READY
        while time.monotonic() < until and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self.process
            time.sleep(0.05)
        self.__exit__()
        raise Missing(f"it does not start: {last_words(self.folder)}")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Arena:
    """One contestant on its own, and the load for it."""

    def __init__(self, contestant: Contestant, folder: Path, stack: ExitStack) -> None:
        port, api = free_port(), free_port()
        command = contestant.command(folder, port, f"http://127.0.0.1:{api}", stack)
        told = ["--listen", str(api), "--post", str(port), "--path", contestant.path, "--secret", SECRET]
        load = subprocess.Popen(
            [sys.executable, str(HERE / "load.py"), contestant.kind, *told],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        stack.callback(load.wait, 15)
        stack.callback(load.stdin.close)
        self._load, self.folder = load, folder
        load.stdout.readline()
        self.process = stack.enter_context(running(command, folder, port))
        if "--processes" in command:
            _await_all(port, PROCESSES)

    def offer(self, rate: float, warm: float, seconds: float) -> dict[str, float]:
        """How it goes at that rate."""
        before = _processor(self.process.pid)
        self._load.stdin.write(f"{rate} {warm} {seconds}\n")
        self._load.stdin.flush()
        line = self._load.stdout.readline()
        if not line:
            raise Missing("the load generator has ended")
        if self.process.poll() is not None:
            raise Missing(f"it ended by itself: {last_words(self.folder)}")
        return json.loads(line) | {"cpu": _processor(self.process.pid) - before}


def _await_all(port: int, processes: int) -> None:
    """Wait until that many sockets listen there, where the system says how many do."""
    until = time.monotonic() + READY
    while time.monotonic() < until:
        try:
            rows = [row.split() for row in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()]
        except OSError:
            return
        if sum(row[1].endswith(f":{port:04X}") and row[3] == LISTENS for row in rows) >= processes:
            return
        time.sleep(0.05)
    raise Missing(f"not all {processes} processes start")


def _processor(pid: int) -> float:
    """Seconds of processor time that a process and those it started have used; 0 where the system does not say."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if stat.parent.name == str(pid) or told[1] == str(pid):
            ticks += int(told[11]) + int(told[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def arena(contestant: Contestant, given: argparse.Namespace) -> Iterator[Arena]:
    """A fresh one, as a generator so that a loop's end closes it."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=given.folder))
        yield Arena(contestant, Path(folder), stack)


def kept_up(told: dict[str, float]) -> bool:
    return told["turns"] > 0 and told["reply_p99"] <= TOO_LATE


def shown(contestant: Contestant, rate: float, told: dict[str, float]) -> None:
    line = " ".join(f"{name}={value:.3g}" for name, value in told.items() if value < 1e9)
    print(f"  {contestant.name}: {rate:.0f}/s offered: {line}", file=sys.stderr, flush=True)


def look(contestant: Contestant, given: argparse.Namespace) -> float:
    """Roughly what it can do, by short tries: the rate from which the steps begin."""
    rate = given.start
    for each in arena(contestant, given):
        while True:
            told = each.offer(rate, 1, 3)
            shown(contestant, rate, told)
            if not kept_up(told) or told["turns"] < rate * 3 * 0.9:
                return rate / PROBE / PROBE
            rate *= PROBE
    return rate


def climb(contestant: Contestant, start: float, given: argparse.Namespace) -> tuple[float, dict[str, float]]:
    """The last rate at which it kept up, on a fresh start, and how that went."""
    rate, best = start, (0.0, dict[str, float]())
    for each in arena(contestant, given):
        while True:
            told = each.offer(rate, given.warm, given.seconds)
            shown(contestant, rate, told)
            if given.rate:
                return rate, told
            if not kept_up(told):
                break
            best = (rate, told)
            rate *= STEP
    if not best[0] and start > 1:
        return climb(contestant, start / PROBE, given)
    return best


def half(contestant: Contestant, rate: float, given: argparse.Namespace) -> dict[str, float]:
    """How it goes at half that load."""
    for each in arena(contestant, given):
        told = each.offer(rate / 2, given.warm, given.seconds)
        shown(contestant, rate / 2, told)
        return told
    raise AssertionError


def check(contestant: Contestant) -> None:
    """Raises: Missing: what it is made of is not installed."""
    told = [their("")[0], "-c", f"import {', '.join(contestant.needs)}"]
    if contestant.needs and subprocess.run(told, capture_output=True, check=False).returncode:
        raise Missing(f"{', '.join(contestant.needs)} not installed")


def row(contestant: Contestant, given: argparse.Namespace) -> tuple[float, str]:
    """Measure one; its rate (0: none) and its line of the table, but for the goal."""
    try:
        check(contestant)
        start = given.rate or look(contestant, given)
        runs = [climb(contestant, start, given) for _ in range(given.runs)]
        rate = median(each[0] for each in runs)
        told = min(runs, key=lambda each: (abs(each[0] - rate), each[1].get("cpu", 0.0)))[1]
        calm = half(contestant, rate, given)
    except Missing as why:
        return 0.0, f"absent: {why} | | | |"
    spread = f"{min(r for r, _ in runs):.0f}–{max(r for r, _ in runs):.0f}"
    cpu = told["cpu"] / (told["turns"] / given.seconds * (given.seconds + given.warm)) * 1000
    return rate, (
        f"{rate:.0f} | {spread} | {cpu:.2f} | {calm['reply_p50'] * 1000:.0f}, {calm['reply_p99'] * 1000:.0f} "
        f"| {calm['answer_p99'] * 1000:.0f} |"
    )


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("--only", default="", help="contestants whose name holds this")
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--warm", type=float, default=5)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--start", type=float, default=60, help="turns a second to begin with")
    options.add_argument(
        "--rate", type=float, help="offer just this: what a turn costs, where others use the machine too"
    )
    options.add_argument("--folder", help="where the files go: the disk that is measured (default: the system's own)")
    given = options.parse_args()
    rows = {each.name: row(each, given) for each in CONTESTANTS if given.only.casefold() in each.name.casefold()}
    print(
        "| contestant | turns/s | runs | processor, ms a turn | at half that: reply p50, p99, ms | answer to the hook p99, ms"
        " | ours is × (goal) |\n|---|---:|---:|---:|---:|---:|---:|"
    )
    for each in CONTESTANTS:
        if each.name not in rows:
            continue
        rate, line = rows[each.name]
        against = rows.get(each.goal[0], (0.0, ""))[0]
        ratio = f"{against / rate:.2f} (≥ {each.goal[1]:g})" if rate and against else ""
        print(f"| {each.name} | {line} {ratio} |")


if __name__ == "__main__":
    main()
