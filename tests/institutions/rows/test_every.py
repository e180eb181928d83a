"""The emergency plan (seed 000), which every institution carries: a team at once, by the minute, and assessed afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from institutions.catalog import load_all
from tests.institutions.rows.walking import Office

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRE = "着火了，好多烟，楼上有人下不来"


@pytest.fixture(params=load_all())
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    """Each institution in turn."""
    opened = Office(request.param)
    yield opened
    opened.close()


def test_a_danger_starts_the_plan_with_a_team_and_is_assessed_before_it_is_filed_away(office: Office) -> None:
    number = office.alarms(FIRE, "2026-10-01 02:05")

    case = office.case(number)
    assert case.grade == "emergency"
    assert office.due(number)["contact"] == "2026-10-01 02:35"
    assert "119" in office.receipt
    office.does(number, "emergency", by="coordinator", lead="孙局长", team="王工，刘科长")
    assert all(public in office.told(number) for public in ("110", "119", "120", "孙局长"))
    office.move(number, "withdrawn", by="coordinator")
    with office.refuses(number, "has not been assessed"):
        office.move(number, "archived")
    office.does(number, "assess", by="manager", text="到场用时二十分钟，下次先通知物业。")
    assert office.move(number, "archived").record["emergency"]["assessed"]
