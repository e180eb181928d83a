"""A draft that was left, on a real store: reminded by day and inside the window, warned, closed, deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.services.talks import drafts
from backend.services.talks.intake import StoredFile
from backend.store.evidence import NoSuchEvidence
from tests.backend.services.city import City

STORY = "楼下烧烤店放音响，吵得睡不着"
PHOTO = StoredFile("photo", "image/png", "a.png", "a" * 64, 10)
WEB = {"web": None}
WECHAT = {"web": timedelta(hours=48)}


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def left(city):
    """Somebody who told what happened at 9:12, was asked when, and went away."""
    citizen = city.citizen()
    citizen.says(STORY)
    citizen.says("同意")
    return citizen


def passes(city, windows=WEB, **by):
    """Time passes, and everything that falls due is done, each at its own time; what was done."""
    until, done = city.now + timedelta(**by), []
    while (due := city.store.read_now(lambda work: work.drafts.next_due())) is not None and due <= until:
        city.now = max(due, city.now)
        keys = city.store.read_now(drafts.waiting, at=city.now)
        done += [city.unit(drafts.turn, city.institutions, windows, key, at=city.now) for key in keys]
    city.now = until
    return [step.value for step in done if step]


def owed(city, name="li"):
    """What is queued for that person: (when, text)."""

    def rows(work):
        person = work.people.find("web", name)
        return [(row.created_at, row.text) for row in work.outbox.not_arrived(limit=99) if row.person == person.id]

    return city.store.read_now(rows)


def test_silence_is_followed_by_a_reminder_a_warning_the_end_and_deletion(city, left):
    assert passes(city, hours=3) == ["nudge"]
    assert passes(city, days=6) == ["warn"]
    assert passes(city, days=1) == ["close"]
    assert passes(city, days=7) == ["erase"]
    assert passes(city, days=99) == []

    kinds = [text.split("\n")[0] for _, text in owed(city)]
    assert ["还没登记完，先替您留到" in kinds[0], "只能再留到" in kinds[1], "先收起来了" in kinds[2]] == [True] * 3
    assert len(kinds) == 3


def test_the_reminder_comes_once_for_each_draft(city, left):
    passes(city, hours=3)
    left.says("昨晚11点")

    assert passes(city, days=2) == []
    assert len(owed(city)) == 1


def test_no_reminder_comes_by_night(city, left):
    city.later(hours=12)  # 21:12
    left.says("昨晚11点")

    assert passes(city, hours=10) == []  # 7:12
    assert passes(city, hours=1) == ["nudge"]
    [(at, _)] = owed(city)
    assert at.astimezone().utctimetuple()[3:5] == (23, 30)  # 7:30 in China


def test_a_job_that_comes_late_by_night_waits_for_the_morning(city, left):
    city.later(hours=14)  # 23:12, nobody looked since
    [key] = city.store.read_now(drafts.waiting, at=city.now)

    assert city.unit(drafts.turn, city.institutions, WEB, key, at=city.now) is None
    assert owed(city) == []
    assert passes(city, hours=9) == ["nudge"]


def test_outside_the_platforms_window_nothing_is_sent_and_the_draft_ends_all_the_same(city, left):
    assert passes(city, WECHAT, days=8) == ["nudge", "warn", "close"]

    assert len(owed(city)) == 1
    assert "接着上次" not in owed(city)[0][1]
    assert "上次说到" in left.says("接着上次")[0]


def test_who_comes_back_before_the_reminder_is_not_reminded_of_what_is_filed(city, left):
    number = city.citizen("zhang").files_a_case()

    passes(city, hours=3)

    assert owed(city, "zhang") == []
    assert city.case(number).status == "received"


def test_a_server_that_was_down_warns_before_it_closes(city, left):
    city.later(days=9)
    city.now = city.now.replace(hour=4)  # noon in China
    [key] = city.store.read_now(drafts.waiting, at=city.now)
    done = [city.unit(drafts.turn, city.institutions, WEB, key, at=city.now) for _ in range(2)]

    assert done == ["warn", None]
    assert passes(city, days=1) == ["close"]


def test_what_was_put_by_goes_on_with_its_files_and_is_filed(city, left):
    left.says(files=(PHOTO,))
    passes(city, days=8)

    said = left.says("接着上次")[0]
    assert STORY in said
    assert "1张照片" in said
    while "submit" not in left.choices:
        left.says("不清楚" if "anonymous" not in left.choices else "匿名")
    number = left.says("提交")[0].split("编号 ")[1].split("。")[0]

    assert len(city.store.read_now(lambda work: work.evidence.of_case(number))) == 1


def test_in_the_end_files_and_words_are_gone(city, left):
    left.says(files=(PHOTO,))
    passes(city, days=15)

    with pytest.raises(NoSuchEvidence):
        city.store.read_now(lambda work: work.evidence.get(1))
    talk = city.store.read_now(lambda work: work.journal.talk(work.people.find("web", "li").id))
    assert not [line for line in talk if "烧烤店" in line.text and line.message is not None]
    assert not [
        line for line in talk if line.who == "bot" and line.at < city.now - timedelta(days=14) and STORY in line.text
    ]


def test_words_of_a_case_filed_meanwhile_stay(city, left):
    city.later(days=1)
    left.says("你好")
    left.says("说新的事")
    number = left.files_a_case()
    passes(city, days=9)

    talk = city.store.read_now(lambda work: work.journal.talk(work.people.find("web", "li").id))
    assert city.case(number).facts["what"]
    assert [line for line in talk if line.who == "citizen" and "昨晚十一点多" in line.text]
    assert not [line for line in talk if line.who == "citizen" and line.text == STORY]


def test_no_thanks_deletes_at_once(city, left):
    left.says(files=(PHOTO,))
    passes(city, hours=3)
    left.says(choice="draft.drop")

    with pytest.raises(NoSuchEvidence):
        city.store.read_now(lambda work: work.evidence.get(1))
    assert passes(city, days=30) == []


def test_conversations_of_before_this_version_are_looked_after(city, left):
    def age(work):
        state = work.people.conversation(1, "hotline")
        old = {key: value for key, value in state.items() if key not in {"heard_at", "closes_at", "shelf", "aside"}}
        work.people.save_conversation(1, "hotline", old, at=city.now)
        work.drafts.set_due(1, "hotline", city.now)

    city.unit(age)

    assert passes(city, hours=3) == ["nudge"]


def test_an_institution_out_of_service_leaves_its_drafts_alone(city, left):
    city.institutions = {}

    assert passes(city, days=30) == []


def test_an_odd_draft_is_put_off(city, left):
    key = (1, "hotline")
    city.unit(drafts.put_off, key, at=city.now)

    assert city.store.read_now(lambda work: work.drafts.next_due()) == city.now + drafts.PUT_OFF
