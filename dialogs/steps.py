"""What becomes of each question: counted in the conversation itself, without a word of what was said.

A step is what a citizen is asked next: consent, a slot, the summary. Side
rooms ("which slot shall be changed?", "really cancel?") are no steps: whoever
leaves there has left at the question before. Emergencies are no walk from
question to question; they are only counted. backend/services/talks/steps.py takes
the counts out and adds them up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from dialogs.conversation import Draft, Stage, Walk
from dialogs.effects import FileCase, Hand
from dialogs.events import DraftDue, DraftMoved, Heard, Joined

if TYPE_CHECKING:
    from dialogs.conversation import Conversation
    from dialogs.events import Event
    from dialogs.speaking.saying import Result

    Tally = tuple[tuple[str, str, int], ...]

PLACES = frozenset({Stage.CONSENT, Stage.ELSEWHERE, Stage.SPLITTING, Stage.PLACING, Stage.JOINING, Stage.CONFIRMING})
"""Stages that are steps; while ASKING, the slot is."""
ASIDE = frozenset({Stage.CHANGING, Stage.CANCELLING, Stage.FORGETTING})
CASE, TURNS, SECONDS = "case", "turns", "seconds"
"""What is counted of cases: under CASE how many and the sums, under the others how many lie in which bucket."""
MOST_TURNS = (*range(1, 21), 25, 30, 40, 60, 100)
MOST_SECONDS = (
    15, 30, 45, 60, 90, 120, 150, 180, 240, 300, 420, 600, 900, 1200, 1800, 3600, 7200, 14_400, 28_800, 86_400,
    172_800, 604_800,
)  # fmt: skip
"""Upper ends of the buckets; what is more than the last is in "more"."""
MORE = "more"


def heard(now: Conversation) -> Conversation:
    """The conversation with one more message of the citizen's, for the draft that is under way."""
    return replace(now, draft=replace(now.draft, turns=now.draft.turns + 1)) if now.draft.begun else now


def counted(before: Conversation, event: Event, result: Result) -> Result:
    """The same result, with what it did to the open question counted."""
    now, effects = result
    walk, tally = before.walk, list(before.walk.tally)
    if walk.left and isinstance(event, Heard):
        walk = replace(walk, left=False)
        tally.append((walk.at, "returned", 1))
    here, there = walk.at, _place(now, walk.at)
    filed = [effect.draft for effect in effects if isinstance(effect, FileCase)]
    if filed and now.alarm and now.alarm.filing:
        tally.append((CASE, "urgent", 1))
    elif filed:
        tally += [row for draft in filed for row in _lengths(draft, _last_word(now, event))]
        tally += [(here, "answered", 1)] if here == Stage.CONFIRMING else []
        there = ""
    elif isinstance(event, Joined) and event.case is not None:
        tally += [(CASE, "joined", 1), (here, "answered", 1)]
        there = ""
    else:
        tally += _went(before, now, event, replace(walk, at=here), there)
    missed = now.misses > before.misses or any(isinstance(each, Hand) and each.reason == "stuck" for each in effects)
    if here and missed:
        tally.append((here, "missed", 1))
    left = walk.left and there == here
    return replace(now, walk=Walk(there, left=left, tally=_summed(tally))), effects


def silent(now: Conversation) -> Conversation:
    """The conversation, its citizen counted as having left at the open question."""
    walk = now.walk
    return replace(now, walk=replace(walk, left=True, tally=_summed([*walk.tally, (walk.at, "left", 1)])))


def bucket(amount: int, most: tuple[int, ...]) -> str:
    """Under what name so many turns or seconds are counted."""
    return next((str(end) for end in most if amount <= end), MORE)


def _went(before: Conversation, now: Conversation, event: Event, walk: Walk, there: str) -> list[tuple[str, str, int]]:
    """From one question to another, or away from all of them."""
    here, rows = walk.at, []
    put_by = len(now.shelf) > len(before.shelf)
    if here and (there != here or put_by):
        became = "" if isinstance(event, DraftMoved) else _became(now, walk, there, put_by=put_by)
        rows += [(here, became, 1)] if became else []
    if there and (there != here or put_by):
        rows.append((there, "arrived", 1))
        taken_up = len(now.shelf) < len(before.shelf) and not isinstance(event, DraftDue)
        rows += [(there, "returned", 1)] if taken_up else []
    return rows


def _became(now: Conversation, walk: Walk, there: str, *, put_by: bool) -> str:
    """How the question ended that was open: answered, skipped, left, or "": it was gone back from, or changed."""
    here = walk.at
    if not there and now.stage is Stage.ALARM:
        return ""
    if not there or put_by:
        return "" if walk.left else "left"
    if here == Stage.CONSENT:
        return "answered" if now.consented else ""
    if here in PLACES:
        return "" if here == Stage.CONFIRMING else "answered"
    if _is_filled(here, now.draft):
        return "answered"
    return "skipped" if here in now.draft.skipped else ""


def _is_filled(slot: str, draft: Draft) -> bool:
    nameless = slot in {"who", "contact"} and bool(draft.values.get("anonymous"))
    spoken = any(answers == slot for _, answers in draft.voices)
    return slot in draft.values or nameless or spoken or (slot == "evidence" and bool(draft.evidence))


def _place(now: Conversation, before: str) -> str:
    if now.stage is Stage.ASKING:
        return now.asking
    if now.stage is Stage.JOINING and now.draft.alike is None:
        return before  # it is only looked for
    if now.stage in PLACES:
        return now.stage.value
    if now.stage in ASIDE or now.draft.values or now.draft.evidence:
        return before
    return ""


def _lengths(draft: Draft, at: datetime | None) -> list[tuple[str, str, int]]:
    rows = [(CASE, "filed", 1)]
    begun = _time(draft.begun)
    if begun is None or at is None:
        return rows
    seconds = max(0, int((at - begun).total_seconds()))
    rows += [(CASE, "timed", 1), (CASE, TURNS, draft.turns), (CASE, SECONDS, seconds)]
    return [*rows, (TURNS, bucket(draft.turns, MOST_TURNS), 1), (SECONDS, bucket(seconds, MOST_SECONDS), 1)]


def _last_word(now: Conversation, event: Event) -> datetime | None:
    return event.at if isinstance(event, Heard) else _time(now.heard_at)


def _time(told: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(told)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _summed(rows: list[tuple[str, str, int]]) -> Tally:
    """Each count once, in the order in which they first came."""
    sums: dict[tuple[str, str], int] = {}
    for step, what, n in rows:
        sums[step, what] = sums.get((step, what), 0) + n
    return tuple((step, what, n) for (step, what), n in sums.items())
