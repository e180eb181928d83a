"""Writes the tables of docs/rights.md from backend/domain/rights.py: ``python -m scripts.rights``."""

from __future__ import annotations

import re
from pathlib import Path

from backend.domain.acts import ROWS as ACTS
from backend.domain.lifecycle import RULES
from backend.domain.rights import ROLES, ROWS, WIDE

PAGE = Path(__file__).resolve().parents[1] / "docs" / "rights.md"
TABLE = re.compile(r"(?<=<!-- rights -->\n).*?(?=<!-- end -->)", re.DOTALL)


def table() -> str:
    """Role by role: which cases they see, and each power."""
    rows = [("cases of their departments alone, where they have some", frozenset(ROLES) - WIDE)]
    rows += [(row.label_en, row.roles) for row in ROWS]
    movers = frozenset().union(*(roles for rule in RULES.values() for roles in rule.then.values()))
    rows += [("… some move of the table of statuses", movers & frozenset(ROLES))]
    rows += [("… some act of the table of acts", frozenset().union(*(act.roles for act in ACTS)))]
    lines = [f"| | {' | '.join(ROLES)} |", f"|---|{'---|' * len(ROLES)}"]
    lines += [f"| {what} | {' | '.join('x' if role in roles else '' for role in ROLES)} |" for what, roles in rows]
    return "\n".join([*lines, ""])


def written() -> str:
    """The page as it should be."""
    return TABLE.sub(lambda _: table(), PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
