"""Hot topics: the letters of several people about one place and one matter, the most voices first.

Two steps. Letters that share rare terms are compared, and average linkage
makes groups of those alike; then groups, and letters left over, join the
group whose sum of letters they are like: many letters together show what they
are about better than any one does. Neither the same matter at different
places nor different matters at one place make a topic, greetings even less.

Pure; the order of the input does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.topics import label as topic_label
from nlp.topics import linkage
from nlp.topics.terms import Letter, Names, Rarity, Told, cosine, prepare, ramp, tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

FEWEST = 2
"""Voices that make a topic."""

KEPT = 40
"""Terms of a letter, its rarest, by which others are found that are like it."""

BACK = 500
"""Of the letters that share a term, the latest so many are compared: a word of every letter finds nobody."""

ALIKE = 0.12
"""Mean likeness inside a group of letters."""

JOINED = 0.22
"""Likeness of two groups' sums that makes them one."""

FAINT = 0.08
"""A likeness below this is as good as none."""

SAME_PLACE, OTHER_PLACE = 0.3, 0.15
SAME_MATTER, OTHER_MATTER = 0.12, 0.4
"""From which likeness on two places (matters) are one, and what is left of the whole likeness where they have nothing in common."""

SUM_TERMS = 60
"""Terms that stand for a group."""

ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Message:
    """One letter or case. All times are aware, or none is."""

    id: str
    at: datetime
    text: str
    subject: str = ""
    voice: str | None = None  # who speaks, as far as known; else each letter is a voice
    place: str = ""  # where, if told apart from the text


@dataclass(frozen=True, slots=True)
class Topic:
    """What several voices speak of. ``place`` is None where they name none in common; ``ids`` by time."""

    place: str | None
    matter: str
    voices: int
    first: datetime
    last: datetime
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Vectors:
    """A letter, or a group's sum, as vectors of length 1."""

    whole: Mapping[str, float]
    matter: Mapping[str, float]
    place: Mapping[str, float]


@dataclass(slots=True)
class _Group:
    members: list[int]
    vectors: _Vectors = field(init=False)


def topics(messages: Iterable[Message]) -> tuple[Topic, ...]:
    """The topics of *messages*, the hottest first: by voices, then by the last letter, then by the first id.

    A message that comes twice, the same in all, counts once.
    """
    read = {message: prepare(message.text, message.subject, place=message.place) for message in messages}
    order = sorted(read, key=_order)
    letters = [read[message] for message in order]
    names = Names(letters)
    told = [tell(letter, names) for letter in letters]
    rarity = Rarity(told)
    found = []
    for members in _groups(told, rarity):
        among = [order[member] for member in sorted(members)]
        if (voices := _voices(among)) >= FEWEST:
            found.append(_topic(among, [letters[member] for member in sorted(members)], voices, names, rarity))
    return tuple(sorted(found, key=lambda topic: (-topic.voices, -topic.last.timestamp(), topic.ids)))


def _order(message: Message) -> tuple[datetime, str, str, str, str, str]:
    return message.at, message.id, message.subject, message.text, message.voice or "", message.place


def _voices(messages: Sequence[Message]) -> int:
    known = {message.voice for message in messages if message.voice is not None}
    return len(known) + sum(message.voice is None for message in messages)


def _topic(messages: Sequence[Message], letters: Sequence[Letter], voices: int, names: Names, rarity: Rarity) -> Topic:
    label = topic_label.label(letters, names, rarity)
    return Topic(
        place=label.place,
        matter=label.matter,
        voices=voices,
        first=messages[0].at,
        last=messages[-1].at,
        ids=tuple(message.id for message in messages),
    )


def _groups(told: Sequence[Told], rarity: Rarity) -> list[list[int]]:
    vectors = [_Vectors(*(rarity.vector(part) for part in (one.whole, one.matter, one.place))) for one in told]
    alike = _pairs(vectors, kept=KEPT, least=FAINT)
    groups = [_Group(members) for members in linkage.average(len(vectors), alike, least=ALIKE)]
    for group in groups:
        group.vectors = _sum(vectors, group.members)
    for _ in range(ROUNDS):
        joined = _joined(groups)
        if not joined:
            break
        for one, other in joined:
            groups[one].members += groups[other].members
            groups[one].vectors = _sum(vectors, groups[one].members)
        gone = {other for _, other in joined}
        groups = [group for index, group in enumerate(groups) if index not in gone]
    return [group.members for group in groups]


def _pairs(vectors: Sequence[_Vectors], *, kept: int, least: float) -> dict[tuple[int, int], float]:
    """The likeness of all that share a rare term."""
    holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
    pairs: dict[tuple[int, int], float] = {}
    for index, one in enumerate(vectors):
        shared: dict[int, float] = defaultdict(float)
        for term, value in sorted(one.whole.items(), key=lambda item: (-item[1], item[0]))[:kept]:
            for other, its in holding[term][-BACK:]:
                shared[other] += value * its
            holding[term].append((index, value))
        for other, value in shared.items():
            if value >= least and (found := value * _agreement(vectors[other], one)) >= least:
                pairs[other, index] = found
    return pairs


def _agreement(one: _Vectors, other: _Vectors) -> float:
    """What is left of a likeness, seeing whether the places, and apart from them the matters, are the same."""
    place = cosine(one.place, other.place) if one.place and other.place else SAME_PLACE
    return ramp(place, SAME_PLACE, OTHER_PLACE) * ramp(cosine(one.matter, other.matter), SAME_MATTER, OTHER_MATTER)


def _joined(groups: Sequence[_Group]) -> list[tuple[int, int]]:
    """Pairs of groups to be made one, the likest first, no group twice; two single letters were compared already."""
    pairs = _pairs([group.vectors for group in groups], kept=SUM_TERMS, least=JOINED)
    taken: set[int] = set()
    joined = []
    for (one, other), _ in sorted(pairs.items(), key=lambda item: (-item[1], item[0])):
        single = len(groups[one].members) == len(groups[other].members) == 1
        if not single and one not in taken and other not in taken:
            taken |= {one, other}
            joined.append((one, other))
    return joined


def _sum(vectors: Sequence[_Vectors], members: Sequence[int]) -> _Vectors:
    among = [vectors[member] for member in members]
    return _Vectors(
        *(
            _strongest(parts)
            for parts in ([v.whole for v in among], [v.matter for v in among], [v.place for v in among])
        )
    )


def _strongest(parts: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = defaultdict(float)
    for part in parts:
        for term, value in part.items():
            total[term] += value
    top = sorted(total.items(), key=lambda item: (-item[1], item[0]))[:SUM_TERMS]
    length = sum(value * value for _, value in top) ** 0.5 or 1.0
    return {term: value / length for term, value in top}
