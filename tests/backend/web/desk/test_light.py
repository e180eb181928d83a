"""Light or dark: as the system does, until somebody chooses; paper is always white."""

from __future__ import annotations

import pytest

from backend.web import assets
from backend.web.desk import light


def dark_sheet(page):
    """The condition under which the dark colours count; None: they are not even fetched."""
    _, found, rest = page.html.partition("/static/dark.css")
    return rest.partition('media="')[2].partition('"')[0] if found else None


async def test_the_desk_is_as_light_as_the_system_until_somebody_chooses(officer):
    page = await officer.opens("/desk")

    assert dark_sheet(page) == "screen and (prefers-color-scheme: dark)"
    assert '<meta name="color-scheme" content="light dark">' in page.html


@pytest.mark.parametrize(("chosen", "when"), [("dark", "screen"), ("light", None)])
async def test_a_choice_is_kept_and_leads_back_to_where_one_was(officer, chosen, when):
    page = await officer.opens(f"/desk/light?to={chosen}&back=/desk/alerts")

    assert page.path == "/desk/alerts"
    assert dark_sheet(page) == when
    assert f'content="{light.SCHEMES[chosen]}"' in page.html


async def test_a_choice_that_there_is_not_changes_nothing_and_leads_nowhere_else(officer):
    page = await officer.opens("/desk/light?to=pink&back=//elsewhere.example/desk")

    assert page.path == "/desk"
    assert dark_sheet(page) == "screen and (prefers-color-scheme: dark)"


def test_dark_has_every_colour_that_text_is_written_in_or_on():
    names = {
        line.partition(":")[0].strip() for line in assets.content("dark.css").decode().splitlines() if "--" in line
    }

    assert {f"--{each}" for each in ("ink", "ink-soft", "paper", "card", "line", "edge", "tint")} <= names
    assert {f"--{tone}{kind}" for tone in ("good", "warn", "bad") for kind in ("", "-tint")} <= names
