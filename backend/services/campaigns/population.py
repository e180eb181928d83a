"""Whom a campaign could ask: the people of its cases, each once however many chats they have, and why others are not.

What somebody wishes in one chat holds for them everywhere, and how often they
were asked counts over all of them; only whether anything arrives is a chat's own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backend.domain import campaign as rules
from backend.domain import scope
from backend.domain.campaign import Case, LeftOut

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from backend.domain.campaign import Population
    from backend.domain.case import Actor
    from backend.store.campaigns import Candidate
    from backend.store.selves import Chat
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

MOST_CASES = 200_000
"""Of a population: the draw of more would keep everybody waiting."""


class TooManyCases(Exception):
    """A population is of more cases than are counted."""

    def __init__(self, most: int) -> None:
        super().__init__(f"the population has more than {most} cases")
        self.most = most


@dataclass(frozen=True, slots=True)
class People:
    """How many cases there are, whom of their people may be asked, by their newest case, and why how many are not."""

    cases: int
    may: tuple[Candidate, ...]
    left_out: Mapping[LeftOut, int]


def of(
    work: UnitOfWork, institution: Institution, about: Population, *, by: Actor, at: datetime, most: int = MOST_CASES
) -> People:
    """Raises: TooManyCases."""
    since = at - rules.WITHIN
    found = work.campaigns.candidates(institution.id, about, scope.of(by), since=since, limit=most + 1)
    if len(found) > most:
        raise TooManyCases(most)
    selves = work.campaigns.selves.all()
    ours = {chat for one in found for chat in selves.get(one.person or 0, ())}
    chats = work.campaigns.selves.chats(ours, institution.id, since=since)
    return _each_once(found, selves, chats, often=institution.survey.most_asked)


def standing(chats: Collection[Chat], *, sealed: bool = False, withheld: bool = False) -> Case:
    """What the chats of one person say of them together; with nothing open they are gone."""
    return Case(
        min(chat.person for chat in chats),
        sealed=sealed,
        veiled=all(chat.veiled for chat in chats),
        withheld=withheld or any(chat.silent for chat in chats),
        gone=not any(chat.open for chat in chats),
        opted_out=any(chat.opted_out for chat in chats),
        wish=next((chat.wish for chat in chats if chat.wish), ""),
        asked=sum(chat.asked for chat in chats),
    )


def in_order(chats: Iterable[Chat], first: int) -> list[Chat]:
    """The open ones, the one to begin with, then as they came to follow a case, the last before."""
    open_ = sorted((chat for chat in chats if chat.open), key=lambda chat: chat.person)
    open_.sort(key=lambda chat: chat.since.timestamp() if chat.since else 0.0, reverse=True)
    return sorted(open_, key=lambda chat: chat.person != first)


def _each_once(
    found: Collection[Candidate], selves: Mapping[int, frozenset[int]], chats: Mapping[int, Chat], *, often: int
) -> People:
    out: Counter[LeftOut] = Counter()
    may: dict[int, Candidate] = {}
    why_not: dict[int, LeftOut] = {}
    for one in found:
        if one.person is None:
            out[rules.left_out(_alone(one), most=often) or LeftOut.NO_CHAT] += 1
            continue
        several = [chats[chat] for chat in selves.get(one.person, ()) if chat in chats]
        who = min(selves.get(one.person, (one.person,)))
        facts = standing(several, sealed=one.sealed, withheld=one.withheld) if several else _alone(one)
        why = rules.left_out(facts, most=often)
        if why is None:
            may.setdefault(who, _by_way_of(one, several))
        else:
            why_not.setdefault(who, why)
    withheld = {who for who, why in why_not.items() if why is LeftOut.NO_CONSENT}
    may = {who: one for who, one in may.items() if who not in withheld}
    out.update(why for who, why in why_not.items() if who not in may)
    return People(len(found), tuple(may.values()), out)


def _by_way_of(one: Candidate, several: Collection[Chat]) -> Candidate:
    """In the chat of that case, or another of the same person where that one is shut for good."""
    if not several or one.person is None:
        return one
    chat = in_order(several, one.person)[0]
    return replace(one, person=chat.person, channel=chat.channel)


def _alone(one: Candidate) -> Case:
    return Case(
        one.person,
        sealed=one.sealed,
        veiled=one.veiled,
        withheld=one.withheld or one.silent,
        gone=one.gone,
        opted_out=one.opted_out,
        wish=one.wish,
        asked=one.asked,
    )
