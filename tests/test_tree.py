"""The whole tree keeps its own rules: small modules, said purposes, nothing left half done, no private numbers."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

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


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_a_module_is_short_enough_to_read_at_once():
    lines = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}

    assert {module: many for module, many in lines.items() if many > LONGEST_MODULE} == {}


def test_a_function_fits_on_a_screen():
    long = [
        f"{name(path)}:{f.lineno} {f.name}"
        for path in MODULES
        for f in functions(path)
        if (f.end_lineno or 0) - f.lineno >= LONGEST_FUNCTION
    ]

    assert long == []


def test_a_module_says_what_it_is():
    told = [path for path in MODULES if path.relative_to(ROOT).parts[0] != "tests"]

    assert [name(path) for path in told if not ast.get_docstring(parsed(path))] == []


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
