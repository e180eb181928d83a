"""The round of drafts on a whole site: what is odd is put off and stops nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
import structlog

from backend.jobs.rounds import look_after_drafts
from tests.backend.services.city import City


@dataclass
class Site:
    """What the round needs of one."""

    city: City
    channels: dict[str, Any]

    @property
    def store(self) -> Any:
        return self.city.store

    @property
    def institutions(self) -> Any:
        return self.city.institutions

    def clock(self) -> Any:
        return self.city.now


class Phone:
    """A channel without a window."""

    window = None


@pytest.fixture
def site(store):
    city = City(store)
    for name in ("li", "zhang"):
        citizen = city.citizen(name)
        citizen.says("楼下烧烤店放音响，吵得睡不着")
        citizen.says("同意")
    city.later(hours=3)
    return Site(city, {"web": Phone()})


def owed(site):
    return site.store.read_now(lambda work: [row.person for row in work.outbox.not_arrived(limit=9)])


async def test_everybody_who_left_is_reminded_once(site):
    assert await look_after_drafts(site, "me") == 2
    assert await look_after_drafts(site, "me") == 0

    assert sorted(owed(site)) == [1, 2]


async def test_one_odd_conversation_is_put_off_and_stops_nobody(site):
    site.city.unit(lambda work: work.people.save_conversation(1, "hotline", ["odd"], at=site.city.now))
    with structlog.testing.capture_logs() as logs:
        assert await look_after_drafts(site, "me") == 2
        assert await look_after_drafts(site, "me") == 0

    assert owed(site) == [2]
    assert [entry["event"] for entry in logs] == ["a draft cannot be looked after"]
