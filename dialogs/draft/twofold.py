"""A complaint and a report of the same facts in one message become a case each, where the citizen agrees.

A dispute is settled between two, a breach of law is looked into: an office
that keeps the two apart (``Institution.apart``) asks for other facts and runs
other clocks for each. The report waits behind the complaint and takes over
what was told for it; nothing is asked twice. Two different matters in one
message are dialogs/draft/splitting.py's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.commands import squeeze
from dialogs.draft import drafting, matters, noting
from dialogs.wording import phrase
from nlp.category import kinds
from nlp.segment import normal

if TYPE_CHECKING:
    from dialogs.conversation import Conversation, Draft
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

ASKED = "kinds"
"""The key under which it is counted how often the question was answered with something else."""
ONLY = {
    "complaint": ("只投诉", "不举报", "别举报", "只要退", "只要赔", "只退", "onlycomplain", "onlythecomplaint"),
    "report": ("只举报", "不投诉", "别投诉", "只要查", "只查", "onlyreport", "onlythereport"),
}
"""How somebody says that they want one of the two alone."""
CLAUSE = re.compile(r"[,，。；;!！?？\n]")
SETTLED = re.compile(r"退|赔|换货|补偿|调解|refund|money back|compensat", re.IGNORECASE)
"""What is asked of the other side."""


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """The answer; something else is a fact, and the question is put once more, then it stays one."""
    both = now.draft.kinds
    if only := next((kind for kind in both if word == f"kinds.{kind}" or _alone(kind, heard.text)), ""):
        return _as(institution, now, only, phrase(now.language, "split.one.done"))
    match matters.decided(heard.text, word):
        case matters.APART:
            return _apart(institution, now)
        case matters.ONE:
            return _as(institution, now, now.draft.kind, phrase(now.language, "split.one.done"))
    told = noting.gathered(institution, now, heard)
    lead = noting.lead(now, heard, told.draft)
    if told.draft.tries.get(ASKED):
        return _as(institution, told, told.draft.kind, *lead)
    draft = replace(told.draft, tries={**told.draft.tries, ASKED: 1})
    return drafting.go_on(institution, replace(told, draft=draft), *lead)


def twin(institution: Institution, waiting: Draft, filed: Draft, number: str) -> Draft:
    """The draft that waited, with all that was told for the case before it, as far as its kind may hold it."""
    own = {*institution.needs(waiting.kind), *institution.optional}
    foreign = {key for key in institution.needs(filed.kind) if key not in own} | {"request"} - own
    values = {key: value for key, value in filed.values.items() if key not in foreign}
    skipped = tuple(key for key in filed.skipped if key in own and key not in values)
    return replace(waiting, values=values, skipped=skipped, evidence=filed.evidence, grade=filed.grade, twin=number)


def _apart(institution: Institution, now: Conversation) -> Result:
    first, second = now.draft.kinds
    settled = replace(now.draft, kinds=(), settled=True)
    waits = replace(settled, kind=second, compared=True, asked=(), tries={}, proposal=now.draft.proposal)
    draft = _with_own_wish(replace(settled, kind=first))
    split = replace(now, draft=draft, waiting=(replace(waits, twin=ASKED), *now.waiting))
    return drafting.go_on(institution, split, phrase(now.language, f"kinds.first.{first}"))


def _with_own_wish(draft: Draft) -> Draft:
    """The draft with what is asked of the other side, where what was read as the wish is asked of the office."""
    if kinds.told(normal(str(draft.values.get("request", ""))), ("report",)):
        clauses = (clause.strip() for clause in CLAUSE.split(str(draft.values.get("what", ""))))
        wish = next((clause for clause in clauses if SETTLED.search(clause)), None)
        return draft.with_value("request", wish) if wish else draft.without("request")
    return draft


def _as(institution: Institution, now: Conversation, kind: str, *lead: str) -> Result:
    return drafting.go_on(institution, replace(now, draft=replace(now.draft, kind=kind, kinds=(), settled=True)), *lead)


def _alone(kind: str, text: str) -> bool:
    plain = squeeze(text)
    return len(plain) <= matters.SHOWN and any(words in plain for words in ONLY[kind])
