"""One talk, four channels: the same case comes of it, and the same is told."""

from __future__ import annotations

import pytest

CHANNELS = ("alice", "bob", "carol", "dave")


@pytest.fixture(params=CHANNELS)
def citizen(request):
    return request.getfixturevalue(request.param)


async def test_the_same_talk_gives_the_same_case(house, citizen):
    number = await house.files(citizen)

    case = house.case(number)
    assert (case.status.value, case.channel if hasattr(case, "channel") else None) == ("received", None)
