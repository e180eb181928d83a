"""The conversations in tests/transcripts go exactly as they are written there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from backend.store import schema
from backend.store.engine import open_store
from dialogs.wording.plain import faults
from tests.transcripts.play import SALT, played

if TYPE_CHECKING:
    from collections.abc import Iterator

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(path):
    store = open_store("sqlite://", salt=lambda: SALT)
    schema.create(store)

    assert played(path, store) == path.read_text(encoding="utf-8").splitlines()
    store.close()


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_bot_speaks_plainly_and_asks_one_thing_at_a_time(path):
    for said in own_words(path.read_text(encoding="utf-8").splitlines()):
        language = "zh" if re.search(r"[\u3400-\u9fff]", said) else "en"

        assert list(faults(language, said)) == []


def own_words(lines: list[str]) -> Iterator[str]:
    """Each bubble without the labelled lines of a summary, and without what citizens and officers wrote."""
    quoted: list[str] = []
    bubble: list[str] = []
    for line in [*lines, "#"]:
        if not line.startswith("  ") and bubble:
            text = "\n".join(part for part in bubble if not re.match(r"[^，。,.]{2,20}(：|: )", part))
            for told in quoted:
                text = text.replace(told, "")
            yield text
            bubble = []
        if line.startswith((">", "!")):
            quoted += [told for told in (line.lstrip("> "), line.partition(" ")[2].partition(" ")[2]) if len(told) > 3]
        elif line.startswith("<"):
            bubble = [line.lstrip("< ")]
        elif bubble and line.startswith("  ") and not line.startswith("  ·"):
            bubble.append(line[2:])
