"""What of an institution is thin: it works, but citizens or handlers will miss something.

Each finding is a key of the file and a sentence for who writes it. Mistakes,
which stop an institution, are ``institutions.mistakes``'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from backend.domain.lifecycle import Status, stages
from dialogs.wording.plain import faults, fields
from institutions.casework import TELLS
from institutions.model import Grade
from nlp.questions import faq

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from institutions.model import Institution

    Finding = tuple[str, str]

QUESTIONS, PHRASINGS, DOORS, REPLIES = 8, 5, 3, 6
"""So many questions, phrasings of each, matters of other doors and replies make a whole institution."""


def thin(institution: Institution) -> list[Finding]:
    """Everything thin about it, in the order of the file's parts."""
    return [finding for look in LOOKS for finding in look(institution)]


def _names(one: Institution) -> Iterator[Finding]:
    rows = [("departments", each) for each in one.departments] + [("categories", each) for each in one.categories]
    for key, row in rows:
        if not row.name_en:
            yield f"{key} {row.id}", "it has no English name (name_en)"


def _categories(one: Institution) -> Iterator[Finding]:
    for category in one.categories:
        if not category.words and not any(matter.words for matter in category.matters):
            yield f"categories {category.id}", "it has no words, so nothing that is told is ever proposed for it"
    given = {one.default_department, *(route.department for route in one.routes)}
    items = [item for category in one.categories for item in (category, *category.matters)]
    given |= {item.department for item in items} | {route.department for item in items for route in item.routes}
    for department in one.departments:
        if department.id not in given:
            yield f"departments {department.id}", "no category, matter or route hands it anything"


def _stages(one: Institution) -> Iterator[Finding]:
    used = stages(one)
    if Status.ARCHIVED not in used:
        yield "stages", "without archived no case is ever put away"
    for wanted, stage, reason in _needed(one):
        if wanted and stage not in used:
            yield f"stages {stage}", f"it is not switched on, so {reason}"


def _needed(one: Institution) -> Iterator[tuple[bool, Status, str]]:
    yield "appeal" in one.clocks, Status.APPEALED, "the clock appeal never runs"
    yield bool(one.casework.grounds), Status.REFUSED, "casework.grounds are never used"


def _clocks(one: Institution) -> Iterator[Finding]:
    used = {status.value for status in stages(one)}
    for name, clock in one.clocks.items():
        if not used & set(clock.stops):
            yield f"clocks.{name}.stops", "nothing stops this clock: none of these stages is switched on"
        elif stray := sorted(set(clock.stops) - used):
            yield f"clocks.{name}.stops", f"not switched on: {', '.join(stray)}"
        if not used & {clock.starts, *clock.begins.values()}:
            yield f"clocks.{name}.starts", f"this clock never starts: {clock.starts} is not switched on"
    answer = one.clocks.get("answer")
    if answer is None:
        yield "clocks.answer", "without it the receipt promises no answer"
    elif not isinstance(answer.length, str) and (bare := sorted(set(get_args(Grade)) - set(answer.length))):
        yield "clocks.answer.length", f"no answer is promised for {', '.join(bare)}"


def _questions(one: Institution) -> Iterator[Finding]:
    if len(one.faq) < QUESTIONS:
        yield "faq", f"{len(one.faq)} questions; write {QUESTIONS} that citizens really ask"
    for row in one.faq:
        if len(set(row.asks)) < PHRASINGS:
            yield f"faq {row.id}.asks", f"{len(set(row.asks))} phrasings; write {PHRASINGS}"
        for text in row.asks:
            if (got := [asked.topic for asked in faq.parted(text, one).asked]) != [row.id]:
                yield f"faq {row.id}.asks", f"{text!r} finds {', '.join(got) or 'nothing'}"
        yield from _said(f"faq {row.id}", row.say, row.say_en)


def _doors(one: Institution) -> Iterator[Finding]:
    own = [row for row in one.elsewhere if not row.id]
    if len(own) < DOORS:
        yield "elsewhere", f"{len(own)} matters of other doors; write {DOORS} that citizens bring here in error"


def _casework(one: Institution) -> Iterator[Finding]:
    work, used = one.casework, {status.value for status in stages(one)}
    for ground in work.grounds:
        yield from _said(f"casework.grounds {ground.id}", ground.say, ground.say_en)
    if len(work.replies) < REPLIES:
        yield "casework.replies", f"{len(work.replies)} replies; write {REPLIES} to begin an answer with"
    for reply in work.replies:
        key = f"casework.replies {reply.id}"
        if reply.to != "message" and reply.to not in used:
            yield f"{key}.to", f"{reply.to} is not switched on in stages"
        for text in (reply.text, reply.text_en):
            yield from ((f"{key}.text", fault) for fault in _unknown(text))
        yield from _said(key, reply.text, reply.text_en)


def _unknown(text: str) -> Iterator[str]:
    try:
        for name in sorted(fields(text) - TELLS):
            yield f"there is no fact {{{name}}}; there are {', '.join(sorted(TELLS))}"
    except ValueError:
        yield "a brace { or } stands alone; facts are written {like_this}"


def _said(key: str, zh: str, en: str) -> Iterator[Finding]:
    if not en:
        yield key, "it has no English"
    yield from ((key, fault) for language, text in (("zh", zh), ("en", en)) for fault in faults(language, text))


LOOKS: tuple[Callable[[Institution], Iterator[Finding]], ...] = (
    _names,
    _categories,
    _stages,
    _clocks,
    _casework,
    _doors,
    _questions,
)
