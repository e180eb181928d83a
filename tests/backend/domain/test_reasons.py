"""Whatever may keep a message from its citizen is said in English too."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from backend.domain import delivery, planning, reasons
from backend.domain.delivery import NAMES, Outcome, after
from backend.services.talks import owing, reach
from backend.store.reach import GONE

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
CHINESE = re.compile(r"[\u4e00-\u9fff，。；（）]")


@pytest.mark.parametrize("kind", [*NAMES, "other"])
@pytest.mark.parametrize("outcome", [Outcome.NOT_SENT, Outcome.UNCERTAIN, Outcome.UNREACHABLE])
@pytest.mark.parametrize("hours", [0, 23, 25])
def test_every_outcome(kind, outcome, hours):
    told = after(outcome, tries=2, kind=kind, at=NOON, created_at=NOON - timedelta(hours=hours), said="HTTP 502")

    assert not CHINESE.search(reasons.english(told.reason))
    assert "HTTP 502" in reasons.english(told.reason)


@pytest.mark.parametrize(
    "reason",
    [
        delivery.SHUT,
        delivery.NOT_ALLOWED,
        delivery.NO_TEMPLATE,
        delivery.NO_WAY,
        planning.HELD,
        owing.LATER,
        reach.UNHEARD,
        reach.NOT_DELIVERED.format(reason="user block"),
        "渠道 city-bot 已停用",
        "发送中断，不清楚是否送达",
        *GONE.values(),
        f"进度通知无法送达，请改用其他方式联系市民（{delivery.SHUT}；{delivery.NO_TEMPLATE}）。",
    ],
)
def test_every_reason_of_ours(reason):
    assert not CHINESE.search(reasons.english(reason))


def test_a_platforms_own_words_stay():
    assert reasons.english("进度通知无法送达，请改用其他方式联系市民（用户拒收）。") == (
        "the notice cannot be delivered; tell the citizen in another way (用户拒收)."
    )
