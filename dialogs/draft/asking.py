"""The next question, and the summary when there is none: how a draft is shown and completed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dialogs.conversation import Conversation, Draft, Stage
from dialogs.draft import choosing, matters, meant, papers, voices
from dialogs.effects import FindSimilar
from dialogs.messages import Say
from dialogs.slots import SLOTS
from dialogs.speaking import few
from dialogs.speaking.saying import sharing, speak
from dialogs.wording import named, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dialogs.speaking.saying import Result
    from institutions.model import Institution


BRIEF, SHOWN = 40, 160  # characters of the story in a remark and on the summary
REASONS = 3  # words that say why it is this department
FREE = frozenset({"request", "target"})
"""Slots that any words could be the answer to."""
PERSONAL = frozenset({"who", "contact"})
CAPACITIES = frozenset({"on_behalf", "agent", "voices"})
"""Slots that are said back in a sentence of their own."""
SHARED = {"where": "location", "contact": "contact"}
"""Slots that a device can answer by itself: the button for it."""
SAID_AGAIN = ("what", "when", "where", "who", "contact")
"""What is read out to who is spoken to slowly, before it is filed."""


URGENT = ("where", "contact")
"""All that is asked while somebody is in danger."""


def wanted(institution: Institution, draft: Draft) -> tuple[str, ...]:
    """The slots to ask for, in order."""
    if draft.grade == "emergency":
        return URGENT
    many = ("representatives",) if _many(institution, draft) else ()
    return (*institution.needs(draft.kind), *institution.optional, *many)


def _many(institution: Institution, draft: Draft) -> bool:
    """Whether so many speak together that some of them should speak for all; a crowd without number is many."""
    least = institution.representatives_from
    return bool(least and "voices_told" in draft.values) and draft.values.get("voices", least) >= least


def open_slot(institution: Institution, draft: Draft) -> str:
    """The next slot to ask for, or ``""``."""
    return next(open_slots(institution, draft), "")


def open_slots(institution: Institution, draft: Draft) -> Iterator[str]:
    """All that is still to be asked, in order."""
    for key in dict.fromkeys(("what", *wanted(institution, draft))):
        known = key in draft.values or key in draft.skipped or (key == "evidence" and draft.evidence)
        if not known and not (key in PERSONAL and draft.values.get("anonymous")):
            yield key


def missing(institution: Institution, now: Conversation) -> str:
    """The next slot to ask this citizen for, or ``""``; who is spoken to slowly is asked for what must be known."""
    slots: Iterable[str] = open_slots(institution, now.draft)
    if few.is_plain(now.language):
        needed = institution.needs(now.draft.kind)
        slots = (key for key in slots if key == "what" or (key in needed and key != "evidence"))
    return next(iter(slots), "")


def ask_next(institution: Institution, now: Conversation, *lead: str) -> Result:
    """Say *lead* and ask for what is missing; show the summary when nothing is."""
    if now.draft.matters:
        texts, choices = matters.question(now)
        return speak(replace(now, stage=Stage.SPLITTING, asking="", single=False), *lead, *texts, choices=choices)
    if now.draft.kinds:
        texts, choices = matters.question_of_kinds(now)
        return speak(replace(now, stage=Stage.SPLITTING, asking="", single=False), *lead, *texts, choices=choices)
    if meant.is_open(now.draft) and not now.single:
        asked, choices = meant.question(now)
        draft = replace(now.draft, tries={**now.draft.tries, meant.ASKED: 1})
        return speak(replace(now, stage=Stage.PLACING, asking="", draft=draft), *lead, asked, choices=choices)
    if _is_comparable(institution, now):
        sought = replace(now, stage=Stage.JOINING, asking="", offered=(), draft=replace(now.draft, compared=True))
        said = "\n".join(text for text in lead if text)
        return sought, (*([Say(said)] if said else []), FindSimilar(now.draft))
    key = missing(institution, now)
    if not key or now.single:
        return summary(institution, now, *lead)
    return ask(institution, now, key, *lead)


def _is_comparable(institution: Institution, now: Conversation) -> bool:
    """Whether it is known what happened and where, so that it can be looked who told the same; once, and not in danger."""
    draft = now.draft
    if not institution.joining.offered or now.single or draft.compared or draft.grade == "emergency":
        return False
    return "what" in draft.values and "where" in draft.values


def ask(institution: Institution, now: Conversation, key: str, *lead: str) -> Result:
    """Ask for one slot."""
    draft = now.draft if key in now.draft.asked else replace(now.draft, asked=(*now.draft.asked, key))
    asked = replace(now, stage=Stage.ASKING, asking=key, draft=draft)
    if key == "what":
        return speak(asked, *lead, phrase(now.language, "invite"))
    lead = (*lead, *papers.wanted(institution, now)) if key == "evidence" and key not in now.draft.asked else lead
    secret = key == "contact" and now.draft.values.get("confidential")
    question = phrase(now.language, "confidential.contact") if secret else SLOTS[key].asked_in(now.language)
    return speak(asked, *lead, question, choices=_ways_out(institution, now, key))


def _ways_out(institution: Institution, now: Conversation, key: str) -> list[tuple[str, str]]:
    language = now.language
    if key == "evidence":
        return [("skip", phrase(language, "none"))]
    out = "anonymous" if key in PERSONAL and institution.anonymous else "skip"
    ways = [(out, phrase(language, out))]
    if key == "who" and institution.confidential == "offered" and not few.is_plain(language):
        ways.append(("confidential", phrase(language, "confidential")))
    return [*sharing(now, SHARED.get(key, "")), *ways]


def summary(institution: Institution, now: Conversation, *lead: str) -> Result:
    """All that will be filed, to be confirmed."""
    shown = replace(now, stage=Stage.CONFIRMING, asking="", single=False)
    language = now.language
    if few.is_plain(language):
        return _read_out(shown, *lead)
    colon = phrase(language, "mark.colon")
    lines = [f"{SLOTS[key].called_in(language)}{colon}{value}" for key, value in _values(now.draft, language)]
    lines += [_proposed(institution, now), *papers.on_summary(institution, now)]
    open_choice = choosing.is_open(now.draft)
    likely = choosing.likeliest(institution, now) if open_choice else []
    lines.append(phrase(language, "choose.ask") if open_choice else "")
    choices = [*likely, ("submit", phrase(language, "submit")), ("change", phrase(language, "change"))]
    return speak(shown, *lead, phrase(language, "summary"), *lines, choices=choices)


def _read_out(now: Conversation, *lead: str) -> Result:
    """The summary for who is spoken to slowly: what matters, as one would say it."""
    language, values = now.language, dict(_values(now.draft, now.language))
    told = [values[key] for key in SAID_AGAIN if key in values]
    sentence = phrase(language, "summary.read", facts=phrase(language, "mark.comma").join(told))
    choices = [("submit", phrase(language, "submit")), ("change", phrase(language, "change"))]
    return speak(now, *lead, phrase(language, "summary"), sentence, choices=choices)


def changeable(institution: Institution, now: Conversation) -> Result:
    """Offer every slot to be changed."""
    language = now.language
    slots = (*institution.needs(now.draft.kind), *institution.optional)
    keys = dict.fromkeys(("what", *slots, *(key for key in now.draft.values if key in SLOTS)))
    choices = [(f"change:{key}", SLOTS[key].called_in(language)) for key in keys]
    choices.append(("change:category", phrase(language, "summary.category")))
    choices.append(("change:none", phrase(language, "change.none")))
    return speak(replace(now, stage=Stage.CHANGING), phrase(language, "change.which"), choices=choices)


def categories(institution: Institution, now: Conversation) -> Result:
    """Offer the likeliest categories first, then the others."""
    likely = [c["category_id"] for c in (now.draft.proposal or {}).get("top", ())]
    order = dict.fromkeys([*likely, *(c.id for c in institution.categories)])
    listed = [(key, institution.category(key)) for key in order]
    choices = [(f"category:{key}", named(now.language, c.name, c.name_en)) for key, c in listed]
    choices.append(("change:none", phrase(now.language, "change.none")))
    return speak(replace(now, stage=Stage.CHANGING), phrase(now.language, "change.which"), choices=choices)


def other_categories(institution: Institution, now: Conversation) -> Result:
    """Offer the categories that the summary did not, and a person's choice."""
    choices = [*choosing.others(institution, now), ("change:none", phrase(now.language, "back"))]
    return speak(now, phrase(now.language, "choose.others"), choices=choices)


