"""Why a case was proposed where it was, in sentences: the department, the runner-up, what would have changed it.

Reads the proposal as it was stored with the case; one of an older version
lacks keys, and its sentences are left out. Proposing is ``nlp.category.classify``'s work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from backend.web.desk.view import Reader
    from institutions.model import Institution

MOST_WORDS = 4
LIKELY = 0.05
"""The share from which another department is worth reading."""


def reasons(proposal: dict[str, Any], institution: Institution, reader: Reader) -> list[str]:
    """The sentences, each whole, in the reader's language."""
    if proposal.get("by") == "citizen" or not proposal.get("top"):
        return []
    return [*_department(proposal, institution, reader), *_runner_up(proposal, institution, reader)]


def _department(proposal: dict[str, Any], institution: Institution, reader: Reader) -> Iterator[str]:
    """Why this department, and which others it could be."""
    first, *others = proposal.get("departments") or [None]
    if first is None:
        return
    yield why_there(first, institution, reader)
    names = [_name(institution, other["department_id"], reader) for other in others if other["score"] >= LIKELY]
    if names:
        yield reader.t("reasons.others", departments=reader.t("reasons.joint").join(names))


def why_there(referral: Mapping[str, Any], institution: Institution, reader: Reader) -> str:
    """Why that department was proposed, in a sentence; *referral*: one of the proposal's ``departments``."""
    name = _name(institution, referral["department_id"], reader)
    told = {"department": name, "words": quoted(referral["words"], reader)}
    because = _because(referral, reader) if referral["rule"] == "route" else ""
    return reader.t(f"reasons.{referral['rule']}", **told, because=because)


def _because(first: Mapping[str, Any], reader: Reader) -> str:
    """What made the route hold: the place, the kind, the words."""
    parts = [reader.t("reasons.place", place=first["place"])] if first["place"] else []
    parts += [reader.t("reasons.kind", kind=reader.t(f"kind.{first['kind']}"))] if first["kind"] else []
    parts += [reader.t("reasons.words", words=quoted(first["words"], reader))] if first["words"] else []
    return reader.t("reasons.and").join(parts)


def _runner_up(proposal: dict[str, Any], institution: Institution, reader: Reader) -> Iterator[str]:
    """What came second, by which words, and what would have put it first."""
    second = proposal["top"][1] if len(proposal["top"]) > 1 else None
    words = [why["word"] for why in proposal.get("why", ()) if second and why["category"] == second["category"]]
    if second is None or not words:
        return
    name = _category(institution, second["category_id"], reader)
    yield reader.t("reasons.runner_up", category=name, words=quoted(words, reader))
    if without := proposal.get("would_change"):
        yield reader.t("reasons.would_change", category=name, words=quoted(without, reader))
    if tip := proposal.get("would_tip"):
        yield reader.t("reasons.would_tip", category=name, words=quoted([tip], reader))


def quoted(words: Iterable[str], reader: Reader) -> str:
    """Words as they may be read: a pattern's gap is three dots."""
    shown = [reader.t("reasons.quote", word=word.replace("*", "…")) for word in words]
    return reader.t("reasons.joint").join(shown[:MOST_WORDS])


def _name(institution: Institution, key: str, reader: Reader) -> str:
    return next((reader.name(one) for one in institution.departments if one.id == key), key)


def _category(institution: Institution, key: str, reader: Reader) -> str:
    return next((reader.name(one) for one in institution.categories if one.id == key), key)
