"""An account that may only answer loses nothing: what was too long or too late is given at the citizen's next word, once."""

from __future__ import annotations

import pytest

from backend.services.cases import casework
from backend.services.talks import arriving
from tests.channels.house import OFFICER, STORY
from tests.channels.people import InWechat


@pytest.fixture
async def house(open_house, wechat):
    """A subscription account that nobody has verified."""
    wechat.account.kind, wechat.account.verified = "subscription", False
    return await open_house(gate=True)


@pytest.fixture
def alice(house):
    return InWechat(house, house.wechat.person("oAlice"))


def rows(house):
    """Every reply that is owed or was: (state, way)."""
    return house.asks(lambda work: [(r.state, r.way) for r in work.outbox.not_arrived(limit=99) if r.kind == "reply"])


async def test_what_is_too_long_for_one_answer_comes_in_parts_when_asked_for(house, alice):
    number = await house.files(alice, STORY)
    words = "。".join(f"请补充第{n}晚的情况" for n in range(150))
    house.site.store.run_now(casework.say, house.site.institutions, number, words, by=OFFICER, at=house.clock.utc())
    await house.settles()

    await alice.tells("谢谢")
    parts = list(alice.heard)
    while "接着看" in parts[-1]:
        await alice.tells("接着看")
        parts += alice.heard

    whole = "".join(parts)
    assert len(parts) == 3
    assert [whole.count(f"请补充第{n}晚的情况") for n in range(150)] == [1] * 150
    assert whole.index("第149晚") < whole.index("不客气")
    assert rows(house) == []
    assert house.wechat.calls() == []


async def test_an_answer_that_came_too_late_is_given_before_the_next_one_once(house, alice):
    gate = house.site.store
    gate.holds = lambda f, *_: f is arriving.arrive
    house.arrivals.patience *= 0.01
    await alice.person.say("路灯坏了")
    assert "接着看" in alice.heard[0]
    gate.open()
    house.arrivals.patience *= 100
    await house.later(10)

    await alice.tells("你们几点上班？")
    (said,) = alice.heard
    assert said.index("您好，这里是") < said.index("上班")
    await alice.tells("同意")
    assert "您好，这里是" not in alice.heard[0]
    assert rows(house) == []


async def test_who_only_asks_for_it_has_answered_nothing(house, alice):
    gate = house.site.store
    gate.holds = lambda f, *_: f is arriving.arrive
    house.arrivals.patience *= 0.01
    await alice.person.say("路灯坏了")
    gate.open()
    house.arrivals.patience *= 100
    await house.later(10)

    await alice.tells("接着看", again=True)
    assert "您同意" in alice.heard[0]
    await alice.tells("接着看")
    assert alice.heard == ["没有别的了，您可以接着说。"]
    await alice.tells("同意")
    assert "哪里" in alice.heard[0] or "什么时候" in alice.heard[0]


async def test_news_of_a_case_waits_for_the_next_word_too(house, alice):
    number = await house.files(alice, STORY)
    house.moves(number, "accepted", note="已受理")
    await house.later(3600, step=600)
    assert "下次发消息" in house.notices(number)[-1].reason

    await alice.tells("你们几点上班？")

    assert number in alice.heard[0].partition("上班")[0]
    assert [(row.state, row.way) for row in house.notices(number)] == [("accepted", "passive")]
    await alice.tells("谢谢")
    assert number not in alice.heard[0]
