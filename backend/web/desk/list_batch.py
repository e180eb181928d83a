"""Several cases at once: assigned or closed with one reason, each by itself; the page after it says which went and why others did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.domain import numbers, rights
from backend.services.cases.casework import NotYours
from backend.services.office import batch
from backend.services.office.desk import OnlyLooks
from backend.store.cases import NoSuchCase
from backend.web import sessions
from backend.web.api.models import LONGEST_TEXT
from backend.web.desk.list_filters import LIST
from backend.web.desk.pages import own_path, page, reader_of
from backend.web.desk.view import first_line
from backend.web.desk.wrong import REFUSED, TooLong, told
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aiohttp import web

    from backend.domain.case import Actor, Case
    from backend.web.desk.view import Reader

PATH = "/desk/batch"
DOES: dict[str, Callable[..., Case]] = {"assign": batch.assign, "close": batch.close}
MOST_DIGITS = 18
"""Of an event's number: what every database can compare."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case."""

    number: str
    words: str  # the citizen's first words, masked; empty: it is not this reader's to see
    why: str  # why it was not done; empty: it was


@dataclass(frozen=True, slots=True)
class Press:
    """What is done to each of them, with what, by whom."""

    does: Callable[..., Case]
    given: Mapping[str, str]
    by: Actor
    reader: Reader


def setup(app: web.Application) -> None:
    """One form does all."""
    app.router.add_post(PATH, do)


async def do(request: web.Request) -> web.Response:
    """Each case by itself, one after the other; then the page that says what became of each."""
    typed = await sessions.form(request)
    actor, reader = await sessions.require(request), reader_of(request)
    if not rights.may(actor, "move"):
        raise OnlyLooks(actor.name)
    what, picked = typed.get("what", ""), _picked(typed.get("case", ""))
    back = own_path(typed.get("back", LIST))
    problem = _problem(what, picked, typed, reader)
    if problem:
        return await page(
            request, "list_done.html", {"problem": problem, "back": back, "went": [], "stayed": []}, status=422
        )
    given = {key: typed.get(key, "") for key in ("department", "officer", "note")}
    press = Press(DOES[what], given, actor, reader)
    done = [await _one(request, press, number, seen) for number, seen in picked.items()]
    context = {
        "what": what,
        "went": [one for one in done if not one.why],
        "stayed": [one for one in done if one.why],
        "back": back,
    }
    return await page(request, "list_done.html", context)


async def _one(request: web.Request, press: Press, number: str, seen: int) -> Outcome:
    site, actor, reader = request.app[SITE], press.by, press.reader
    try:
        case = await site.store.run(
            press.does, site.institutions, number, press.given, seen=seen, by=actor, at=site.clock()
        )
    except (NoSuchCase, NotYours):
        return Outcome(number, "", reader.t("batch.gone"))
    except REFUSED as error:
        _, why = told(error, await _home(request, number), reader)
        return Outcome(number, "", why)
    if not rights.sees(actor, case):  # it is another department's now
        return Outcome(number, "", "")
    own = reader.of(case, site.institutions[case.institution])
    lines = str(case.facts.get("what") or "").strip().splitlines()
    return Outcome(number, first_line(own.private(lines[0])) if lines else "", "")


async def _home(request: web.Request, number: str) -> Any:
    site = request.app[SITE]
    case = await site.store.read(lambda work: work.cases.get(number))
    return site.institutions[case.institution]


def _problem(what: str, picked: Mapping[str, int], typed: Mapping[str, str], reader: Reader) -> str:
    """Why nothing at all is done; empty: it can be tried."""
    if what not in DOES:
        return reader.t("batch.what")
    if not picked:
        return reader.t("batch.none")
    if len(picked) > batch.MOST:
        return reader.t("batch.most", n=batch.MOST)
    if not typed.get("note", "").strip():
        return reader.t("batch.why")
    if any(len(text) > LONGEST_TEXT for key, text in typed.items() if key != "case"):
        return told(TooLong(LONGEST_TEXT), None, reader)[1]
    if what == "assign" and not (typed.get("department") or typed.get("officer")):
        return reader.t("batch.which")
    return ""


def _picked(ticked: str) -> dict[str, int]:
    """By number, the last event that the list knew of each. What is no case of ours is left out."""
    found = {}
    for one in ticked.split(","):
        number, _, seen = one.partition("_")
        if seen.isascii() and seen.isdecimal() and len(seen) <= MOST_DIGITS and _is_number(number):
            found[number] = int(seen)
    return found


def _is_number(told: str) -> bool:
    try:
        return numbers.read(told) == told
    except (numbers.NotANumber, numbers.WrongCheckDigit):
        return False
