"""Handlers' talks are drawn, scored by the rubric, read by whom they are about and by nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.domain.case import Actor
from backend.services.cases.casework import Empty
from backend.services.office import sampling
from backend.services.office.desk import OnlyLooks
from backend.services.office.sampling import BadScore, NotDrawn, Settled
from backend.services.talks import takeover
from backend.store.engine import open_store
from tests.backend.services.city import City

HANDLER = Actor("小赵", frozenset({"handler"}), "hotline")
REVIEWER = Actor("孙审核", frozenset({"reviewer"}), "hotline")
OTHER = Actor("钱审核", frozenset({"reviewer"}), "hotline")
SEED = "an invented seed"


@pytest.fixture
def city(sqlite_url):
    store = open_store(sqlite_url)
    city = City(store)
    city.now += timedelta(days=2)  # a Monday: somebody is on duty
    yield city
    store.close()


@pytest.fixture
def talk(city):
    """A citizen asked for a person, a handler came, wrote and gave the chat back; a week has passed."""
    li = city.citizen()
    li.says("我要找人工")
    (row,) = city.store.read_now(takeover.listed, by=HANDLER)
    city.unit(takeover.take, city.institutions, row.row.id, by=HANDLER, at=city.later(minutes=1))
    li.says("水管坏了，我的电话13800138000")
    city.unit(takeover.say, city.institutions, row.row.id, "师傅下午到", by=HANDLER, at=city.later(minutes=1))
    city.unit(takeover.give_back, city.institutions, row.row.id, by=HANDLER, at=city.later(minutes=1))
    city.later(days=14)
    return row.row.id


def listed(city, who):
    return city.store.read_now(sampling.listed, city.institutions, by=who, at=city.now, seed=SEED)


def full(city, **but):
    given = {row.key: (str(row.most), "") for row in city.institutions["hotline"].rubric}
    return given | but


def score(city, talk, who=REVIEWER, **but):
    told = {"by": who, "at": city.now, "seed": SEED}
    return city.unit(sampling.score, city.institutions, talk, full(city, **but), **told)


def reply(city, talk, text, who=HANDLER):
    city.unit(sampling.reply, city.institutions, talk, text, by=who, at=city.now, seed=SEED)


def test_a_talk_is_drawn_when_its_week_is_over(city, talk):
    assert [one.talk.id for one in listed(city, REVIEWER)] == [talk]
    city.now -= timedelta(days=13)
    assert listed(city, REVIEWER) == []


def test_a_handler_sees_only_their_own_and_only_when_it_is_scored(city, talk):
    assert listed(city, HANDLER) == []

    kept = score(city, talk, kind=("15", "催了市民两次"))

    assert (kept.points, kept.most) == (95, 100)
    assert [one.score.points for one in listed(city, HANDLER)] == [95]
    assert listed(city, Actor("别人", frozenset({"handler"}), "hotline")) == []
    (average,) = sampling.averages(listed(city, REVIEWER))
    assert (average.handler, average.talks, average.share) == ("小赵", 1, 0.95)


def test_what_was_said_is_read_from_when_a_person_was_asked_for(city, talk):
    heard = city.store.read_now(sampling.opened, city.institutions, talk, by=REVIEWER, at=city.now, seed=SEED)

    said = [line.text for line in heard.lines]
    assert any("水管坏了" in text for text in said)


def test_nobody_scores_their_own_and_handlers_score_nobody(city, talk):
    both = Actor("小赵", frozenset({"handler", "reviewer"}), "hotline")
    with pytest.raises(NotDrawn):
        score(city, talk, both)
    with pytest.raises(NotDrawn):
        score(city, talk, HANDLER)
    score(city, talk)
    with pytest.raises(OnlyLooks):
        score(city, talk, both)


@pytest.mark.parametrize("given", [("", ""), ("21", ""), ("-1", "x"), ("1.5", "x"), ("²", "x"), ("19", " ")])
def test_points_fit_the_rubric_and_missing_ones_have_a_reason(city, talk, given):
    with pytest.raises(BadScore, match="kind"):
        score(city, talk, kind=given)


def test_a_reviewer_may_mend_a_score_until_the_handler_replies_once(city, talk):
    score(city, talk)
    score(city, talk, kind=("10", "语气太急"))
    with pytest.raises(Settled):
        score(city, talk, OTHER)
    with pytest.raises(OnlyLooks):
        reply(city, talk, "不是我的", REVIEWER)
    with pytest.raises(Empty):
        reply(city, talk, "  ")

    reply(city, talk, "当时线路断了")

    (one,) = listed(city, HANDLER)
    assert (one.score.points, one.score.reply) == (90, "当时线路断了")
    with pytest.raises(Settled):
        reply(city, talk, "再说一句")
    with pytest.raises(Settled):
        score(city, talk)


def test_another_institutions_reviewer_knows_nothing_of_it(city, talk):
    stranger = Actor("李审核", frozenset({"reviewer"}), "property")

    assert listed(city, stranger) == []
    with pytest.raises(NotDrawn):
        score(city, talk, stranger)


def test_an_auditor_has_no_part_in_it(city, talk):
    with pytest.raises(OnlyLooks):
        listed(city, Actor("审计", frozenset({"auditor"}), "hotline"))
