"""Programs read the reports of their institution; whatever cannot be is told in a sentence."""

from __future__ import annotations

import pytest

from backend.web.api import reports as api_reports
from tests.backend.services.city import City
from tests.backend.web.programs import program

NOVEMBER = {"since": "2026-11-01", "until": "2026-11-30"}


@pytest.fixture
def sync(site, client):
    return program(site, client, "sync", role="manager")


async def test_a_month_comes_as_the_desk_shows_it(site, sync):
    City(site.store).citizen().files_a_case()

    told = (await sync.get("/reports", name="monthly", institution="hotline", **NOVEMBER)).json

    assert (told["report"], told["period"], told["from"], told["to"]) == (
        "monthly",
        "month",
        "2026-11-01",
        "2026-11-21",
    )
    assert "共登记来件 1 件" in "".join(told["sections"][0]["text"])
    assert told["sections"][0]["tables"][0]["rows"][0]["now"] == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": "lucky"}, "there is no report 'lucky'"),
        ({"name": ""}, "name is missing"),
        ({"institution": "nowhere"}, "there is no institution 'nowhere'"),
        ({"department": "chengguan"}, "there is no department; there are name, since, until, institution"),
        ({"since": "2026-12-01", "until": "2026-12-31"}, "2026-12-01 is still to come"),
        ({"since": "2026-11-30", "until": "2026-11-01"}, "the last day, 2026-11-01, is before the first"),
        ({"since": "2010-01-01"}, "days are too many; 3660 at most"),
        ({"since": "soon"}, "since: 'soon' is no day; write it as in 2026-11-21"),
        ({"until": ""}, "until is missing"),
    ],
)
async def test_what_cannot_be_reported_is_refused(sync, change, why):
    answer = await sync.get("/reports", **{"name": "monthly"} | NOVEMBER | change)

    assert answer.status == 422
    assert why in answer.detail


async def test_a_program_of_one_institution_reads_no_other_and_a_handlers_none(site, client):
    estate = program(site, client, "estate", role="manager", institution="property")
    assert (await estate.get("/reports", name="daily", **NOVEMBER)).json["institution"] == "property"
    assert (await estate.get("/reports", name="daily", institution="hotline", **NOVEMBER)).status == 403

    handler = program(site, client, "handler", role="handler")
    assert "reads no reports" in (await handler.get("/reports", name="daily", **NOVEMBER)).detail


async def test_one_that_takes_long_is_asked_for_again(sync, monkeypatch):
    monkeypatch.setattr(api_reports, "PATIENCE", 0.0)

    answer = await sync.get("/reports", name="monthly", **NOVEMBER)

    assert answer.status == 503
    assert "is being made" in answer.detail
    assert answer.headers["Retry-After"] == "5"
    monkeypatch.setattr(api_reports, "PATIENCE", 20.0)
    assert (await sync.get("/reports", name="monthly", **NOVEMBER)).status == 200
