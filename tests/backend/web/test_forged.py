"""A form that is not one of our pages does nothing, whatever page it goes to: every POST of the desk asks for its secret."""

from __future__ import annotations

import re

import pytest

from backend.web.keys import SITE
from tests.backend.web.officers import Officer, hire

OPEN = frozenset({"/desk/login", "/desk/language", "/desk/light"})
"""Who is not logged in may send these: they change the browser's own cookies alone, or ask for a password."""


def posts(app):
    """Every path of the desk that takes a form."""
    found = {r.resource.canonical for r in app.router.routes() if r.method == "POST" and r.resource is not None}
    return sorted(path for path in found if path.startswith("/desk") and path not in OPEN)


FITS = {"step": "stop", "institution": "hotline", "part": "said", "key": "thanks"}


def filled(path: str) -> str:
    """With something that fits in each place."""
    return re.sub(r"\{(\w+)\}", lambda piece: FITS.get(piece[1], "1"), path)


@pytest.fixture
async def everybody(client):
    """Whoever may do everything."""
    hire(client.app[SITE], "总管", "admin", "coordinator", "dispatcher", "handler", "reviewer", "manager")
    officer = Officer(client)
    await officer.comes_in("总管")
    return client


async def test_no_form_of_the_desk_is_taken_without_its_secret(app, everybody):
    taken = {}
    for path in posts(app):
        for told in ({}, {"csrf": "guessed"}):
            async with everybody.post(filled(path), data=told, allow_redirects=False) as answer:
                if answer.status != 403:
                    taken[path] = answer.status

    assert not taken


async def test_who_is_not_logged_in_is_led_to_the_login(app, client):
    let_in = {}
    for path in posts(app):
        async with client.post(filled(path), data={"csrf": ""}, allow_redirects=False) as answer:
            if answer.status not in {303, 403}:
                let_in[path] = answer.status

    assert not let_in
