"""Conversations without a case: nothing is read of who has not agreed; who has is written to."""

from __future__ import annotations

import pytest

from backend.domain.case import Actor
from backend.services.office.desk import OnlyLooks
from backend.services.talks import drafts, ended, takeover
from backend.services.talks.ended import BadWhy, NotEnded, NotReachable, Which
from backend.store.engine import open_store
from tests.backend.services.city import STORY, City

REVIEWER = Actor("孙审核", frozenset({"reviewer"}), "hotline")


@pytest.fixture
def city(sqlite_url):
    store = open_store(sqlite_url)
    yield City(store)
    store.close()


def listed(city, who=REVIEWER, institution="hotline"):
    return city.store.read_now(ended.listed, city.institutions, institution, by=who, at=city.now)


def which(one):
    return Which(one.institution, one.person.id, one.begun)


def mark(city, one, why="tiresome", who=REVIEWER):
    city.unit(ended.mark, city.institutions, which(one), why, by=who, at=city.now)


def follow(city, one):
    return city.unit(ended.follow, city.institutions, which(one), by=REVIEWER, at=city.now)


def test_before_consent_only_the_question_is_known_at_which_it_stopped(city):
    city.citizen().says(STORY)
    city.later(hours=25)

    ((one,), sums) = listed(city)

    assert (one.step, one.agreed, one.words, one.proposal, one.who) == ("consent", False, "", None, ())
    assert sums.steps == {"consent": 1}
    with pytest.raises(NotReachable):
        follow(city, one)


def test_after_consent_the_last_words_and_what_may_have_been_wanted_are_known(city):
    li = city.citizen()
    for text in (STORY, "同意"):
        li.says(text)
    assert listed(city) == ([], ended.Sums({}, {}))  # they may still be typing

    city.later(hours=25)
    ((one,), _) = listed(city)

    assert one.agreed
    assert one.words == "同意"
    assert one.proposal["top"][0]["category_id"] == "environment"


def test_a_case_and_a_refusal_are_no_such_conversations(city):
    city.citizen("a").files_a_case()
    for text in (STORY, "不同意"):
        city.citizen("b").says(text, message_id=text)
    city.later(hours=25)

    assert listed(city)[0] == []


def test_it_is_marked_with_a_reason_of_six_which_is_counted(city):
    city.citizen().says(STORY)
    city.later(hours=25)
    ((one,), _) = listed(city)
    with pytest.raises(BadWhy):
        mark(city, one, "bored")

    mark(city, one, "unwilling")
    mark(city, one)

    ((now,), sums) = listed(city)
    assert (now.mark.why, now.mark.by, now.mark.step) == ("tiresome", "孙审核", "consent")
    assert sums.whys == {"tiresome": 1}


def test_who_agreed_is_written_to_by_taking_their_chat(city):
    li = city.citizen()
    for text in (STORY, "同意"):
        li.says(text)
    city.later(hours=25)
    ((one,), _) = listed(city)

    key = follow(city, one)

    talk = city.store.read_now(takeover.opened, key, by=REVIEWER)
    assert (talk.row.taken_by, talk.row.reason, talk.now.hand) == ("孙审核", "left", "taken")
    assert listed(city)[0] == []
    with pytest.raises(NotEnded):
        follow(city, one)


def test_who_came_back_meanwhile_has_not_ended(city):
    li = city.citizen()
    li.says(STORY)
    city.later(hours=25)
    ((one,), _) = listed(city)
    li.says("同意")

    with pytest.raises(NotEnded):
        mark(city, one)


def test_a_sealed_institutions_talks_are_its_confidants_to_read(city):
    who = Actor("郑", frozenset({"manager"}), "whistleblow")
    li = city.citizen(institution="whistleblow")
    for text in ("我要举报车间主任收供应商的回扣，上个月收了两万", "同意"):
        li.says(text)
    city.later(hours=25)

    ((one,), _) = listed(city, who, "whistleblow")
    assert (one.agreed, one.words, one.proposal) == (True, "", None)
    trusted = Actor("郑", frozenset({"manager"}), "whistleblow", confidant=True)
    ((one,), _) = listed(city, trusted, "whistleblow")
    assert one.words


def test_a_handler_and_another_institution_see_none(city):
    for who in (Actor("小赵", frozenset({"handler"}), "hotline"), Actor("李", frozenset({"reviewer"}), "property")):
        with pytest.raises(OnlyLooks):
            listed(city, who)


def test_a_conversation_that_was_put_by_says_so(city):
    li = city.citizen()
    for text in (STORY, "同意"):
        li.says(text)
    for _ in range(6):
        city.later(days=2)
        for key in city.store.read_now(drafts.waiting, at=city.now):
            city.unit(drafts.turn, city.institutions, {}, key, at=city.now)
        if any(one.step == ended.PUT_BY for one in listed(city)[0]):
            return

    raise AssertionError(listed(city))
