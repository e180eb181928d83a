"""Nothing of a case can be deleted from the desk or by a program: only what erases on schedule, and citizens' own wishes, may."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from backend.web.api.cases import CALLS

BACKEND = Path(__file__).parents[2] / "backend"
RECORD = {"cases", "events", "event_texts", "seals", "evidence", "surveys", "bindings", "rewards", "counters"}
"""Tables that hold what was told and done."""
MAY = {
    "store/forgetting.py",  # the years are over, or a citizen wants to be forgotten
    "store/history.py",  # one private text of an event: of who joined, and wants to be forgotten
    "store/cases.py",  # bindings: who leaves a case that they had joined
    "store/drafts.py",  # files of a draft that its citizen drops, which belong to no case
}
"""Where rows of these may be deleted."""
FORGETS = {"services/privacy/erasing.py", "services/privacy/forgetting.py", "services/talks/drafts.py"}
"""Who may ask for it."""
READS = {"conversations"}
"""What there only reads."""


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]


def deleted(path: Path) -> set[str]:
    """The tables that a module deletes rows of, as it names them."""
    found = set()
    for call in calls(path):
        if isinstance(call.func, ast.Name) and call.func.id == "delete" and call.args:
            found.add(ast.unparse(call.args[0]).removeprefix("t."))
    return found


MODULES = sorted(
    path.relative_to(BACKEND).as_posix() for path in BACKEND.rglob("*.py") if "migrations" not in path.parts
)


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("store/") and name not in MAY])
def test_the_store_deletes_no_record_elsewhere(module):
    assert not deleted(BACKEND / module) & RECORD


@pytest.mark.parametrize("module", [name for name in MODULES if not name.startswith("store/")])
def test_nobody_but_the_store_writes_delete(module):
    text = (BACKEND / module).read_text(encoding="utf-8")

    assert deleted(BACKEND / module) == set()
    assert "DELETE FROM" not in text


@pytest.mark.parametrize("module", [name for name in MODULES if not name.startswith("store/") and name not in FORGETS])
def test_only_retention_and_a_citizens_own_wish_ask_the_store_to_destroy(module):
    asked = {ast.unparse(call.func) for call in calls(BACKEND / module) if isinstance(call.func, ast.Attribute)}

    destroys = {name for name in asked if name.rpartition(".")[0].endswith("work.forgetting")}
    assert {name.rpartition(".")[2] for name in destroys} <= READS
    assert not {name for name in asked if ".cases.erase" in name}


def test_the_desk_and_the_api_have_no_way_to_delete():
    web = "\n".join((BACKEND / name).read_text(encoding="utf-8") for name in MODULES if name.startswith("web/"))

    assert not re.search(r"add_delete|hx-delete|[\"']DELETE[\"']", web)
    assert {call.method for call in CALLS} <= {"GET", "POST"}


def test_what_may_delete_is_there():
    assert {name for name in MODULES if name.startswith("store/") and deleted(BACKEND / name) & RECORD} <= MAY
