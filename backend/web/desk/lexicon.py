"""The words by which categories are told: looked up, traced to what they come from, and tried on a sentence."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from backend.services.office import choosing, learning
from backend.services.office.learning import NoTeacher
from backend.services.talks.intake import storable
from backend.web import sessions
from backend.web.desk import homes
from backend.web.desk.pages import go, page, reader_of
from backend.web.desk.reasons import reasons
from backend.web.desk.view import called
from backend.web.errors import Refused
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from backend.domain.case import Actor, Case
    from backend.services.office.choosing import Entry
    from backend.store.models import Model
    from backend.web.desk.view import Reader
    from institutions.model import Institution
    from nlp.facts import Candidate, Proposal

PLACE = "/desk/learning/{institution:[a-z][a-z0-9_]*}"
MOST = 100
"""Words at once."""
LONGEST_WORD = 30
VERSIONS = 20
SHOWN = 3
"""Categories of a sentence that was tried."""
AROUND = 30
"""Characters of a story on either side of the word."""
FORBIDDEN = (
    "只有本机构的管理人员可以查看和更改学到的词。",
    "Only managers of this institution may see and change learnt words.",
)
NOWHERE = ("没有这个机构。", "There is no such institution.")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which words are looked for."""

    text: str
    category: str
    learnt: bool

    def takes(self, entry: Entry) -> bool:
        """Whether that is one of them."""
        if self.learnt and not entry.version:
            return False
        return self.category in {"", entry.category} and self.text.casefold() in entry.word.casefold()


def setup(app: web.Application) -> None:
    """Four pages and a button."""
    app.router.add_get(PLACE + "/lexicon", show, name="desk-lexicon")
    app.router.add_post(PLACE + "/allow", allow)
    app.router.add_get(PLACE + "/word", show_word)
    app.router.add_get(PLACE + "/try", show_try)
    app.router.add_post(PLACE + "/try", try_it)


async def show(request: web.Request) -> web.Response:
    """The words of one institution, those of its file and those learnt."""
    actor, institution = await _opened(request)
    site, reader, query = request.app[SITE], reader_of(request), request.query
    asked = Asked(
        storable(query.get("q", "").strip()[:LONGEST_WORD]), query.get("category", ""), query.get("learnt") == "1"
    )
    live = (await site.store.read(learning.live)).get(institution.id)
    judged = await site.store.read(choosing.unwanted, institution.id, by=actor)
    found = [one for one in choosing.entries(site.institutions.shipped[institution.id], live) if asked.takes(one)]
    found.sort(key=lambda one: (-one.version, one.category, one.matter, -one.weight, one.word))
    told = query.get("from", "")
    begin = int(told) // MOST * MOST if told.isascii() and told.isdigit() and len(told) <= LONGEST_WORD // 5 else 0
    context = {
        "chosen": institution,
        "called": reader.name,
        "asked": asked,
        "count": len(found),
        "rows": [_row(one, institution, reader) for one in found[begin : begin + MOST]],
        "newer": _again(request, begin - MOST) if begin else "",
        "older": _again(request, begin + MOST) if begin + MOST < len(found) else "",
        "unwanted": [
            {
                "key": one.category,
                "category": called(institution, one.category, None, reader),
                "word": one.word,
                "by": one.by,
                "at": reader.moment(one.at, institution),
            }
            for one in judged
        ],
        "done": reader.t("done.allowed") if query.get("done") == "allowed" else "",
    }
    return await page(request, "lexicon.html", context)


async def allow(request: web.Request) -> web.Response:
    """A word that nobody wanted may be learnt again."""
    fields = await sessions.form(request)
    actor, institution = await _opened(request)
    site = request.app[SITE]
    word = fields.get("word", "")[:LONGEST_WORD]
    category = fields.get("category", "")[:LONGEST_WORD]
    await site.store.run(choosing.allow, institution.id, category, word, by=actor, at=site.clock())
    return go(f"/desk/learning/{institution.id}/lexicon?done=allowed")


async def show_word(request: web.Request) -> web.Response:
    """What a learnt word comes from."""
    actor, institution = await _opened(request)
    site, reader = request.app[SITE], reader_of(request)
    word = storable(request.query.get("word", "").strip()[:LONGEST_WORD])
    category = storable(request.query.get("category", "")[:LONGEST_WORD])
    cases = await site.store.read(choosing.examples, institution.id, category, word, by=actor) if word else ()
    context = {
        "chosen": institution,
        "word": word,
        "category": called(institution, category, None, reader),
        "cases": [_example(case, word, institution, reader) for case in cases],
    }
    return await page(request, "learning_word.html", context)


