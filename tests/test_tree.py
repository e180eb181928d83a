"""The whole tree keeps its own rules: small modules, said purposes, nothing left half done, no private numbers."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("institutions", "nlp", "dialogs", "bots", "backend")
OURS = (*PACKAGES, "scripts", "bench", "tests")
MODULES = sorted(path for folder in OURS for path in (ROOT / folder).rglob("*.py"))
TEXTS = sorted(
    path
    for folder in (*OURS, "docs", "deploy", ".ci")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".sh", ".jsonl", ".csv", ".json", ""}
    and path.is_file()
) + sorted(
    path for path in ROOT.iterdir() if path.suffix in {".md", ".toml"} or path.name in {"Makefile", "Dockerfile"}
)

LONGEST_MODULE = 400  # lines
LONGEST_FUNCTION = 50  # lines, docstring included, a table of parameters above it not
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X:")))
MOBILE = re.compile(r"(?<![\d.])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\d.])")
INVENTED = re.compile(r"138[ -]?0013[ -]?8000|199[ -]?0000[ -]?\d{4}")  # the only mobile numbers that may stand here


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_short_enough_to_read_at_once(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())

    assert lines <= LONGEST_MODULE, f"{name(path)} has {lines} lines"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_function_fits_on_a_screen(path):
    long = [
        f"{name(path)}:{f.lineno} {f.name}"
        for f in functions(path)
        if (f.end_lineno or 0) - f.lineno >= LONGEST_FUNCTION
    ]

    assert long == []


@pytest.mark.parametrize("path", [path for path in MODULES if path.relative_to(ROOT).parts[0] != "tests"], ids=name)
def test_a_module_says_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{name(path)} has no docstring"


def test_nothing_is_left_unfinished():
    marked = [name(path) for path in TEXTS if UNFINISHED.search(path.read_text(encoding="utf-8"))]

    assert marked == []


def test_no_number_of_a_real_person_stands_anywhere():
    found = [
        f"{name(path)}: {number}"
        for path in TEXTS
        for number in MOBILE.findall(path.read_text(encoding="utf-8"))
        if not INVENTED.fullmatch(number)
    ]

    assert found == []
