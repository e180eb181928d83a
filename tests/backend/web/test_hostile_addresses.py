"""Every key of every address that managers, callers and strangers may write, filled in with what nobody should: a page or a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from yarl import URL

from tests.backend.services.city import City
from tests.backend.web.officers import Officer, hire

if TYPE_CHECKING:
    from collections.abc import Iterable

ODD = (
    "-1", "٣", "NaN", "9" * 40, "\x00", "\ud800", "汉" * 200, "<script>alert(1)</script>", "0001-01-01", "9999-12-31",
    "2026-02-30", "2026-W47", "custom", "year",
)  # fmt: skip
PAGES = {
    "/desk/reports": ("done",),
    "/desk/reports/monthly": ("institution", "period", "on", "to", "minutes", "new"),
    "/desk/reports/capacity": ("minutes",),
    "/desk/reports/monthly/file.json": ("institution", "on"),
    "/desk/numbers": ("institution", "period", "on", "to"),
    "/desk/topics": ("done", "institution"),
    "/desk/calls": ("done",),
    "/desk/campaigns": ("done",),
    "/desk/notices": ("from", "done", "institution"),
    "/desk/funnel": ("institution", "period", "on", "to"),
    "/public": ("lang", "format", "on", "category", "callback"),
}
PIECES = (
    "/desk/reports/{}", "/desk/reports/monthly/file.{}", "/desk/topics/{}", "/desk/topics/{}/brief", "/desk/topics/{}/brief.docx",
    "/desk/calls/{}/1", "/desk/calls/20261121-HL-000001-9/{}", "/desk/campaigns/{}", "/desk/campaigns/{}/answers.csv",
    "/desk/campaigns/1/photos/{}", "/public/{}",
)  # fmt: skip


@pytest.fixture
async def manager(site, client):
    city = City(site.store)
    city.now = site.clock()
    city.citizen().files_a_case()
    hire(site, "陈经理", "manager", "dispatcher", institution="hotline")
    officer = Officer(client)
    await officer.comes_in("陈经理")
    return officer


def written(value: str) -> str:
    return quote(value.encode("utf-8", "surrogatepass"), safe="")


async def fails(manager: Officer, path: str) -> str:
    """How that address fails; empty: it is a page, or a sentence that says what is wrong."""
    async with manager.browser.get(URL(path, encoded=True), allow_redirects=False) as answer:
        body = await answer.read()
    if answer.status >= 500:
        return f"{path[:120]}: {answer.status}"
    shown = answer.content_type == "text/html" and b"<script>alert(1)" in body
    return f"{path[:120]}: a script of theirs" if shown else ""


async def failing(manager: Officer, paths: Iterable[str]) -> list[str]:
    return [trouble for path in paths if (trouble := await fails(manager, path))]


async def test_every_key_of_an_address_takes_anything(manager):
    paths = [f"{page}?{key}={written(value)}" for page, keys in PAGES.items() for key in keys for value in ODD]

    assert not await failing(manager, paths)


async def test_every_piece_of_a_path_takes_anything(manager):
    assert not await failing(manager, [place.format(written(value)) for place in PIECES for value in ODD])


async def test_a_report_of_any_two_days_is_a_page_or_a_sentence(manager):
    days = ("9999-12-31", "0001-01-01", "2000-01-01", "2026-11-21", "x")

    queries = [f"period=custom&on={first}&to={last}" for first in days for last in days]
    assert not await failing(manager, [f"/desk/reports/daily?{query}" for query in queries])
