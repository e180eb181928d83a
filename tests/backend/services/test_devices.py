"""One person writes from two devices at once, or edits what they wrote: each message is taken whole, one after the other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

import pytest

from tests.backend.services.city import City

STORY = "楼下烧烤店放音响，吵得睡不着"
FACTS = ["昨晚11点", "幸福里3栋楼下", "我叫李芳", "13800138000"]


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def li(city):
    citizen = city.citizen()
    citizen.says(STORY)
    citizen.says("同意")
    return citizen


def state(city):
    return city.store.read_now(lambda work: work.people.conversation(1, "hotline"))


def at_once(citizen, messages):
    with ThreadPoolExecutor(len(messages)) as pool:
        return list(pool.map(lambda pair: citizen.says(pair[1], message_id=pair[0]), messages))


@pytest.mark.parametrize("order", list(permutations(FACTS))[::8])
def test_facts_that_come_at_once_are_all_kept(city, li, order):
    said = at_once(li, [(f"device-{n}", text) for n, text in enumerate(order)])

    values = state(city)["draft"]["values"]
    assert all(said)
    assert values["what"].startswith(STORY)
    assert values["where"]["text"] == "幸福里3栋楼下"
    assert values["when"]["start"] == "2026-11-20T23:00:00+08:00"
    assert (values["who"], values["contact"]) == ("李芳", "+8613800138000")


def test_the_same_message_from_two_deliveries_counts_once(city, li):
    first, second = at_once(li, [("same", "昨晚11点"), ("same", "昨晚11点")])

    assert first == second
    talk = city.store.read_now(lambda work: work.journal.talk(1))
    assert [line.text for line in talk if line.who == "citizen"].count("昨晚11点") == 1


def test_submit_from_two_devices_files_one_case(city, li):
    while "submit" not in li.choices:
        li.says("不清楚" if "anonymous" not in li.choices else "匿名")
    at_once(li, [("phone", "提交"), ("tablet", "提交")])

    cases, _ = city.store.read_now(lambda work: work.cases.page(limit=9))
    assert len(cases) == 1


def test_an_edited_message_that_comes_as_a_new_one_corrects(city, li):
    li.says("幸福里3栋楼下", message_id="7")
    li.says("不是3栋，是5栋", message_id="7:edited")

    assert state(city)["draft"]["values"]["where"]["text"] == "幸福里5栋楼下"


def test_an_edit_that_comes_under_the_old_key_changes_nothing(city, li):
    first = li.says("幸福里3栋楼下", message_id="7")
    again = li.says("幸福里5栋楼下", message_id="7")

    assert again == first
    assert state(city)["draft"]["values"]["where"]["text"] == "幸福里3栋楼下"
