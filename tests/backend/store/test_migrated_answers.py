"""Campaigns that were answered before answers belonged to a place in the lot are taken over whole, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from backend.store import schema
from backend.store.campaigns import Answered
from backend.store.engine import open_store
from tests.backend.store.samples import NOON

if TYPE_CHECKING:
    from pathlib import Path

    from backend.store.work import UnitOfWork

BEFORE = "0033"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/var/jiesu.db"
    return str(request.getfixturevalue("pg_empty_dsn"))


def campaign(work: UnitOfWork) -> None:
    """Three people were drawn; the first two have answered, the first of them was forgotten."""
    row: dict[str, Any] = {
        "institution": "hotline",
        "title": "楼道卫生",
        "title_en": "",
        "state": "running",
        "by": "chen",
    }
    row |= {"made_at": NOON, "changed_at": NOON, "population": {}, "sample": {}, "starts_at": NOON, "ends_at": NOON}
    key = work.campaigns.add(row, {})
    people = [work.people.find_or_add("web", name, language="zh", at=NOON).id for name in ("a", "b", "c")]
    facts = {"stratum": "", "category_id": "x", "district": "", "department_id": "y"}
    work.campaigns.enrol(key, [facts | {"person": one, "place": n} for n, one in enumerate(people, 1)], at=NOON)
    for place, words in ((1, "脏"), (2, "干净")):
        work.campaigns.answer(Answered(place, "q1", ("1",), words, (), NOON), key)
    work.campaigns.forget(people[0], at=NOON)


def test_answers_keep_their_place(url: str) -> None:
    schema.upgrade(url)
    store = open_store(url)
    store.run_now(campaign)
    store.close()

    schema.downgrade(url, BEFORE)
    schema.upgrade(url)

    store = open_store(url)
    members = store.read_now(lambda work: work.campaigns.members(1))
    answers = store.read_now(lambda work: work.campaigns.answers(1))
    store.close()
    assert [(one.place, one.state) for one in members] == [(2, "drawn"), (3, "drawn")]
    assert answers == [Answered(2, "q1", ("1",), "干净", (), NOON)]
