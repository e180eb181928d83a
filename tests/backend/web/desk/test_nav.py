"""The desk's rooms: who finds which in the menu."""

from __future__ import annotations

import pytest

from backend.domain import rights
from backend.domain.case import Actor
from backend.web.desk import nav


def paths(*roles):
    actor = Actor("li", frozenset(roles), "hotline")
    return [room.path for wing in nav.open_to(actor) for room in wing.rooms]


def test_nobody_signed_in_finds_no_menu():
    assert nav.open_to(None) == []


@pytest.mark.parametrize("role", rights.ROLES)
def test_every_role_has_a_way_to_the_work_list_and_no_empty_wing(role):
    assert paths(role)[0] == "/desk"
    assert all(wing.rooms for wing in nav.open_to(Actor("li", frozenset({role}), None)))


def test_who_may_not_register_finds_no_register():
    assert "/desk/register" not in paths("handler")
    assert "/desk/register" in paths("intake")


def test_a_page_within_a_room_belongs_to_it_but_not_every_page_to_the_work_list():
    rooms = {room.path: room for wing in nav.WINGS for room in wing.rooms}

    assert rooms["/desk/talks"].leads_to("/desk/talks/7")
    assert not rooms["/desk/talks"].leads_to("/desk/talking")
    assert rooms["/desk"].leads_to("/desk?tab=all")
    assert not rooms["/desk"].leads_to("/desk/talks")
