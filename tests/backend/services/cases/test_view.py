"""Who may see what of a case."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from backend.services.cases import casework, reading
from backend.services.cases.view import case_json
from backend.store.evidence import EvidenceRow
from tests.backend.services.city import OFFICER, City

PHONE = "13800138000"
IDENTITY = "110101199001011237"


@pytest.fixture
def shown(store):
    city = City(store)
    found = city.case(city.citizen().files_a_case())
    found.facts["extra"] = {"id_number": "430000199001010000", "flight": "CA1234"}
    return lambda *, personal: case_json(found, city.institutions["hotline"], [], [], personal=personal)


def test_names_and_numbers_are_whole_for_those_who_may_see_them(shown):
    seen = shown(personal=True)

    assert seen["who"]["contact"] == "+8613800138000"
    assert seen["extra"]["id_number"] == "430000199001010000"


def test_others_see_them_masked(shown):
    seen = shown(personal=False)

    assert seen["who"]["contact"] == "138****8000"
    assert seen["extra"] == {"id_number": "43**************00", "flight": "CA1234"}


def test_labels_stand_beside_keys(shown):
    seen = shown(personal=False)

    assert (seen["status"], seen["status_label"], seen["grade_label"], seen["kind_label"]) == (
        "received", "待受理", "一般", "投诉",
    )  # fmt: skip


@pytest.fixture
def told(store):
    """A case whose citizen and handlers wrote numbers of persons wherever something can be written."""
    city = City(store)
    number = city.citizen().files_a_case(f"幸福里3栋楼下烧烤店太吵，老板电话{PHONE}，我身份证{IDENTITY}")
    city.move(number, "accepted", note=f"已致电{PHONE}。")
    city.unit(casework.note, city.institutions, number, f"市民另一个电话{PHONE}", by=OFFICER, at=city.now)
    city.unit(casework.say, city.institutions, number, f"请打{PHONE}找张三", by=OFFICER, at=city.now)
    case = city.case(number)
    case.facts |= {
        "target": f"老板{PHONE}",
        "request": f"回我{PHONE}",
        "where": {"text": f"门口贴着{PHONE}", "lat": 28.2, "lon": 112.9, "pieces": {"house": f"{PHONE}"}},
        "extra": {"flight": f"CA1234 {PHONE}"},
        "who": {"name": "李芳", "contact": f"+86{PHONE}", "anonymous": True, "confidential": False},
    }
    photo = EvidenceRow(1, number, None, "photo", "image/png", f"{PHONE}.png", "ab" * 32, 12, city.now)
    history = store.read_now(lambda work: work.cases.history(number))

    def read(*, personal):
        case_ = case_json(case, city.institutions["hotline"], history, [photo], personal=personal)
        by = replace(OFFICER, personal=personal)
        notices = store.read_now(lambda work: reading.notices(work, city.institutions, number, by=by))
        return json.dumps([case_, notices], ensure_ascii=False)

    return read


def test_a_program_that_may_not_see_personal_data_finds_it_in_no_text(told):
    seen = told(personal=False)

    assert PHONE not in seen
    assert IDENTITY not in seen
    assert "李芳" not in seen
    for masked in ("老板电话138****8000", "1101**********1237", "已致电138****8000", "请打138****8000找张三"):
        assert masked in seen
    assert "28.2" in seen


def test_one_that_may_see_them_reads_every_word(told):
    seen = told(personal=True)

    assert "****" not in seen
    assert f"门口贴着{PHONE}" in seen
