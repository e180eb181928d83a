"""Managers write what their institution says: checked, kept by version, put back; on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.domain.case import Actor
from backend.services.office import wording
from backend.services.office.served import Served
from backend.services.office.wording import (
    ChangedMeanwhile,
    Edit,
    NoReason,
    NoSuchWords,
    NoWriter,
    Unchanged,
    Unfit,
)
from dialogs.wording import EN, HANT, ZH, phrase, voice
from institutions.catalog import load_all
from institutions.worded import FAQ, REPLY, SAID, Place
from tests.backend.services.city import City

PROPERTY = load_all()["property"]
MANAGER = Actor("陈经理", frozenset({"manager"}))
COLLEAGUE = Actor("周经理", frozenset({"manager"}), institution="property")
THANKS = Place(SAID, "thanks", ZH)
REPLY_ID = PROPERTY.casework.replies[0].id


@pytest.fixture
def office(store):
    return City(store)


def write(office, place=THANKS, text="不客气，有事再来。", *, by=MANAGER, base=0, why="更亲切"):
    edit = Edit(place, text, why, base)
    return office.unit(wording.change, PROPERTY, edit, by=by, at=office.later(minutes=1))


def restore(office, number, *, base, by=MANAGER):
    return office.unit(wording.restore, PROPERTY, number, why="不合适", base=base, by=by, at=office.later(minutes=1))


def spoken(office):
    served = Served({"property": PROPERTY})
    served.speak(office.store.read_now(wording.live))
    return served["property"]


def says(institution, key="thanks", language=ZH):
    return phrase(voice(language, institution.wording), key)


def test_what_is_written_is_said_from_then_on_in_both_scripts(office):
    assert write(office) == 1

    assert says(spoken(office)) == "不客气，有事再来。"
    assert says(spoken(office), language=HANT) == "不客氣，有事再來。"
    assert says(spoken(office), language=EN) == says(PROPERTY, language=EN)


def test_replies_and_answers_are_laid_over_their_files(office):
    question = PROPERTY.faq[0].id
    write(office, Place(REPLY, REPLY_ID, EN), "We have looked at case {number}.")
    write(office, Place(FAQ, question, ZH), "早八点到晚六点都有人。", base=1)

    now = spoken(office)

    assert now.casework.replies[0].text_en == "We have looked at case {number}."
    assert now.casework.replies[0].text == PROPERTY.casework.replies[0].text
    assert now.faq[0].say == "早八点到晚六点都有人。"
    assert now.faq[0].asks == PROPERTY.faq[0].asks


def test_a_version_tells_who_why_and_what_was_said_before(office):
    write(office)

    (version,) = office.store.read_now(wording.past, "property", by=MANAGER, limit=5).versions

    assert (version.by, version.why, version.restores) == ("陈经理", "更亲切", None)
    assert version.changes == (("said", "thanks", ZH, says(PROPERTY), "不客气，有事再来。"),)


@pytest.mark.parametrize(
    ("place", "text", "code"),
    [
        (THANKS, " ", "empty"),
        (THANKS, "不客气，{name}。", "strange"),
        (THANKS, "不客气，{。", "brace"),
        (THANKS, "不客气，您的诉求已予以登记。", "office"),
        (THANKS, "不客气（随时来。", "marks"),
        (THANKS, "好。" * 200, "long"),
        (Place(SAID, "receipt", ZH), "登记好了。", "missing"),
        (Place(SAID, "danger.fire", ZH), "请快离开，拨打119。", "number"),
        (Place(SAID, "privacy", ZH), "您说的只用来办这件事，办结{years}年后删除。", "command"),
        (Place(SAID, "submit", ZH), "这个按钮上的字实在是太多太多了手机屏幕上根本放不下", "label"),
        (Place(REPLY, REPLY_ID, ZH), "您好，{phone}。", "strange"),
        (Place(REPLY, REPLY_ID, ZH), "好的。" * 250, "bytes"),
        (Place(FAQ, PROPERTY.faq[0].id, ZH), "您问的是什么？", "asks.faq"),
    ],
)
def test_what_cannot_be_said_is_refused_with_the_reason(office, place, text, code):
    with pytest.raises(Unfit) as refused:
        write(office, place, text)

    assert code in {fault.code for fault in refused.value.faults}
    assert office.store.read_now(wording.marks) == {}


def test_of_two_who_write_the_same_words_the_later_sees_what_changed(office):
    write(office)

    with pytest.raises(ChangedMeanwhile) as refused:
        write(office, text="不谢。", by=COLLEAGUE)

    assert [(one.by, one.changes[0][4]) for one in refused.value.news] == [("陈经理", "不客气，有事再来。")]
    assert write(office, text="不谢。", by=COLLEAGUE, base=1) == 2


def test_of_two_who_write_other_words_neither_waits(office):
    write(office)

    assert write(office, Place(SAID, "thanks", EN), "Any time.", by=COLLEAGUE) == 2
    assert says(spoken(office)) == "不客气，有事再来。"


def test_any_version_can_be_said_once_more_and_the_file_as_well(office):
    write(office)
    write(office, text="不谢。", base=1)

    assert restore(office, 1, base=2) == 3
    assert says(spoken(office)) == "不客气，有事再来。"
    assert restore(office, 0, base=3) == 4
    assert spoken(office) is PROPERTY


def test_putting_back_needs_the_newest_page_and_a_version_that_is_there(office):
    write(office)

    with pytest.raises(ChangedMeanwhile):
        restore(office, 0, base=0)
    with pytest.raises(NoSuchWords):
        restore(office, 7, base=1)
    with pytest.raises(Unchanged):
        restore(office, 1, base=1)


def test_the_files_words_again_leave_nothing_laid_over(office):
    write(office)

    write(office, text=None, base=1)

    assert office.store.read_now(wording.live)["property"].words == ()
    with pytest.raises(Unchanged):
        write(office, text=None, base=2)


def test_words_are_changed_with_a_reason_by_managers_of_the_institution(office):
    with pytest.raises(NoReason):
        write(office, why=" ")
    with pytest.raises(NoReason):
        write(office, why="长" * 201)
    with pytest.raises(NoSuchWords):
        write(office, Place(SAID, "no_such_key", ZH))
    for stranger in (replace(MANAGER, roles=frozenset({"handler"})), replace(COLLEAGUE, institution="hotline")):
        with pytest.raises(NoWriter):
            write(office, by=stranger)
        with pytest.raises(NoWriter):
            office.store.read_now(wording.past, "property", by=stranger, limit=1)


def test_words_that_fit_no_longer_are_left_out_and_told(office):
    write(office)
    good, bad = wording.usable(
        PROPERTY, {THANKS: "好。", Place(REPLY, "gone", ZH): "好。", Place(SAID, "privacy", ZH): "好。"}
    )

    assert good == {THANKS: "好。"}
    assert {place.key for place in bad} == {"gone", "privacy"}
