"""A draft moves to another chat: once, in time, to one of those who type its code."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from backend.services.talks import moving
from backend.services.talks.intake import StoredFile
from backend.store import tables as t
from backend.store.drafts import WRONG
from tests.backend.services.city import City

STORY = "楼下烧烤店放音响，吵得睡不着"
PHOTO = StoredFile("photo", "image/png", "a.png", "a" * 64, 10)


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def li(city):
    """Somebody in the middle of a story, with a photo."""
    citizen = city.citizen()
    citizen.says(STORY)
    citizen.says("同意")
    citizen.says(files=(PHOTO,))
    return citizen


def code_of(citizen):
    return citizen.says("换个设备")[0].split("\n")[1]


def owed(city, name):
    def rows(work):
        person = work.people.find("web", name)
        return [row.text for row in work.outbox.not_arrived(limit=99) if row.person == person.id]

    return city.store.read_now(rows)


def test_the_draft_goes_on_in_the_other_chat_with_its_files(city, li):
    phone = city.citizen("li-phone")
    said = phone.says(code_of(li))[0]

    assert "接过来了" in said
    assert STORY in said
    assert "同意" not in said
    while "submit" not in phone.choices:
        phone.says("不清楚" if "anonymous" not in phone.choices else "匿名")
    number = phone.says("提交")[0].split("编号 ")[1].split("。")[0]
    assert len(city.store.read_now(lambda work: work.evidence.of_case(number))) == 1
    assert city.case(number).facts["what"] == STORY


def test_the_chat_it_left_is_told_and_has_nothing_left(city, li):
    city.citizen("li-phone").says(code_of(li))

    assert "另一个聊天" in owed(city, "li")[0]
    assert "没有没登记完的事" in li.says("接着上次")[0]


def test_a_code_counts_once(city, li):
    code = code_of(li)
    city.citizen("li-phone").says(code)

    assert "用过了" in city.citizen("zhang").says(code)[0]


def test_a_code_ends_after_half_an_hour(city, li):
    code = code_of(li)
    city.later(minutes=31)

    assert "过期" in city.citizen("li-phone").says(code)[0]


def test_a_code_of_another_institution_opens_nothing(city, li):
    assert "不对" in city.citizen("li-phone", "property").says(code_of(li))[0]


def test_ones_own_code_is_not_used_up(city, li):
    code = code_of(li)

    assert "另一个聊天" in li.says(code)[0]
    assert "接过来了" in city.citizen("li-phone").says(code)[0]


def test_a_second_code_ends_the_first(city, li):
    first, second, phone = code_of(li), code_of(li), city.citizen("li-phone")

    assert "不对" in phone.says(first)[0]
    assert "接过来了" in phone.says(second)[0]


def test_wrong_tries_are_limited_and_then_a_right_one_opens_nothing(city, li):
    code, zhang = code_of(li), city.citizen("zhang")
    for n in range(moving.TRIES):
        assert "不对" in zhang.says(f"AAAA-222{n + 2}")[0]

    assert "一小时" in zhang.says(code)[0]
    city.later(hours=1)
    assert "不对" in zhang.says(code)[0]  # it has ended meanwhile


def test_everybodys_wrong_tries_are_limited(city, li):
    def guess(work):
        for _ in range(moving.TRIES_OF_ALL):
            work.people.note_wrong_claim(1, WRONG, at=city.now)

    code = code_of(li)
    city.unit(guess)

    assert "一小时" in city.citizen("li-phone").says(code)[0]


def test_the_store_keeps_no_code_that_could_be_read(city, li):
    code = code_of(li).replace("-", "")
    kept = city.store.read_now(lambda work: work.conn.execute(select(t.draft_codes)).all())

    assert len(kept) == 1
    assert code not in str(kept)


def test_a_draft_that_was_filed_meanwhile_is_not_brought(city, li):
    code = code_of(li)
    for text in ("取消", "取消登记"):
        li.says(text)

    assert "不对" in city.citizen("li-phone").says(code)[0]


def test_of_two_devices_that_type_the_code_at_once_one_gets_it(city, li):
    code, devices = code_of(li), [city.citizen(f"device{n}") for n in range(4)]
    at = city.now
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda device: device.says(code)[0], devices))

    assert sum("接过来了" in each for each in said) == 1
    assert sum("不对" in each for each in said) == 3
    assert city.now > at


def test_two_chats_that_take_each_others_draft_at_once_both_end_well(city, li):
    zhang = city.citizen("zhang")
    for text in ("中山路的路灯坏了", "同意"):
        zhang.says(text)
    codes = {li: f"代码 {code_of(zhang)}", zhang: f"代码 {code_of(li)}"}
    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(lambda each: each.says(codes[each])[0], codes))

    assert [each for each in said if "接过来了" in each]
    assert all(said)
