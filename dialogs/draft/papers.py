"""What a matter needs to be shown or told: asked for with its reason, and said again while it is missing.

Which papers there are is the institution's (``papers``). A file of the right
kind counts as the paper: what it shows, a person looks at. Where a matter
needs two, it takes two files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.draft import terms
from dialogs.values.times import say_time
from dialogs.wording import named, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from dialogs.conversation import Conversation, Draft
    from institutions.guidance import Paper
    from institutions.model import Institution

GUARDIAN = "监护人"
"""Who shows another paper than an agent."""
LIKELY = 0.4
"""From which share on a category is likely enough to ask for what it needs."""


def needed(institution: Institution, draft: Draft) -> tuple[Paper, ...]:
    """What such a matter needs; in danger nothing."""
    if draft.grade == "emergency":
        return ()
    proposal = draft.proposal
    best = proposal["top"][0] if proposal and proposal["why"] and proposal["top"] else None
    category = best["category_id"] if best and best["score"] >= LIKELY else None
    own = tuple(paper for paper in institution.papers if paper.concerns(category, draft.kind))
    paper = authority(institution, draft)
    return (*own, paper) if paper else own


def authority(institution: Institution, draft: Draft) -> Paper | None:
    """What somebody shows who acts for another; None: they do not, or it need not be shown."""
    if "agent" not in draft.values:
        return None
    return institution.guardian if draft.values["agent"] == GUARDIAN else institution.proxy


def lacking(institution: Institution, draft: Draft) -> tuple[Paper, ...]:
    """What of it is neither shown nor told."""
    left = [kind for _, kind in draft.evidence]
    missing = []
    for paper in needed(institution, draft):
        if any(slot in draft.values for slot in paper.slots):
            continue
        shown = next((kind for kind in left if kind in paper.files), None)
        if shown is None:
            missing.append(paper)
        else:
            left.remove(shown)
    return tuple(missing)


def still_lacking(institution: Institution, told: str, kinds: Iterable[str]) -> str:
    """The papers that a case was said to lack (*told*), without those that files of these *kinds* may be."""
    every = (*institution.papers, institution.proxy, institution.guardian)
    papers = [paper for paper in every if paper is not None and paper.name in told]
    for kind in kinds:
        if brought := next((paper for paper in papers if kind in paper.files), None):
            papers.remove(brought)
    return "、".join(dict.fromkeys(paper.name for paper in papers))


def names(institution: Institution, now: Conversation) -> str:
    """The papers that are needed, in a row; empty: none."""
    wanted = needed(institution, now.draft) or (institution.papers if "what" not in now.draft.values else ())
    return phrase(now.language, "mark.and").join(dict.fromkeys(_name(paper, now.language) for paper in wanted))


def wanted(institution: Institution, now: Conversation) -> list[str]:
    """What is said before files are asked for."""
    return [
        phrase(now.language, "papers.ask", name=_name(paper, now.language), why=_why(paper, now.language))
        for paper in lacking(institution, now.draft)
        if paper.files
    ]


def later(institution: Institution, now: Conversation) -> list[str]:
    """What is said to somebody who has no file now."""
    language, together = now.language, dict[str, list[str]]()
    for paper in lacking(institution, now.draft):
        if paper.files and not paper.must:
            together.setdefault(_by(paper, language), []).append(_name(paper, language))
    return [
        phrase(language, "papers.later", name=phrase(language, "mark.and").join(names), by=by)
        for by, names in together.items()
    ]


def on_summary(institution: Institution, now: Conversation) -> list[str]:
    """A line for each paper that is missing."""
    return [
        phrase(now.language, "papers.lacking", name=_name(paper, now.language))
        for paper in lacking(institution, now.draft)
    ]


def forbidding(institution: Institution, now: Conversation) -> str:
    """Why nothing can be filed yet, or ``""``."""
    paper = next((paper for paper in lacking(institution, now.draft) if paper.must), None)
    if paper is None:
        return ""
    return phrase(now.language, "papers.must", name=_name(paper, now.language), why=_why(paper, now.language))


def on_receipt(institution: Institution, now: Conversation, until: Mapping[str, datetime], zone: ZoneInfo) -> list[str]:
    """What is still missing, why, and until when it can be brought; *until* by the paper's id."""
    language, told = now.language, []
    for paper in lacking(institution, now.draft):
        facts = {"name": _name(paper, language), "why": _why(paper, language)}
        at = until.get(paper.id)
        key = "papers.receipt" if at else "papers.receipt.any"
        told.append(phrase(language, key, **facts, at=say_time(at, zone, language) if at else ""))
    return told


def too_late(institution: Institution, now: Conversation, late: frozenset[str]) -> list[str]:
    """What is said of papers whose time was over before the matter was told."""
    return [
        phrase(
            now.language,
            "papers.late",
            length=terms.length(paper.within, now.language),
            why=_why(paper, now.language),
        )
        for paper in needed(institution, now.draft)
        if paper.id in late
    ]


def _by(paper: Paper, language: str) -> str:
    if not paper.within:
        return phrase(language, "papers.any")
    return phrase(language, "papers.by", length=terms.length(paper.within, language))


def _name(paper: Paper, language: str) -> str:
    return named(language, paper.name, paper.name_en)


def _why(paper: Paper, language: str) -> str:
    return named(language, paper.why, paper.why_en)
