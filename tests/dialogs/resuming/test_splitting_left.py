"""It is not settled whether several matters were told, and something else happens first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.conversation import Conversation, Stage
from dialogs.events import Asked
from institutions.catalog import load_all
from tests.dialogs.talking import NUMBER, Citizen, brief

HOTLINE = load_all()["hotline"]
TWO = "路灯坏了一个月了，另外楼下烧烤店半夜放音响吵得睡不着"


@pytest.fixture
def citizen() -> Citizen:
    """Somebody who is asked whether these are two."""
    asked = Citizen(HOTLINE)
    asked.now = Conversation(consented=True)
    asked.says(TWO)
    assert asked.now.stage is Stage.SPLITTING
    return asked


@pytest.mark.parametrize("words", ["13800138000", "就在中山路", "嗯嗯", "接着说"])
def test_who_comes_back_a_day_later_is_heard(citizen, words):
    citizen.later(seconds=90000)

    assert citizen.says(words).strip()


def test_it_is_asked_again_after_a_day(citizen):
    citizen.later(seconds=90000)
    citizen.says("13800138000")
    citizen.says("单独登记")

    assert citizen.now.waiting


def test_the_desk_may_ask_meanwhile(citizen):
    citizen.mine = (replace(brief(), may=frozenset({"received"})),)
    citizen.event(Asked(NUMBER))
    citizen.says("左边那盏")

    assert citizen.says("接着登记").strip()
