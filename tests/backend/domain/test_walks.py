"""Whatever officers, citizens and jobs try, a case keeps its history whole, and every refusal is a sentence."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain import doing
from backend.domain.acts import ACTS
from backend.domain.audit import Link, digest, event_hash, verify_chain
from backend.domain.case import Actor, Case, Missing, WrongMove
from backend.domain.filled import options
from backend.domain.lifecycle import RULES, Status
from backend.domain.refusals import WrongAct
from institutions.casework import Casework, Extension, Outcome, Reward, Verdict
from institutions.model import Clock
from tests.backend.domain import small_town

START = datetime(2026, 11, 23, 1, tzinfo=UTC)
SALT = b"0" * 16
TOWN = small_town.town(
    clocks={"answer": Clock(label="答复", stops=("answered",), length="7d", extension=Extension(by="3d", times=2))},
    casework=Casework(
        investigators=2,
        plan=True,
        reviews=2,
        verdicts=(Verdict(id="true", name="属实"),),
        outcomes=(Outcome(id="order", name="责令整改", rectify=True), Outcome(id="fine", name="罚款", penalty=True)),
        reward=Reward(sum=50),
    ),
)
ROLES = (
    "intake",
    "dispatcher",
    "handler",
    "reviewer",
    "coordinator",
    "manager",
    "auditor",
    "admin",
    "citizen",
    "system",
)
PEOPLE = [Actor(f"{role} {n}", frozenset({role})) for role in ROLES for n in (1, 2)]
WORDS = {
    "note": "请补充照片",
    "answer": "路灯已修好",
    "department": "works",
    "co": "parks",
    "ground": "不属于受理范围",
    "investigators": "王工，李工",
    "right": "parks",
}
NUMBER = "20261121-TW-000002-2"
SAMPLES: dict[str, list[Any]] = {
    "text": ["忙", "", "长" * 300],
    "line": ["王工", ""],
    "names": ["王工,李工", "王工", ""],
    "users": [["li", "wang"], "li", ""],
    "user": ["li", ""],
    "departments": ["works,园林", "moon", ""],
    "date": ["2026-12-01", "2020-01-01", "tomorrow", ""],
    "instant": [(START + timedelta(days=n)).isoformat() for n in (-1, 8, 9, 400)] + ["soon", "0001-01-01", ""],
    "number": ["50", "-1", "9" * 30, ""],
    "case": [NUMBER, "20261121-TW-000001-4", "1", ""],
    "cases": [NUMBER, [NUMBER, NUMBER], "x", ""],
}


@st.composite
def steps(draw):
    """A move that the table has, any move, or an act, that somebody tries with words that may be missing or wrong."""
    by = draw(st.sampled_from(PEOPLE))
    what = draw(st.sampled_from(("next", "next", "move", "act")))
    if what != "act":
        keys = draw(st.sets(st.sampled_from(sorted(WORDS)))) if draw(st.integers(0, 4)) == 0 else set(WORDS)
        to = draw(st.integers(0, 30) if what == "next" else st.sampled_from(Status))
        return what, to, {key: WORDS[key] for key in keys}, by
    act = ACTS[draw(st.sampled_from(sorted(ACTS)))]
    told: dict[str, Any] = {}
    for field in act.fields:
        choices = [option.key for option in options(field, None, TOWN)] or ["0", "answer"]
        samples: list[Any] = SAMPLES.get(field.kind) or [*choices, "nothing", ""]
        told[field.key] = draw(st.sampled_from(samples))
    return what, act.key, told, by


def attempt(it: Case, step: tuple[str, Any, dict[str, Any], Actor], at: datetime) -> Exception | None:
    """Try it; why it was refused. A "next" step is the n-th move of the table, by somebody who may."""
    what, key, words, by = step
    if what == "next" and RULES[it.status].then:
        to, roles = sorted(RULES[it.status].then.items())[key % len(RULES[it.status].then)]
        what, key, by = "move", to, Actor(f"{min(roles)} {key % 3}", roles)
    try:
        if what == "act":
            doing.perform(it, key, words, by=by, at=at, institution=TOWN)
        elif what == "move":
            it.move(key, by=by, at=at, institution=TOWN, given=words)
    except (WrongMove, Missing, WrongAct) as refused:
        return refused
    return None


def case() -> Case:
    it = small_town.case(filed_at=START)
    it.due = {"answer": START + timedelta(days=7)}
    return it


def chain(it: Case) -> list[Link]:
    links: list[Link] = []
    for seq, event in enumerate(it.fresh, 1):
        previous = links[-1].hash if links else ""
        digests = {key: digest(SALT, text) for key, text in event.private.items()}
        facts: dict[str, Any] = {"number": it.number, "seq": seq, "at": event.at, "by": event.by, "what": event.what}
        mark = event_hash(previous, **facts, detail=event.detail, digests=digests)
        texts = {key: (SALT, text) for key, text in event.private.items()}
        links.append(Link(it.number, seq, event.at, event.by, event.what, event.detail, digests, previous, mark, texts))
    return links


@settings(max_examples=150, deadline=None)
@given(st.lists(steps(), max_size=40))
def test_whatever_is_tried_the_history_only_grows_the_chain_holds_and_each_refusal_is_a_sentence(tries):
    it = case()
    for n, step in enumerate(tries, 1):
        before = deepcopy(it)
        refused = attempt(it, step, START + timedelta(minutes=n))
        if refused is not None:
            assert str(refused)
            assert getattr(refused, "zh", "") or isinstance(refused, WrongMove | Missing)
            assert it == before
        assert it.fresh[: len(before.fresh)] == before.fresh

    links = chain(it)
    assert verify_chain(links, head=(len(links), links[-1].hash if links else "")) == []
    way = [event.detail for event in it.fresh if event.what == "moved"]
    assert [step["from"] for step in way] == (["received"] + [step["to"] for step in way])[: len(way)]
    assert it.status == (way[-1]["to"] if way else "received")
    assert all(step["to"] in RULES[Status(step["from"])].then for step in way)


@settings(max_examples=150, deadline=None)
@given(st.lists(steps(), max_size=40))
def test_two_others_have_seen_every_answer_that_leaves_a_review(tries):
    it = case()
    for n, step in enumerate(tries, 1):
        attempt(it, step, START + timedelta(minutes=n))
        if it.fresh and it.fresh[-1].detail.get("from") == "reviewing" and it.fresh[-1].detail["to"] == "answered":
            assert len({look["by"] for look in it.record["reviews"]} - {it.record["written_by"]}) >= 2
