"""Places: what may be filled in, and the links of a code."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backend.services.cases.casework import Empty, Unknown
from backend.services.talks import places
from institutions.catalog import load_all

AT = datetime(2026, 11, 21, 1, 12, tzinfo=UTC)
HOTLINE = load_all()["hotline"]


def check(**fill):
    return places.check(fill, HOTLINE, at=AT)


def test_texts_are_kept_as_the_operator_wrote_them_but_for_blanks():
    assert check(where=" 幸福里3栋2号电梯 ", what="电梯困人\x00") == {"where": "幸福里3栋2号电梯", "what": "电梯困人"}


def test_a_place_is_kept_and_found_by_its_code(store):
    store.run_now(places.add, " 3栋2号电梯 ", {"where": "幸福里3栋"}, code="k3J_x-9", at=AT)

    found = store.read_now(places.get, "k3J_x-9")

    assert (found.name, found.fill) == ("3栋2号电梯", {"where": "幸福里3栋"})


@pytest.mark.parametrize("code", ["", "nothing", "令牌", "x" * 33, "a b", "'; --", "\x00"])
def test_what_is_no_code_leads_nowhere(store, code):
    assert store.read_now(places.get, code) is None


def test_a_place_without_a_name_is_refused(store):
    with pytest.raises(Empty, match="name"):
        store.run_now(places.add, " ", {"where": "幸福里3栋"}, code="k", at=AT)


def test_what_fills_nothing_is_refused():
    with pytest.raises(Empty, match="fill is empty"):
        check()
    with pytest.raises(Empty, match=r"fill\.where"):
        check(where=" ")


def test_an_unknown_slot_is_named():
    with pytest.raises(Unknown, match="floor"):
        check(floor="3")


def test_a_text_that_its_slot_would_not_take_is_refused_with_the_reason():
    with pytest.raises(places.Unfit, match="phone number"):
        check(contact="楼下")
    with pytest.raises(places.Unfit, match="evidence"):
        check(evidence="照片")


def test_links_are_given_for_the_channels_that_there_are():
    both = places.links("k3J_x-9", url="https://12345.example.gov.cn", web="web", telegram="city_bot")
    none = places.links("k3J_x-9", url="https://12345.example.gov.cn", web=None, telegram=None)

    assert both.web_link == "https://12345.example.gov.cn/chat/web?place=k3J_x-9"
    assert both.telegram_link == "https://t.me/city_bot?start=k3J_x-9"
    assert none == places.Links("k3J_x-9", "k3J_x-9", None, None)
