"""Which place is meant, where several bear the name or it was misheard: asked once, as soon as it is told.

Up to three candidates as buttons and "none of these". Who answers with
something else is not asked again: the place stays as it was said. Who acts on
the answer is dialogs/draft/drafting.py.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.draft.nearing import INSIDE
from dialogs.values.placing import reread
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.conversation import Conversation, Draft
    from institutions.model import Institution
    from nlp.facts import Facts

ASKED = "meant"
"""The key under which it is counted that the question was put."""
ONE, NONE = "meant:", "meant:none"
"""How the ids of the choices begin: what follows is a candidate's place in the row, or none of them."""
SHOWN = 3


def doubtful(before: Draft, draft: Draft, facts: Facts) -> Draft:
    """The draft with the places that were perhaps meant; with another place told, those of the one before are dropped."""
    if draft.values.get("where") == before.values.get("where"):
        return draft
    told = facts.where
    names = (told.candidates or told.suggestions) if told else ()
    return replace(draft, maybe=tuple(dict.fromkeys(names))[:SHOWN])


def is_open(draft: Draft) -> bool:
    """Whether it is to be asked: not where there is a pin, nor in danger, nor twice."""
    where = draft.values.get("where")
    if not draft.maybe or where is None or where["lat"] is not None or draft.grade == "emergency":
        return False
    return not draft.tries.get(ASKED) and where["text"] not in draft.maybe


def question(now: Conversation) -> tuple[str, list[tuple[str, str]]]:
    """The sentence and the buttons."""
    names, said = now.draft.maybe, now.draft.values["where"]["text"]
    only = names[0] if len(names) == 1 else ""
    asked = phrase(now.language, "meant.one" if only else "meant.ask", said=said, place=only)
    choices = [(f"{ONE}{index}", name) for index, name in enumerate(names)]
    return asked, [*choices, (NONE, phrase(now.language, "meant.no" if only else "choose.none"))]


def chosen(draft: Draft, word: str) -> str:
    """The place that was chosen; ``""``: none of them."""
    if word in {"yes", "submit"} and len(draft.maybe) == 1:
        return draft.maybe[0]
    index = word.removeprefix(ONE)
    return draft.maybe[int(index)] if word != index and index.isdecimal() and int(index) < len(draft.maybe) else ""


def placed(draft: Draft, name: str, institution: Institution) -> Draft:
    """The draft with that place instead of the name that was said; house and room stay."""
    where = draft.values["where"]
    inside = where["text"]
    for kind, piece in where["pieces"].items():
        if kind not in INSIDE:
            inside = inside.replace(piece, "", 1)
    value = reread({**where, "text": f"{name}{inside}"}, institution)
    return replace(draft.with_value("where", value), maybe=())
