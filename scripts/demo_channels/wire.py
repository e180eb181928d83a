"""What went over the wire between Jiesu and the platforms: the last calls of both, without secrets and names."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.wechat import FakeWechat

MOST = 40  # rows that the page shows
LONGEST = 160  # characters of a text in it
HIDDEN = "•••"
SECRET = re.compile(
    r"token|secret|signature|openid|touser|username$|unionid|chat_id|phone|nonce|client_msg_id|^(id|from|chat|user_id|url)$",
    re.IGNORECASE,
)
"""Keys whose values nobody sees."""
NUMBERS = re.compile(r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)")
Row = dict[str, Any]


def rows(wechat: FakeWechat, telegram: FakeTelegram) -> list[Row]:
    """The newest first. ``way`` in: the platform calls us; out: we call it."""
    every = [*_wechat_out(wechat), *_wechat_in(wechat), *_telegram_out(telegram), *_telegram_in(telegram)]
    return sorted(every, key=lambda row: (row["at"], row["id"]), reverse=True)[:MOST]


def _wechat_out(fake: FakeWechat) -> Iterator[Row]:
    calls = fake.world.calls
    for place in range(max(0, len(calls) - MOST), len(calls)):
        call = calls[place]
        code = call.errcode or 0
        told = "…" if not call.status else f"{call.status}" + (f" · {code}" if code else "")
        good = not code and 0 < call.status < 400
        yield _row(f"wo{place}", "wechat", "out", call.at, call.endpoint, told=told, good=good, more=call.body)


def _wechat_in(fake: FakeWechat) -> Iterator[Row]:
    for push in fake.pusher.pushes[-MOST:]:
        what = str(push.message.get("Event") or push.message.get("MsgType"))
        for place, one in enumerate(push.tries):
            told = f"{one.status or '—'} · {one.verdict}"
            good = one.verdict in {"success", "empty", "reply", "handover", "late"}
            name = f"wi{push.id}-{place}"
            yield _row(name, "wechat", "in", one.at, what, told=told, good=good, took=one.took, more=push.message)


def _telegram_out(fake: FakeTelegram) -> Iterator[Row]:
    calls = list(fake.calls)
    for place in range(max(0, len(calls) - MOST), len(calls)):
        call = calls[place]
        told = f"{call.status or '—'}" + (" · webhook" if call.hook else "")
        more = call.args | ({"description": call.description} if call.description else {})
        good = call.status == 200
        yield _row(f"to{call.at}-{place}", "telegram", "out", call.at, call.method, told=told, good=good, more=more)


def _telegram_in(fake: FakeTelegram) -> Iterator[Row]:
    log = fake.line().pusher.log
    for place in range(max(0, len(log) - MOST), len(log)):
        push = log[place]
        told = f"{push.status or '—'}" + (f" · {push.error}" if push.error else "")
        good = push.status is not None and push.status < 300
        yield _row(
            f"ti{place}", "telegram", "in", push.at, f"update #{place + 1}", told=told, good=good, took=push.took
        )


def _row(
    name: str,
    platform: str,
    way: str,
    at: float,
    what: str,
    *,
    told: str,
    good: bool,
    took: float | None = None,
    more: Any = None,
) -> Row:
    detail = json.dumps(redacted(more), ensure_ascii=False, indent=1, default=str) if more else ""
    took_ms = None if took is None else round(took * 1000)
    head = {"id": name, "platform": platform, "way": way, "at": at, "what": what, "told": told}
    return head | {"good": good, "ms": took_ms, "more": detail}


def redacted(value: Any) -> Any:
    """The same without what could be secret or name a person."""
    if isinstance(value, dict):
        return {key: HIDDEN if SECRET.search(str(key)) else redacted(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [redacted(one) for one in value]
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if isinstance(value, str):
        short = value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
        return NUMBERS.sub(r"\1****\2", short)
    return value
