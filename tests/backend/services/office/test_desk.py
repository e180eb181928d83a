"""What the desk lists, and how it keeps two handlers from overwriting each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.domain.case import Actor
from backend.domain.lifecycle import Status
from backend.services.cases import casework, notices
from backend.services.cases.overtaken import Overtaken
from backend.services.office import desk, listing
from backend.services.privacy import looks
from backend.services.talks import intake
from backend.services.talks.intake import StoredFile
from backend.store.evidence import NoSuchEvidence
from dialogs.messages import Inbound, Peer
from tests.backend.services.city import OFFICER, START, STORY, City

COLLEAGUE = Actor("李科长", frozenset({"dispatcher"}))
AUDITOR = Actor("审计员", frozenset({"auditor"}), personal=False)
STRANGER = Actor("外人", frozenset({"handler"}), institution="property")
HOMES = {"web": "hotline"}
PHOTO = StoredFile("photo", "image/png", "现场.png", "ab" * 32, 12)


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def number(city):
    return city.citizen().files_a_case()


def listed(city, *, by=OFFICER):
    asked = listing.Asked(listing.ALL)
    return city.store.read_now(listing.listing, HOMES, city.institutions, asked, by=by, at=city.now)


def whole(city, number, *, by=OFFICER):
    return city.store.read_now(desk.whole, city.institutions, number, by=by)


def move(city, number, to, *, seen, by=OFFICER, **given):
    return city.unit(desk.move, city.institutions, number, Status(to), given, seen=seen, by=by, at=city.now)


def broken(city, name="zhang"):
    prepared = intake.prepare(Inbound(Peer("web", name), "x1", "听不懂的话"), city.institutions["hotline"], at=city.now)
    city.unit(intake.keep, prepared, "AssertionError: no rule", at=city.now)


def test_another_institution_sees_none_of_it(city, number):
    broken(city)

    found = listed(city, by=STRANGER)

    assert (found.cases, sum(found.counts.values()), found.failed) == ([], 0, 0)
    with pytest.raises(casework.NotYours):
        whole(city, number, by=STRANGER)
    for change in (desk.say, desk.note):
        with pytest.raises(casework.NotYours):
            city.unit(change, city.institutions, number, "您好", seen=9, by=STRANGER, at=city.now)


def test_a_case_comes_with_its_talk_and_its_notices_and_the_moves_of_who_looks(city, number):
    city.answer(number)

    seen = whole(city, number)

    assert seen.case.status is Status.VISITING_BACK
    assert {row.kind for row in seen.notices} == {"status", "survey"}
    assert {person.address for person in seen.followers.values()} == {"li"}
    assert [survey.answered_at for survey in seen.surveys] == [None]
    assert any("烧烤店" in line.text for line in seen.talk if line.who == "citizen")
    assert seen.moves == [Status.CLOSED, Status.REOPENED, Status.APPEALED]
    assert whole(city, number, by=AUDITOR).moves == []


def test_what_a_citizen_said_before_and_took_back_is_not_shown_with_the_next_case(city):
    citizen = city.citizen()
    citizen.says("我邻居赵某长期家暴，我很害怕")
    citizen.says("不同意")
    city.later(minutes=5)

    seen = whole(city, citizen.files_a_case())

    said = [line.text for line in seen.talk if line.who == "citizen"]
    assert not any("赵某" in line.text for line in seen.talk)
    assert said[0] == STORY


@pytest.mark.parametrize(("hours", "shown"), [(25, False), (23, True)])
def test_a_case_that_does_not_say_when_it_began_comes_with_the_talk_of_a_day(city, hours, shown):
    citizen = city.citizen()
    citizen.says("你好")
    city.later(hours=hours)
    number = citizen.files_a_case()
    history = [replace(event, detail={}) for event in city.store.read_now(lambda work: work.cases.history(number))]

    since = desk.begun(city.case(number), history)

    assert (since <= START + timedelta(seconds=10)) is shown


def test_who_only_audits_confirms_nothing_and_a_colleagues_correction_is_seen_first(city, number):
    seen = whole(city, number).case.seq
    with pytest.raises(desk.OnlyLooks):
        city.unit(desk.confirm, city.institutions, number, seen=seen, by=AUDITOR, at=city.now)
    city.unit(desk.note, city.institutions, number, "像是重复件", seen=seen, by=COLLEAGUE, at=city.now)

    with pytest.raises(Overtaken):
        city.unit(desk.confirm, city.institutions, number, seen=seen, by=OFFICER, at=city.now)


def test_a_correction_of_the_grade_alone_does_not_say_where_a_case_belongs(city, number):
    city.unit(casework.correct, city.institutions, number, {"grade": "urgent"}, by=OFFICER, at=city.now)

    assert not desk.placed(whole(city, number).history)


def test_a_move_is_refused_when_a_colleague_was_there_first(city, number):
    seen = whole(city, number).case.seq
    move(city, number, "refused", seen=seen, by=COLLEAGUE, ground="不在受理范围。")

    with pytest.raises(Overtaken) as error:
        move(city, number, "accepted", seen=seen)

    assert [(event.by, event.detail["to"]) for event in error.value.news] == [("李科长", "refused")]
    assert city.case(number).status is Status.REFUSED


def test_what_changes_no_decision_does_not_stop_a_move(city, number):
    seen = whole(city, number).case.seq
    city.unit(looks.ask, city.institutions, number, "要打电话核实", by=COLLEAGUE, at=city.now)
    city.unit(desk.note, city.institutions, number, "我自己的备注", seen=seen, by=OFFICER, at=city.now)

    assert move(city, number, "accepted", seen=seen).status is Status.ACCEPTED


def test_a_button_pressed_twice_moves_once(city, number):
    city.move(number, "accepted")
    city.move(number, "assigned", department=city.case(number).department_id)
    seen = whole(city, number).case.seq
    move(city, number, "answered", seen=seen, answer="已处理。")
    before = city.history(number)

    again = move(city, number, "answered", seen=seen, answer=" 已处理。")

    assert again.status is Status.VISITING_BACK
    assert city.history(number) == before
    with pytest.raises(Overtaken):
        move(city, number, "answered", seen=seen, answer="另一个答复。")


def test_words_pressed_twice_are_said_once(city, number):
    seen = whole(city, number).case.seq
    for change in (desk.say, desk.note):
        for _ in range(2):
            city.unit(change, city.institutions, number, "请补一张照片", seen=seen, by=OFFICER, at=city.now)

    assert [text for _, text in city.owed(number)] == [notices.spoken(number, "请补一张照片", "zh")]
    assert [what for _, what in city.history(number)][-2:] == ["said", "noted"]


def test_a_correction_is_refused_when_a_colleague_has_moved_the_case(city, number):
    seen = whole(city, number).case.seq
    move(city, number, "accepted", seen=seen, by=COLLEAGUE)

    with pytest.raises(Overtaken):
        city.unit(desk.correct, city.institutions, number, {"grade": "urgent"}, seen=seen, by=OFFICER, at=city.now)


def test_a_correction_is_made_by_who_has_seen_everything(city, number):
    seen = whole(city, number).case.seq

    case = city.unit(desk.correct, city.institutions, number, {"grade": "urgent"}, seen=seen, by=OFFICER, at=city.now)

    assert case.grade == "urgent"


def test_what_is_sent_unchanged_follows_the_category(city, number):
    case = city.case(number)
    transport = next(c for c in city.institutions["hotline"].categories if c.name == "交通运输")
    told = {"category": transport.id, "matter": "", "department": case.department_id, "grade": case.grade}

    changed = city.unit(desk.correct, city.institutions, number, told, seen=case.seq, by=OFFICER, at=city.now)

    assert (changed.category_id, changed.matter_id, changed.department_id) == (transport.id, None, transport.department)


def test_who_only_audits_changes_nothing_and_sees_no_phone(city, number):
    last = whole(city, number).case.seq
    for change in (desk.say, desk.note):
        with pytest.raises(desk.OnlyLooks):
            city.unit(change, city.institutions, number, "您好", seen=last, by=AUDITOR, at=city.now)
    with pytest.raises(desk.OnlyLooks):
        city.unit(desk.correct, city.institutions, number, {"grade": "urgent"}, seen=last, by=AUDITOR, at=city.now)
    with pytest.raises(desk.OnlyLooks):
        city.unit(looks.ask, city.institutions, number, "要打电话核实", by=AUDITOR, at=city.now)

    assert whole(city, number).case.seq == last


def test_looking_at_a_phone_number_is_on_record(city, number):
    city.unit(looks.ask, city.institutions, number, "要打电话核实", by=OFFICER, at=city.now)

    assert city.history(number)[-1] == (OFFICER.name, "looked")


def test_a_notice_that_did_not_arrive_is_sent_again_once_and_on_record(city, number):
    city.move(number, "accepted")
    row = whole(city, number).notices[0].id
    city.unit(lambda work: work.outbox.record(row, state="undelivered", at=city.now, reason="对方已取消关注"))

    assert [each.id for each in city.store.read_now(desk.unsettled, by=OFFICER)] == [row]
    assert listed(city).unsettled == 1
    assert city.unit(desk.again, city.institutions, number, row, by=OFFICER, at=city.now)
    assert not city.unit(desk.again, city.institutions, number, row, by=OFFICER, at=city.now)
    assert whole(city, number).notices[0].state == "queued"
    assert city.history(number)[-1] == (OFFICER.name, "notice")


def test_a_notice_is_sent_again_through_its_own_case_only(city, number):
    other = city.citizen("wang").files_a_case()
    city.move(number, "accepted")
    row = whole(city, number).notices[0].id
    city.unit(lambda work: work.outbox.record(row, state="uncertain", at=city.now))

    assert not city.unit(desk.again, city.institutions, other, row, by=OFFICER, at=city.now)


def test_a_message_nobody_understood_waits_until_it_is_marked_handled(city):
    broken(city)
    ((entry, person),) = city.store.read_now(desk.failed, HOMES, by=OFFICER)

    assert (person.address, entry.message["text"], entry.trouble) == ("zhang", "听不懂的话", "AssertionError: no rule")
    assert not city.unit(desk.handled, HOMES, entry.id, by=STRANGER)
    with pytest.raises(desk.OnlyLooks):
        city.unit(desk.handled, HOMES, entry.id, by=AUDITOR)
    assert city.unit(desk.handled, HOMES, entry.id, by=OFFICER)
    assert listed(city).failed == 0


def test_evidence_is_shown_with_its_own_case_only(city):
    citizen = city.citizen()
    citizen.says("昨晚楼下烧烤店又放音响", files=(PHOTO,))
    number = citizen.files_a_case()
    other = city.citizen("wang").files_a_case()
    (row,) = whole(city, number).evidence

    assert city.store.read_now(desk.evidence_of, number, row.id, by=OFFICER).filename == "现场.png"
    assert listed(city).evidence == {number: {"photo": 1}}
    with pytest.raises(NoSuchEvidence):
        city.store.read_now(desk.evidence_of, other, row.id, by=OFFICER)
    with pytest.raises(casework.NotYours):
        city.store.read_now(desk.evidence_of, number, row.id, by=STRANGER)
