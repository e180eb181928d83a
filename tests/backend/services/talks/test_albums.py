"""Photos that come together, on a real store: answered once, as soon as no more come, and never lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from backend.services.talks import albums, drafts, intake
from backend.services.talks.intake import StoredFile
from dialogs.draft.albums import OVER
from dialogs.messages import Inbound, Peer
from tests.backend.services.city import City

STORY = "楼下烧烤店放音响，吵得睡不着"


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def citizen(city):
    """Somebody who told what happened and was asked when."""
    told = city.citizen()
    told.says(STORY)
    told.says("同意")
    return told


def sends(city: City, number: int, *, album: str = "a", text: str = "") -> list[Any]:
    """One photo of an album; what is answered at once."""
    message = Inbound(Peer("web", "li"), f"p{number}", text, album=album)
    photo = StoredFile("photo", "image/png", f"{number}.png", f"{number:064}", 10)
    prepared = intake.prepare(message, city.institutions["hotline"], at=city.now, files=(photo,))
    answered: list[Any] = city.unit(intake.receive, city.institutions, prepared, at=city.now)
    return answered


def due(city: City) -> list[tuple[int, str]]:
    """Whose photos wait for an answer now."""
    keys: list[tuple[int, str]] = city.store.read_now(albums.waiting, city.institutions, at=city.now)
    return keys


def queued(city: City) -> list[str]:
    """What is on its way to the citizen."""
    rows = city.unit(lambda work: work.outbox.claim("test", now=city.now))
    return [row.text for row in rows]


def test_nothing_is_said_until_no_more_come_then_once(city, citizen):
    assert [sends(city, number) for number in range(3)] == [[], [], []]
    assert due(city) == []

    city.now += OVER
    [key] = due(city)
    assert city.unit(albums.turn, city.institutions, key, at=city.now)
    assert not city.unit(albums.turn, city.institutions, key, at=city.now)
    [text] = queued(city)
    assert "收到3张照片" in text
    assert "什么时候" in text or "哪里" in text


def test_words_that_come_before_are_answered_after_the_photos(city, citizen):
    sends(city, 1)
    sends(city, 2)
    said = "\n".join(citizen.says("昨天晚上十点"))

    assert said.index("收到2张照片") < said.index("11月20日 22点")
    city.now += timedelta(seconds=5)
    assert due(city) == []


def test_a_photo_delivered_twice_is_one(city, citizen):
    sends(city, 1)
    sends(city, 1)
    citizen.says("昨天晚上十点")
    number = "".join(citizen.says("没事"))

    rows = city.store.read_now(lambda work: work.people.conversation(1, "hotline"))
    assert len(rows["draft"]["evidence"]) == 1, number


def test_reminders_wait_until_the_photos_are_answered(city, citizen):
    sends(city, 1)
    city.now += timedelta(days=2)
    [key] = due(city)

    assert city.unit(drafts.turn, city.institutions, {"web": None}, key, at=city.now) is None
    assert due(city) == [key]


def test_an_edited_message_corrects_and_told_twice_changes_nothing_more(city, citizen):
    def edited(text: str) -> list[Any]:
        message = Inbound(Peer("web", "li"), "m1", text, edited=True)
        prepared = intake.prepare(message, city.institutions["hotline"], at=city.now)
        answered: list[Any] = city.unit(intake.receive, city.institutions, prepared, at=city.now)
        return [saying.seq for saying in answered]

    first = edited("昨晚十一点幸福里5栋楼下烧烤店放音响，吵得睡不着")
    again = edited("昨晚十一点幸福里5栋楼下烧烤店放音响，吵得睡不着")

    state = city.store.read_now(lambda work: work.people.conversation(1, "hotline"))
    assert first == again
    assert state["draft"]["values"]["where"]["text"] == "幸福里5栋楼下"
    assert state["draft"]["values"]["what"] == "昨晚十一点幸福里5栋楼下烧烤店放音响，吵得睡不着"
