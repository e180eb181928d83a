"""Citizens are asked at the right moment and answer in the chat; what does not count is told why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.domain.questionnaire import PHOTO, TEXT, Answer, Question, Questionnaire
from backend.services.campaigns import planning, results
from backend.services.talks import albums
from backend.services.talks.intake import StoredFile
from tests.backend.services.campaigns.poll import MANAGER, Poll
from tests.backend.services.city import STORY, City


@pytest.fixture
def city(store):
    city = City(store)
    for name in ("li", "wang"):
        city.citizen(name).files_a_case()
    return city


@pytest.fixture
def poll(city):
    poll = Poll(city)
    poll.sends()
    return poll


def button(poll: Poll, question: str, value: str) -> str:
    return f"poll:{poll.id}:{question}:{value}"


def answers(city: City, poll: Poll) -> dict[str, Answer]:
    rows = city.store.read_now(results._rows, city.store.read_now(lambda work: work.campaigns.get(poll.id)), cut="")
    return rows[0].answers if rows else {}


def test_everybody_drawn_is_asked_once(city, poll):
    assert (poll.asks(), poll.asks()) == (2, 0)
    assert all("【办理满意度】" in text and "1/3 办得怎么样？" in text for text in poll.invitations())
    assert poll.states() == {"asked": 2}


def test_a_citizen_answers_to_the_end(city, poll):
    poll.asks()
    li = city.citizen()
    assert "哪里不好" in li.says(choice=button(poll, "q1", "2"), message_id="a")[0]
    assert "打几分" in li.says("来得太慢，电话 13800138000", message_id="b")[0]
    assert "谢谢您" in li.says("4", message_id="c")[0]

    assert poll.states() == {"asked": 1, "done": 1}
    assert answers(city, poll) == {
        "q1": Answer(("2",)),
        "q2": Answer(text="来得太慢，电话 13800138000"),
        "q3": Answer(("4",)),
    }


def test_an_answer_may_lead_past_a_question(city, poll):
    poll.asks()

    assert "打几分" in city.citizen().says(choice=button(poll, "q1", "1"), message_id="a")[0]


def test_half_finished_is_kept_and_counted_apart(city, poll):
    poll.asks()
    city.citizen().says(choice=button(poll, "q1", "1"), message_id="a")

    told = city.store.read_now(lambda work: results.progress(work, work.campaigns.get(poll.id)))
    assert (told.asked, told.half, told.done) == (2, 1, 0)
    assert answers(city, poll) == {"q1": Answer(("1",))}


def test_the_same_question_is_answered_once(city, poll):
    poll.asks()
    li = city.citizen()
    li.says(choice=button(poll, "q1", "1"), message_id="a")

    again = li.says(choice=button(poll, "q1", "2"), message_id="b")

    assert "已经答过" in again[0]
    assert "打几分" in again[0]
    li.says(choice=button(poll, "q3", "5"), message_id="c")
    assert "已经答完" in li.says(choice=button(poll, "q3", "1"), message_id="d")[0]
    assert answers(city, poll) == {"q1": Answer(("1",)), "q3": Answer(("5",))}


def test_a_redelivered_answer_changes_nothing(city, poll):
    poll.asks()
    li = city.citizen()

    assert li.says(choice=button(poll, "q1", "1"), message_id="a") == li.says(
        choice=button(poll, "q1", "1"), message_id="a"
    )


def test_somebody_who_was_not_asked_is_told_so(city, poll):
    poll.asks()

    assert "不是发给您的" in city.citizen("stranger").says(choice=button(poll, "q1", "1"))[0]
    assert "不是发给您的" in city.citizen().says(choice="poll:999:q1:1", message_id="no")[0]
    assert poll.states() == {"asked": 2}


def test_a_stopped_campaign_takes_no_answer_and_keeps_what_was_said(city, poll):
    poll.asks()
    li = city.citizen()
    li.says(choice=button(poll, "q1", "1"), message_id="a")
    city.unit(planning.stop, poll.id, by=MANAGER, at=city.now)

    assert "已经结束" in li.says(choice=button(poll, "q3", "5"), message_id="b")[0]
    assert answers(city, poll) == {"q1": Answer(("1",))}


def test_its_time_is_over_by_itself(city, poll):
    poll.asks()
    city.later(days=4)
    assert poll.asks() == 0

    assert poll.state() == "ended"
    assert "已经结束" in city.citizen().says(choice=button(poll, "q1", "1"), message_id="a")[0]


def test_garbage_is_answered_with_the_question(city, poll):
    poll.asks()

    said = city.citizen().says(choice=button(poll, "q1", "9"), message_id="a")

    assert "对不上" in said[0]
    assert "办得怎么样" in said[0]


def test_who_wants_to_be_asked_no_more_never_is(city, poll):
    poll.asks()
    said = city.citizen().says("不再问我", message_id="never")

    assert "不再向您发问卷" in said[0]
    assert poll.states() == {"asked": 1, "refused": 1}
    assert dict(Poll(city).counts().left_out) == {"opted_out": 1}


def test_somebody_who_tells_a_matter_is_not_interrupted(city, poll):
    li = city.citizen()
    li.says("我要投诉另一件事：" + STORY, message_id="a")
    if "sort.new" in li.choices:
        li.says(choice="sort.new", message_id="b")

    assert poll.asks() == 1
    assert poll.states() == {"asked": 1, "drawn": 1}
    li.says("取消", message_id="c")
    li.says(
        "确认取消" if "cancel.yes" not in li.choices else "",
        choice="cancel.yes" if "cancel.yes" in li.choices else "",
        message_id="d",
    )
    city.later(minutes=30)
    assert poll.asks() == 1


def test_nobody_is_asked_by_night(city, poll):
    night = city.now.replace(hour=15, minute=0)  # 23:00 in China

    assert poll.asks(night) == 0
    assert poll.asks(night + timedelta(hours=10)) == 2


def test_who_took_back_consent_meanwhile_is_not_asked(city, poll):
    li = city.citizen()
    li.says("撤回同意", message_id="a")
    li.says(choice=li.choices[0], message_id="b") if li.choices else None
    poll.asks()

    assert poll.states() == {"asked": 1, "dropped": 1}


def test_what_people_wrote_is_shown_without_their_numbers(city, poll):
    poll.asks()
    li = city.citizen()
    li.says(choice=button(poll, "q1", "2"), message_id="a")
    li.says("来得太慢，电话 13800138000", message_id="b")

    _, _, told = city.store.read_now(results.read, poll.id, cut="", by=MANAGER)

    assert told[1].words == ("来得太慢，电话 138****8000",)
    assert [cell.count for cell in told[0].told.cells] == [0, 1]


def test_an_export_is_on_record(city, poll):
    poll.asks()
    city.citizen().says(choice=button(poll, "q1", "2"), message_id="a")

    found, _, rows = city.store.read_now(results.rows, poll.id, cut="category", by=MANAGER)
    city.unit(results.note_export, found, len(rows), cut="category", by=MANAGER, at=city.now, how="csv")

    assert [(row.group, row.answers["q1"]) for row in rows] == [("", Answer(("2",)))]
    deed = city.store.read_now(
        lambda work: work.deeds.last(MANAGER.name, "campaign_exported", f"{poll.id} 办理满意度", since=city.now)
    )
    assert deed.detail == {"rows": 1, "as": "csv", "cut": "category"}


def test_who_is_forgotten_leaves_no_words_in_the_answers(city, poll):
    poll.asks()
    li = city.citizen()
    li.says(choice=button(poll, "q1", "2"), message_id="a")
    li.says("来得太慢，我是三号楼的李芳", message_id="b")
    li.says("忘记我", message_id="c")
    while li.choices and "三号楼" in str(answers(city, poll)):
        yes = next(choice for choice in li.choices if not choice.endswith("no"))
        li.says(choice=yes, message_id=f"yes-{len(li.choices)}-{yes}")

    assert answers(city, poll) == {"q1": Answer(("2",)), "q2": Answer()}


def test_a_photo_sent_as_an_answer_is_no_lost_file(city):
    poll = Poll(city, Questionnaire("", "", (Question("q1", PHOTO, "拍一张楼道"),)))
    poll.sends()
    poll.asks()
    photo = StoredFile("photo", "image/jpeg", "hall.jpg", "a" * 64, 2000)
    li, wang = city.citizen(), city.citizen("wang")
    assert "发一张照片" in li.says(choice=button(poll, "q1", "1"), message_id="no")[0]
    li.says(files=(photo,), message_id="a")
    city.unit(albums_over, city)

    assert poll.states() == {"asked": 1, "done": 1}
    wang.says("不再问我", message_id="b")
    city.later(days=400)
    assert city.unit(lambda work: work.forgetting.drop_lost_files(before=city.now)) == 0


def albums_over(work, city):
    """Photos that came together are answered once nothing more comes."""
    at = city.later(minutes=2)
    for key in albums.waiting(work, city.institutions, at=at):
        albums.turn(work, city.institutions, key, at=at)


@pytest.mark.parametrize(
    ("kind", "file", "told"),
    [(PHOTO, "document", "照片"), (PHOTO, "video", "照片"), (PHOTO, "voice", "照片"), (TEXT, "voice", "打字")],
)
def test_a_file_that_is_no_answer_is_asked_for_again_and_shown_to_no_department(city, kind, file, told):
    poll = Poll(city, Questionnaire("", "", (Question("q1", kind, "请告诉我们"),)))
    poll.sends()
    poll.asks()

    said = city.citizen().says(files=(StoredFile(file, "x/y", "a.bin", "3" * 64, 100),), message_id="file")

    assert told in said[0]
    assert "请告诉我们" in said[-1]
    numbers = city.store.read_now(lambda work: [case.number for case in work.cases.bound_cases(1)])
    assert numbers
    assert all(what != "evidence" for number in numbers for _, what in city.history(number))
    assert answers(city, poll) == {}
