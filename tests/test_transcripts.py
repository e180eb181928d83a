"""The conversations in tests/transcripts go exactly as they are written there."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.store import schema
from backend.store.engine import open_store
from tests.transcripts.play import SALT, played

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(path):
    store = open_store("sqlite://", salt=lambda: SALT)
    schema.create(store)

    assert played(path, store) == path.read_text(encoding="utf-8").splitlines()
    store.close()
