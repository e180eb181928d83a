"""The citizens and their platform, in a process of their own: posts updates at an offered rate, times the replies.

    python bench/contestants/load.py telegram|wechat --listen PORT --post PORT --path /hook [--secret TOKEN]

Reads lines ``RATE WARM SECONDS`` and answers each with a line of JSON. The rate
is offered whether or not the contestant keeps up (an open loop), and a turn is
timed from when it was due until its reply has arrived: at the platform, or in
the body of the answer. Its citizens each hold the dialog of six_questions.py
once; which of those who were answered speaks next is left to chance.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import re
import sys
import time
from dataclasses import dataclass, field
from itertools import count
from math import inf
from random import Random

import uvloop
from six_questions import TURNS, said
from wire import Callers, Platform

TALKING = 200  # citizens at a time, at least
TICK = 0.002  # seconds
PATIENCE = 3.0  # seconds: what has no reply by then has none
CHAT = re.compile(rb"chat_id\D{1,80}(\d+)")
OPENID = re.compile(rb"oBench0{8}(\d{14})")
ME = {"id": 110201543, "is_bot": True, "first_name": "bench", "username": "bench_bot", "can_join_groups": False}
CALLED = {"getMe": ME, "getWebhookInfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0}}


@dataclass(slots=True)
class Turn:
    """One message of a citizen and what became of it; times as of time.perf_counter."""

    citizen: int
    number: int  # in the dialog
    due: float
    answered: float = inf  # the call
    replied: float = inf


@dataclass
class Load:
    """The citizens."""

    kind: str
    callers: Callers
    path: str
    secret: str
    turns: list[Turn] = field(default_factory=list)
    open: dict[int, Turn] = field(default_factory=dict)  # by citizen, until the reply
    idle: list[tuple[int, int]] = field(default_factory=list)  # citizens and their next message
    strange: int = 0  # calls that were not answered 200, or replies that nobody waited for
    people: count = field(default_factory=lambda: count(int(time.time()) % 10**8 * 10**5))
    numbers: count = field(default_factory=lambda: count(1))
    chance: Random = field(default_factory=lambda: Random(1))

    async def run(self, rate: float, warm: float, seconds: float) -> dict[str, float]:
        """Offer that rate for so long, and tell how it went after the warm-up."""
        self.turns, self.open, self.strange = [], {}, 0
        self.idle = [(next(self.people), 0) for _ in range(TALKING)]
        began = time.perf_counter()
        offered = 0
        while (now := time.perf_counter()) < began + warm + seconds and len(self.open) < rate * PATIENCE + TALKING:
            while offered < (now - began) * rate:
                self._speak(began + offered / rate)
                offered += 1
            await asyncio.sleep(TICK)
        until = time.perf_counter() + PATIENCE
        while self.open and time.perf_counter() < until:  # noqa: ASYNC110 - nobody is kept waiting by it
            await asyncio.sleep(0.01)
        return self._told([turn for turn in self.turns if turn.due >= began + warm], seconds)

    def _told(self, measured: list[Turn], seconds: float) -> dict[str, float]:
        replies = sorted(turn.replied - turn.due for turn in measured)
        answers = sorted(turn.answered - turn.due for turn in measured)
        done = sum(reply < inf for reply in replies)
        told = {"turns": len(measured), "done": done / seconds, "strange": self.strange}
        for name, times in (("reply", replies), ("answer", answers)):
            told |= {f"{name}_p{share}": times[len(times) * share // 100] if times else inf for share in (50, 99)}
        return {name: value if value < inf else 1e9 for name, value in told.items()}

    def _speak(self, due: float) -> None:
        if self.idle:
            at = self.chance.randrange(len(self.idle))
            self.idle[at], self.idle[-1] = self.idle[-1], self.idle[at]
            citizen, number = self.idle.pop()
        else:
            citizen, number = next(self.people), 0
        turn = self.open[citizen] = Turn(citizen, number, due)
        self.turns.append(turn)
        request = self._telegram(turn) if self.kind == "telegram" else self._wechat(turn)
        self.callers.post(request, lambda status, body: self._answered(turn, status, body))

    def _answered(self, turn: Turn, status: int, body: bytes) -> None:
        turn.answered = time.perf_counter()
        if status != 200:
            self.strange += 1
        elif b"<Content>" in body:
            self.replied(turn.citizen)

    def replied(self, citizen: int) -> None:
        """A reply arrived."""
        turn = self.open.pop(citizen, None)
        if turn is None:
            self.strange += 1
            return
        turn.replied = time.perf_counter()
        last = turn.number + 1 == TURNS
        self.idle.append((next(self.people), 0) if last else (citizen, turn.number + 1))

    def answer(self, path: str, body: bytes) -> bytes:
        """What the platform says to a call of the contestant."""
        method = path.partition("?")[0].rsplit("/", 1)[-1]
        if self.kind == "wechat":
            if found := OPENID.search(body):
                self.replied(int(found[1]))
            return b'{"errcode":0,"errmsg":"ok","msgid":1,"access_token":"bench","expires_in":7200}'
        if method == "sendMessage" and (found := CHAT.search(body)):
            self.replied(int(found[1]))
            return _TOLD % (next(self.numbers), time.time(), int(found[1]))
        return json.dumps(
            {"ok": True, "result": CALLED.get(method, [] if method.startswith("getMy") else True)}
        ).encode()

    def _telegram(self, turn: Turn) -> bytes:
        number = next(self.numbers)
        who = {"id": turn.citizen, "first_name": "市民"}
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": who | {"type": "private"},
            "from": who | {"is_bot": False, "language_code": "zh-hans"},
            "text": said(turn.citizen, turn.number),
        }
        body = json.dumps({"update_id": number, "message": message}).encode()
        return self._post("", "application/json", body)

    def _wechat(self, turn: Turn) -> bytes:
        at, openid = str(int(time.time())), f"oBench00000000{turn.citizen:014}"
        nonce = str(number := self.first + next(self.numbers))
        signature = hashlib.sha1("".join(sorted([self.secret, at, nonce])).encode()).hexdigest()
        body = _PUSH % (openid, int(at), said(turn.citizen, turn.number), number)
        query = f"?signature={signature}&timestamp={at}&nonce={nonce}&openid={openid}"
        return self._post(query, "text/xml", body.encode())

    first = int(time.time()) << 24

    def _post(self, query: str, kind: str, body: bytes) -> bytes:
        head = (
            f"POST {self.path}{query} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {self.secret}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


_TOLD = b'{"ok":true,"result":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private"},"text":"ok"}}'
_PUSH = (
    "<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><FromUserName><![CDATA[%s]]></FromUserName>"
    "<CreateTime>%d</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[%s]]></Content>"
    "<MsgId>%d</MsgId></xml>"
)


async def main() -> None:
    """Serve the platform and take orders until the input ends."""
    options = argparse.ArgumentParser()
    options.add_argument("kind", choices=("telegram", "wechat"))
    options.add_argument("--listen", type=int, required=True)
    options.add_argument("--post", type=int, required=True)
    options.add_argument("--path", required=True)
    options.add_argument("--secret", default="")
    given = options.parse_args()
    load = Load(given.kind, Callers(given.post), given.path, given.secret)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Platform(load.answer), "127.0.0.1", given.listen)
    print("{}", flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps(await load.run(*map(float, line.split()))), flush=True)
    server.close()


if __name__ == "__main__":
    uvloop.run(main())
