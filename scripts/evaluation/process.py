"""How long a command takes and how much memory: ``python process.py FILE COMMAND…`` does it, output into FILE.

A program of its own, and a small one: what a process forks off counts as
large as itself, so that a large one cannot measure a small one.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import NamedTuple


class Used(NamedTuple):
    """Seconds by the clock and of a processor (which others' work does not lengthen), and the most memory it had."""

    seconds: float
    processor: float
    megabytes: float


def run(command: list[str | Path], out: Path) -> Used:
    """Run it to its end. Raises: CalledProcessError."""
    told = subprocess.run(
        [sys.executable, "-I", __file__, out, *command], stdout=subprocess.PIPE, check=True, text=True
    )
    return Used(*json.loads(told.stdout))


def main() -> int:
    """Print what it used as JSON; end as the command ends."""
    began = perf_counter()
    with Path(sys.argv[1]).open("wb") as out:
        code = subprocess.call(sys.argv[2:], stdout=out)
    seconds, used = perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    megabytes = used.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    print(json.dumps([seconds, used.ru_utime + used.ru_stime, megabytes]))
    return code


if __name__ == "__main__":
    sys.exit(main())
