"""What somebody answered to a campaign is theirs to have, is nobody's once they are forgotten, and is not kept for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from backend.domain.questionnaire import PHOTO, Answer, Question, Questionnaire
from backend.services.campaigns import results
from backend.services.privacy import erasing, exporting
from backend.services.talks import albums
from backend.services.talks.intake import StoredFile
from tests.backend.services.campaigns.poll import Poll
from tests.backend.services.city import City

WORDS = "来得太慢，我是三号楼的李芳"
SHOT = StoredFile("photo", "image/jpeg", "hall.jpg", "a" * 64, 2000)


@pytest.fixture
def city(store):
    city = City(store)
    city.citizen().files_a_case()
    return city


@pytest.fixture
def poll(city):
    poll = Poll(city)
    poll.sends()
    poll.asks()
    return poll


def answers(city: City, poll: Poll) -> None:
    li = city.citizen()
    li.says(choice=f"poll:{poll.id}:q1:2", message_id="q1")
    li.says(WORDS, message_id="q2")
    li.says("4", message_id="q3")
    li.says("订阅月报", message_id="want")
    li.says(choice=li.choices[0], message_id="this") if li.choices else None


def forgets(city: City) -> None:
    li = city.citizen()
    li.says("忘记我", message_id="forget")
    li.says("删除", message_id="sure")


def own(city: City) -> Any:
    def read(work):
        return exporting.gathered(work, city.institutions, work.people.find("web", "li"), at=city.now)

    return city.store.read_now(read)


def said(city: City, poll: Poll) -> list[dict[str, Answer]]:
    rows = city.store.read_now(results._rows, city.store.read_now(lambda work: work.campaigns.get(poll.id)), cut="")
    return [row.answers for row in rows]


def passes(city: City, *, years: int) -> Any:
    """So many years later, by night."""
    city.now = city.now.replace(year=city.now.year + years)
    return city.unit(erasing.asked, city.institutions["hotline"], at=city.now)


def test_a_copy_of_ones_data_has_the_answers_and_the_bulletins(city, poll):
    answers(city, poll)

    told = own(city)

    (survey,) = told["surveys"]
    assert survey["title"] == "办理满意度"
    assert [(one["question"], one["chosen"], one["words"]) for one in survey["answers"]] == [
        ("办得怎么样？", ["不好"], ""),
        ("哪里不好？", [], WORDS),
        ("打几分？", ["4"], ""),
    ]
    assert [one["about"] for one in told["bulletins"]] != []
    assert told["no_more_surveys"] is False


def test_a_copy_says_that_somebody_wants_no_more_surveys_and_what_they_rated(city, poll):
    city.citizen().says("不再问我", message_id="never")
    (case,) = own(city)["cases"]
    city.answer(case["number"])
    for tap in ("contacted:no", "solved:partly"):
        city.citizen().says(choice=f"visit:{case['number']}:{tap}", message_id=tap)

    (case,) = own(city)["cases"]
    assert own(city)["no_more_surveys"] is True
    (rated,) = (event for event in case["events"] if event["what"] == "rated")
    assert (rated["contacted"], rated["solved"]) == (False, "partly")


def test_who_is_forgotten_answered_nothing_any_more_and_the_sums_stand(city, poll):
    answers(city, poll)
    forgets(city)

    assert (own(city)["surveys"], own(city)["bulletins"]) == ([], [])
    assert said(city, poll) == [{"q1": Answer(("2",)), "q2": Answer(), "q3": Answer(("4",))}]
    assert poll.states() == {"done": 1}
    again = city.citizen().says(choice=f"poll:{poll.id}:q3:1", message_id="again")
    assert "不是发给您的" in again[0]


def test_who_is_forgotten_before_their_turn_is_not_asked(city):
    poll = Poll(city)
    poll.sends()
    forgets(city)

    assert poll.asks() == 0
    assert poll.states() == {"dropped": 1}


def test_when_the_years_are_over_nobody_knows_who_answered_nor_their_words(city, poll):
    answers(city, poll)
    city.later(days=4)
    poll.asks()
    assert poll.state() == "ended"
    years = city.institutions["hotline"].keep_years

    assert passes(city, years=years - 1) == 0
    assert said(city, poll)[0]["q2"] == Answer(text=WORDS)
    city.later(days=10)
    assert passes(city, years=1) == 2  # the sample's one person, and their wish for a bulletin
    assert said(city, poll) == [{"q1": Answer(("2",)), "q2": Answer(), "q3": Answer(("4",))}]
    assert (own(city)["surveys"], own(city)["bulletins"]) == ([], [])


def test_who_still_talks_with_us_keeps_their_bulletin(city, poll):
    answers(city, poll)
    city.now = city.now.replace(year=city.now.year + 4)
    city.citizen().says("进度", message_id="still")

    passes(city, years=3)
    assert own(city)["bulletins"] != []


def test_a_photo_of_a_campaign_whose_years_are_over_is_a_lost_file(city):
    poll = Poll(city, Questionnaire("", "", (Question("q1", PHOTO, "拍一张楼道"),)))
    poll.sends()
    poll.asks()
    city.citizen().says(files=(SHOT,), message_id="shot")
    at = city.later(minutes=2)
    for key in city.store.read_now(albums.waiting, city.institutions, at=at):
        city.unit(albums.turn, city.institutions, key, at=at)
    assert poll.states() == {"done": 1}
    city.later(days=4)
    poll.asks()

    def lost(work):
        return work.forgetting.drop_lost_files(before=city.now - timedelta(days=90))

    city.later(days=400)
    assert city.unit(lost) == 0
    passes(city, years=6)
    assert city.unit(lost) == 1
