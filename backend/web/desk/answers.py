"""What an answer still lacks, told beside its field while its writer pauses. It stops nothing, and nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp_jinja2

from backend.domain import numbers
from backend.domain.lifecycle import Status
from backend.services.cases import answers, proofing, view
from backend.services.office import desk
from backend.web import sessions
from backend.web.api.models import LONGEST_TEXT
from backend.web.desk.pages import reader_of
from backend.web.errors import STATUSES, Refused
from backend.web.keys import SITE
from nlp.answers.saying import SAYINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aiohttp import web

    from backend.web.desk.view import Reader
    from nlp.answers.heard import Caution

CHECKED = frozenset(to.value for to in answers.READ_AS)
"""The forms that the check stands beside."""
WORDS = ("answer", "ground", "note")
"""Fields of such a form that the citizen reads."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One caution as it is shown."""

    key: str
    label: str
    quote: str
    why: str
    mend: str


def setup(app: web.Application) -> None:
    """One path, asked by the forms as they are typed in."""
    app.router.add_post("/desk/cases/{number}/check", check)


async def check(request: web.Request) -> web.Response:
    """The cautions of what is typed by now."""
    typed = await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    if (to := typed.get("to", "")) not in CHECKED:
        raise Refused(422, STATUSES[422].zh, STATUSES[422].en)
    given = {key: typed.get(key, "") for key in WORDS}
    number = numbers.read(request.match_info["number"])
    found: Sequence[Caution] = ()
    if not any(len(text) > LONGEST_TEXT for text in given.values()):
        found = await site.store.read(
            proofing.look, site.institutions, number, Status(to), given, by=actor, at=site.clock()
        )
    whole = await site.store.read(desk.whole, site.institutions, number, by=actor)
    unseen = view.unseen(actor, whole.history)
    reader = reader_of(request).of(whole.case, site.institutions[whole.case.institution], unseen)
    shown = {"remarks": remarks(found, reader), "typed": any(text.strip() for text in given.values()), "t": reader.t}
    response = aiohttp_jinja2.render_template("desk/case_check.html", request, shown)
    response.headers["Cache-Control"] = "no-store"
    return response


def remarks(found: Iterable[Caution], reader: Reader) -> list[Remark]:
    """In the reader's language; what they may not read whole stays masked, also where it is quoted."""
    english = reader.language == "en"
    return [
        Remark(
            one.key,
            reader.t(f"check.{one.key}"),
            reader.private(one.quote),
            reader.private(one.why_en if english else one.why),
            one.mend_en if english else one.mend,
        )
        for one in found
    ]


def called(keys: Iterable[str], reader: Reader) -> str:
    """What was warned of, for the history."""
    return reader.t("mark.and").join(reader.t(f"check.{key}") for key in keys if key in SAYINGS)