def remark(language: str, before: Draft, after: Draft, *, key: str = "noted") -> str:
    """One line that says what was understood of the last message, or nothing."""
    fresh = [k for k in SLOTS if k in after.values and before.values.get(k) != after.values[k]]
    fresh = [k for k in fresh if k not in CAPACITIES]
    shown = [k for k in fresh if k != "what"] or fresh
    values = dict.fromkeys(shorten(SLOTS[k].show(after.values[k], language), BRIEF) for k in shown)
    told = phrase(language, "mark.comma").join(one for one in values if not any(one in o for o in values if o != one))
    files = files_told(language, (kind for _, kind in after.evidence[len(before.evidence) :]))
    if spoken := voices.received(language, before, after):
        return spoken
    parts = [phrase(language, key, facts=told.rstrip("。！？.!?"))] if told else []
    parts += [phrase(language, "noted.files", files=files)] if files else []
    return "".join(parts)


def files_told(language: str, kinds: Iterable[str]) -> str:
    """``2张照片、1段视频``."""
    count = Counter(kinds)
    return phrase(language, "mark.and").join(phrase(language, kind, n=n) for kind, n in count.items())


def shorten(text: str, limit: int) -> str:
    """The beginning of a long text, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else f"{flat[: limit - 1]}…"


def _values(draft: Draft, language: str) -> Iterable[tuple[str, str]]:
    for key, slot in SLOTS.items():
        if key == "evidence":
            yield key, files_told(language, (kind for _, kind in draft.evidence)) or phrase(language, "none")
        elif key == "who" and draft.values.get("anonymous"):
            yield key, phrase(language, "summary.nobody")
        elif key == "who" and draft.values.get("confidential") and (name := draft.values.get(key)):
            yield key, phrase(language, "summary.secret", name=name)
        elif key == "voices" and (told := draft.values.get("voices_told")):
            yield key, told
        elif key in draft.values:
            yield key, shorten(slot.show(draft.values[key], language), SHOWN)


def _proposed(institution: Institution, now: Conversation) -> str:
    proposal = now.draft.proposal
    best = proposal["top"][0] if proposal else None
    department = institution.department(best["department_id"] if best else institution.default_department)
    name = named(now.language, department.name, department.name_en)
    words = _because(proposal) if proposal else []
    if not words or choosing.is_open(now.draft) or (proposal and proposal.get("by") == "nobody"):
        return phrase(now.language, "summary.undecided", department=name)
    quoted = "".join(f"“{word}”" for word in words)
    return phrase(now.language, "summary.department", department=name, words=quoted)


def _because(proposal: dict[str, Any]) -> list[str]:
    """What says that it is this department: what a route or a name goes by, else what speaks for the category."""
    best, ruled = proposal["top"][0], next(iter(proposal.get("departments", ())), None)
    if ruled and ruled["department_id"] == best["department_id"] and ruled["rule"] in {"route", "named"}:
        told = [*([ruled["place"]] if ruled["place"] else []), *ruled["words"]]
        if told:
            return [word.replace("*", "…") for word in told[:REASONS]]
    words = [why["word"] for why in proposal["why"] if why["category"] == best["category"]]
    return [word.replace("*", "…") for word in words[:REASONS]]
