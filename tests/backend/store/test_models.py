"""Versions of what was learnt: one is live at most, each step is on record; on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from backend.domain.case import Event
from backend.domain.lifecycle import Status
from backend.store.models import NoSuchModel
from tests.backend.store.samples import CITY, NOON, filed, later

WORDS = [["noise", "油烟", 1.5, 3, 0.5, 0.0]]


def add(work, state="live", institution="hotline"):
    return work.models.add(
        institution,
        words=WORDS,
        figures={"noise": [3, 1, 2]},
        examples=9,
        corrected=4,
        state=state,
        by="night",
        at=NOON,
    )


def test_a_version_is_read_back_as_it_was_made(work):
    number = add(work)

    model = work.models.get("hotline", number)

    assert (model.number, model.state, model.made_at, model.examples, model.corrected) == (1, "live", later(0), 9, 4)
    assert model.words == (("noise", "油烟", 1.5, 3, 0.5, 0.0),)
    assert model.triples == (("noise", "油烟", 1.5),)
    assert model.figures == {"noise": (3, 1, 2)}


def test_versions_are_counted_for_each_institution(work):
    assert [add(work, "refused"), add(work), add(work, institution="property")] == [1, 2, 1]
    assert [model.number for model in work.models.all("hotline")] == [2, 1]
    assert {key: model.number for key, model in work.models.live().items()} == {"hotline": 2, "property": 1}


def test_two_versions_are_never_live_at_once(work):
    add(work)

    with pytest.raises(IntegrityError):
        add(work)


def test_every_step_is_on_record(work):
    work.models.lock("hotline")
    number = add(work)
    work.models.set_state("hotline", number, "rolled_back", by="chen", at=later(5))

    assert [(move.number, move.at, move.by, move.state) for move in work.models.moves("hotline")] == [
        (1, later(0), "night", "live"),
        (1, later(5), "chen", "rolled_back"),
    ]
    with pytest.raises(NoSuchModel):
        work.models.set_state("hotline", 9, "live", by="chen", at=NOON)


def test_what_is_frozen_stays_as_it_is(work):
    filed(work, "a")
    work.models.freeze("hotline", {"a": "noise"}, at=NOON)
    work.models.freeze("hotline", {"a": "lift"}, at=later(5))
    work.models.freeze("hotline", {}, at=later(5))

    assert work.models.checks("hotline") == {"a": "noise"}
    assert work.models.checks("property") == {}
    assert work.models.told(["a"]).keys() == {"a"}


@pytest.mark.parametrize(
    ("detail", "settles"),
    [({"confirmed": True}, True), ({"category_id": ["city", "noise"]}, True), ({"grade": ["minor", "urgent"]}, False)],
)
def test_what_a_handler_says_of_the_category_settles_it(work, detail, settles):
    case = filed(work, "a")
    case.note(Event(NOON, "wang", "corrected", detail))
    work.cases.save(case, zone=CITY)

    found = work.models.settled("hotline", limit=9)

    assert [one.number for one in found] == (["a"] if settles else [])
    assert work.models.settled("property", limit=9) == []
    assert work.models.institutions() == {"hotline"}


def test_a_closed_case_is_settled_and_tells_how_it_was_filed(work):
    filed(work, "closed", status=Status.CLOSED, fresh=[Event(NOON, "citizen", "filed", {"category_id": "noise"})])
    filed(work, "withdrawn", status=Status.WITHDRAWN)

    (one,) = work.models.settled("hotline", limit=9)

    assert (one.number, one.person, one.filed_as, one.category_id) == ("closed", None, "noise", "city")


def test_only_the_newest_settled_cases_are_read(work):
    for number, minutes in (("old", 0), ("new", 5)):
        filed(work, number, status=Status.CLOSED, filed_at=later(minutes))

    assert [one.number for one in work.models.settled("hotline", limit=1)] == ["new"]
