"""File real letters through the running web chat and work some of them at the desk, to see how conversations go.

``make letters FILE=letters.csv`` needs a CSV with the columns subject and
detail. Each row is one citizen who tells it all at first and then answers
what is asked by skipping or staying nameless; some cases go through the desk
in a real browser to an answer and a rated visit-back. A Jiesu of its own, in
a folder that is thrown away, serves it all. For developers; no test: letters
of real people are no part of this project.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import random
import statistics
import sys
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import ClientError
from playwright.async_api import Error as PageError

from tests.e2e import browsing
from tests.e2e.serving import Server
from tests.e2e.talking import NeverFiled, Refused, WebCitizen, origins
from tests.e2e.working import Handler

AT_ONCE = 8  # citizens who talk at the same time
SEED = 7
QUESTIONS = (("contacted", ("yes", "no")), ("solved", ("yes", "yes", "yes", "partly", "no")), ("satisfied", "54321"))
ANSWER = "已联系您核实情况，现场处理完毕；如有反复，请直接在这里告诉我们。"
ANSWERS_WITHIN = 60.0  # seconds until a notice must have come


@dataclass(slots=True)
class Told:
    """One letter and what became of it."""

    citizen: WebCitizen
    subject: str
    detail: str
    seconds: float = 0.0
    failure: str = ""
    rated: dict[str, str] = field(default_factory=dict)


async def run(letters: list[tuple[str, str]], *, worked: int) -> list[Told]:
    """Do it all and print the counts."""
    with TemporaryDirectory() as folder:
        server = Server(Path(folder))
        password = server.user("zhang", "handler")
        server.start()
        try:
            return await _run(server, password, letters, worked)
        finally:
            server.stop()


async def _run(server: Server, password: str, letters: list[tuple[str, str]], worked: int) -> list[Told]:
    places = origins()
    async with AsyncExitStack() as browsers:
        people = [
            Told(await browsers.enter_async_context(WebCitizen(server.url, origin=places[n % len(places)])), *letter)
            for n, letter in enumerate(letters)
        ]
        began = time.monotonic()
        gate = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(_file(told, gate) for told in people))
        report_filing(people, time.monotonic() - began)
        began = time.monotonic()
        cases = [told for told in people if told.citizen.number()][:worked]
        await _work(server, password, cases)
        report_work(cases, time.monotonic() - began)
    return people


def rows(file: Path) -> list[tuple[str, str]]:
    """Subject and detail of each row. Raises: OSError; ValueError: it is no UTF-8, or has no such columns."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        table = csv.DictReader(text)
        if not {"subject", "detail"} <= set(table.fieldnames or ()):
            raise ValueError("it has no columns subject and detail")
        return [(row["subject"].strip(), row["detail"].strip()) for row in table]


async def _file(told: Told, gate: asyncio.Semaphore) -> None:
    async with gate:
        began = time.monotonic()
        try:
            await told.citizen.files(told.subject, told.detail)
        except (NeverFiled, Refused, ClientError, TimeoutError) as error:
            told.failure = f"filing: {error!r}"
        told.seconds = time.monotonic() - began


async def _work(server: Server, password: str, cases: list[Told]) -> None:
    """All through one handler's browser, then each citizen rates."""
    if not cases:
        return
    path = browsing.chromium()
    if path is None:
        raise SystemExit(f"jiesu: {browsing.MISSING}")
    async with browsing.opened(path) as browser:
        handler = Handler(await browser.new_page(locale="zh-CN"), server.url)
        watched = browsing.Watched(handler.page)
        await handler.logs_in("zhang", password)
        for told in cases:
            await _answer(handler, told)
        chance = random.Random(SEED)  # noqa: S311 - ratings, not secrets
        for told in cases:
            await _rate(told, chance)
        for trouble in watched.troubles:
            print(f"desk: {trouble}")


async def _answer(handler: Handler, told: Told) -> None:
    try:
        await handler.goes_to(told.citizen.number())
        await handler.accepts()
        await handler.assigns()
        await handler.answers(ANSWER)
    except (PageError, AssertionError) as error:
        told.failure = f"desk: {error!r}"


async def _rate(told: Told, chance: random.Random) -> None:
    try:
        await told.citizen.hears("办理人员联系过您吗", seconds=ANSWERS_WITHIN)
        for question, values in QUESTIONS:
            told.rated[question] = chance.choice(values)
            await told.citizen.taps(f"visit:{told.citizen.number()}:{question}:{told.rated[question]}")
        if told.citizen.choices:
            await told.citizen.taps(told.citizen.choices[0])
    except (Refused, ClientError, TimeoutError) as error:
        told.failure = told.failure or f"visit-back: {error!r}"


def report_filing(people: list[Told], seconds: float) -> None:
    """How the conversations went."""
    filed = [told for told in people if told.citizen.number()]
    asked = [len(told.citizen.asked) for told in filed]
    slots = Counter(slot for told in filed for slot in told.citizen.asked)
    again = Counter(slot for told in filed for slot, n in Counter(told.citizen.asked).items() if n > 1)
    longest = sorted(told.seconds for told in filed)
    print(f"filed      {len(filed)} of {len(people)} in {seconds:.1f} s")
    if filed:
        print(f"questions  {statistics.mean(asked):.2f} a case, at most {max(asked)}")
        print(f"asked for  {', '.join(f'{slot} {n}' for slot, n in slots.most_common())}")
        print(f"again      {', '.join(f'{slot} {n}' for slot, n in again.most_common()) or 'nothing'}")
        print(f"a case     {statistics.median(longest):.2f} s, the slowest {longest[-1]:.2f} s")
    for told in people:
        if told.failure:
            print(f"failed     {told.subject[:30]}: {told.failure[:400]}")


def report_work(cases: list[Told], seconds: float) -> None:
    """What the desk did."""
    rated = [told for told in cases if len(told.rated) == len(QUESTIONS)]
    solved = Counter(told.rated["solved"] for told in rated)
    print(f"answered   {sum(not told.failure for told in cases)} of {len(cases)} in {seconds:.1f} s")
    print(f"rated      {len(rated)}: {', '.join(f'{value} {n}' for value, n in solved.most_common())}")
    for told in cases:
        if told.failure:
            print(f"failed     {told.citizen.number()}: {told.failure[:400]}")


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="make letters", description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path, help="CSV with the columns subject and detail")
    parser.add_argument("--filed", type=int, default=200, help="how many rows are filed")
    parser.add_argument("--worked", type=int, default=50, help="how many of them go through the desk")
    parser.add_argument("--transcripts", type=Path, help="where to keep the conversations, for reading")
    told = parser.parse_args()
    try:
        letters = rows(told.file)
    except (OSError, ValueError) as error:
        parser.error(f"{told.file} cannot be read: {error}")
    people = asyncio.run(run(letters[: told.filed], worked=told.worked))
    if told.transcripts:
        told.transcripts.write_text("\n\n".join("\n".join(each.citizen.said) for each in people), encoding="utf-8")
    return int(any(each.failure for each in people))


if __name__ == "__main__":
    sys.exit(main())