async def show_try(request: web.Request) -> web.Response:
    """A form for a sentence."""
    actor, institution = await _opened(request)
    return await _try(request, actor, institution, {})


async def try_it(request: web.Request) -> web.Response:
    """What a sentence would be now, and with another version; nothing of it is kept."""
    fields = await sessions.form(request)
    actor, institution = await _opened(request)
    return await _try(request, actor, institution, fields)


async def _try(request: web.Request, actor: Actor, institution: Institution, fields: Mapping[str, str]) -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    models = (await site.store.read(learning.past, institution.id, by=actor, limit=VERSIONS)).models
    live = next((model for model in models if model.state == learning.LIVE), None)
    other = [model for model in models if model is not live]
    told = fields.get("version", str(other[0].number) if other else "0")
    chosen = next((model for model in other if str(model.number) == told), None)
    text = fields.get("text", "").strip()
    right = bool(text) and len(text) <= choosing.LONGEST
    context: dict[str, Any] = {
        "chosen": institution,
        "called": reader.name,
        "versions": [(str(one.number), _named(one, reader)) for one in other] + [("0", reader.t("trying.file"))],
        "wanted": str(chosen.number) if chosen else "0",
        "text": text[: choosing.LONGEST],
        "longest": choosing.LONGEST,
        "sides": [],
        "problem": reader.t("wrong.sentence", most=choosing.LONGEST) if fields and not right else "",
    }
    if right:
        shipped = site.institutions.shipped[institution.id]
        now, then = [await asyncio.to_thread(choosing.tried, shipped, one, text) for one in (live, chosen)]
        alike = now.best.category_id == then.best.category_id and now.best.matter_id == then.best.matter_id
        first, second = (_place(one.best, institution, reader) for one in (now, then))
        context |= {
            "sides": [
                _side(now, reader.t("trying.now"), institution, reader),
                _side(then, _named(chosen, reader) if chosen else reader.t("trying.file"), institution, reader),
            ],
            "same": reader.t("trying.same") if alike else "",
            "other": reader.t("trying.other", now=first, then=second),
        }
    return await page(request, "learning_try.html", context, status=422 if fields and not right else 200)


async def _opened(request: web.Request) -> tuple[Actor, Institution]:
    """Who asks, and which institution it is about. Raises: Refused: it is none of theirs."""
    actor, site = await sessions.require(request), request.app[SITE]
    try:
        choosing.may_teach(actor, actor.institution or "")
    except NoTeacher:
        raise Refused(403, *FORBIDDEN) from None
    wanted = request.match_info["institution"]
    found = homes.chosen(site, actor, wanted)
    if found.id != wanted:
        raise Refused(404, *NOWHERE)
    return actor, found


def _row(entry: Entry, institution: Institution, reader: Reader) -> dict[str, Any]:
    path = f"{entry.category}/{entry.matter}" if entry.matter else None
    return {
        "word": entry.word.replace("*", "…"),
        "category": entry.category,
        "place": called(institution, entry.category, path, reader),
        "weight": entry.weight,
        "version": entry.version,
    }


def _example(case: Case, word: str, institution: Institution, reader: Reader) -> dict[str, Any]:
    """As much of the story, masked, as stands around the word; the word by itself."""
    told = reader.of(case, institution).private(" ".join(str(case.facts.get("what") or "").split()))
    before, found, after = told.partition(word)
    if not found:
        return {"number": case.number, "pieces": [told[: 2 * AROUND]]}
    lead = ("…" if len(before) > AROUND else "") + before[-AROUND:]
    return {"number": case.number, "pieces": [lead, word, after[:AROUND] + ("…" if len(after) > AROUND else "")]}


def _side(proposal: Proposal, title: str, institution: Institution, reader: Reader) -> dict[str, Any]:
    said = asdict(proposal)
    return {
        "title": title,
        "best": _place(proposal.best, institution, reader),
        "decided": proposal.decided,
        "top": [
            {
                "place": _place(one, institution, reader),
                "share": f"{one.score:.0%}",
                "words": [
                    (why.word.replace("*", "…"), f"{why.weight:g}")
                    for why in proposal.why
                    if why.category == one.category
                ],
            }
            for one in proposal.top[:SHOWN]
        ],
        "reasons": reasons(said, institution, reader),
    }


def _place(one: Candidate, institution: Institution, reader: Reader) -> str:
    return called(institution, one.category_id, one.matter_id, reader)


def _named(model: Model, reader: Reader) -> str:
    return f"{reader.t('learning.version', n=model.number)} · {reader.t(f'model.{model.state}')}"


def _again(request: web.Request, begin: int) -> str:
    kept = {key: value for key, value in request.query.items() if key not in {"from", "done"}}
    return f"{request.path}?{urlencode(kept | {'from': begin})}"
