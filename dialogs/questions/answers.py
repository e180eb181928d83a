"""The answers to questions about the office: an institution's own first, then the usual ones with its facts in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.draft import away, papers, terms
from dialogs.wording import named, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dialogs.conversation import Conversation
    from institutions.model import Institution

    Answer = Callable[[Institution, Conversation], str]


def answer(institution: Institution, now: Conversation, topic: str) -> str:
    """What to say to a question of that topic, which ``nlp.questions.faq`` names."""
    own = next((row for row in institution.faq if row.id == topic), None)
    if own:
        return named(now.language, own.say, own.say_en)
    usual = USUAL.get(topic)
    return usual(institution, now) if usual else phrase(now.language, f"faq.{topic}")


def _hours(institution: Institution, now: Conversation) -> str:
    return phrase(now.language, "faq.hours", hours=terms.hours(institution, now.language))


def _phone(institution: Institution, now: Conversation) -> str:
    if institution.phone:
        return phrase(now.language, "faq.phone", phone=institution.phone)
    return phrase(now.language, "faq.phone.none")


def _scope(institution: Institution, now: Conversation) -> str:
    """Whose matter it is, as far as it was told; nothing where that is being asked anyway."""
    draft = now.draft
    if "what" not in draft.values:
        return phrase(now.language, "faq.scope.open", **_self(institution, now))
    if row := away.found(institution, draft):
        return named(now.language, row.say, row.say_en)
    if draft.proposal and draft.proposal["why"] and draft.proposal["top"][0]["score"] >= papers.LIKELY:
        return phrase(now.language, "faq.scope.ours", department=_department(institution, now))
    return phrase(now.language, "faq.scope.maybe")


def _how_long(institution: Institution, now: Conversation) -> str:
    length = terms.answered_within(institution, now.language, now.draft)
    return phrase(now.language, "faq.howlong", length=length) if length else phrase(now.language, "faq.howlong.open")


def _confidential(institution: Institution, now: Conversation) -> str:
    mediated = "mediating" in institution.stages and now.draft.kind != "report"
    if mediated and institution.confidential != "always":
        return phrase(now.language, "faq.confidential.mediated")
    return phrase(now.language, f"faq.confidential.{institution.confidential}")


def _anonymous(institution: Institution, now: Conversation) -> str:
    return phrase(now.language, f"faq.anonymous.{'yes' if institution.anonymous else 'no'}")


def _trace(institution: Institution, now: Conversation) -> str:
    if now.draft.values.get("anonymous"):
        return phrase(now.language, "faq.trace.done")
    if not institution.anonymous and "mediating" in institution.stages:
        return _confidential(institution, now)
    return phrase(now.language, f"faq.trace.{'yes' if institution.anonymous else 'no'}")


def _papers(institution: Institution, now: Conversation) -> str:
    told = papers.names(institution, now)
    return phrase(now.language, "faq.papers", papers=told) if told else phrase(now.language, "faq.papers.none")


def _handler(institution: Institution, now: Conversation) -> str:
    if now.draft.proposal and now.draft.proposal["why"]:
        return phrase(now.language, "faq.handler", department=_department(institution, now))
    return phrase(now.language, "faq.handler.open")


def _introduced(topic: str) -> Answer:
    return lambda institution, now: phrase(now.language, f"faq.{topic}", **_self(institution, now))


def _self(institution: Institution, now: Conversation) -> dict[str, str]:
    return {
        "institution": named(now.language, institution.name, institution.name_en),
        "accepts": named(now.language, institution.accepts, institution.accepts_en),
    }


def _department(institution: Institution, now: Conversation) -> str:
    proposal = now.draft.proposal
    key = proposal["top"][0]["department_id"] if proposal else institution.default_department
    department = institution.department(key)
    return named(now.language, department.name, department.name_en)


USUAL: Mapping[str, Answer] = {
    "hours": _hours,
    "phone": _phone,
    "scope": _scope,
    "what": _introduced("what"),
    "who": _introduced("who"),
    "bot": lambda institution, now: phrase(
        now.language, "faq.bot", institution=named(now.language, institution.name, institution.name_en)
    ),
    "howlong": _how_long,
    "confidential": _confidential,
    "anonymous": _anonymous,
    "trace": _trace,
    "papers": _papers,
    "handler": _handler,
}
"""Topics whose answer needs facts of the institution or of the draft; the others are a sentence."""
