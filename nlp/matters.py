"""Whether a message tells one matter or several, and where each is told.

A message is cut where citizens say that another thing follows, and at the
ends of sentences; the cuts count only where both sides are about different
categories, the more plainly so the less is said of another thing. One matter
with its consequences and demands stays one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp import evidence
from nlp.facts import Matter
from nlp.segment import UNDERSTOOD, normal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nlp.facts import Proposal

BEGINS = r"(?:(?<=[,。!?;:\s])|^)"
ANOTHER = re.compile(
    BEGINS
    + r"(?:另外(?!一[个边家栋位条侧]|[,]?(?:请|麻烦|希望|也)?(?:尽快|早日|给|回复|答复|联系|回电|补充|附))|此外|除此之外|(?:还有|再有|另有)(?:一?[件个](?:事|问题)|就是)|还有[,:]|再说一?[件个]|再(?:反映|投诉|咨询|问)一|顺便(?:再)?(?:问|说|反映|咨询|投诉)(?:一下|下|一声)?|对了[,\s]"
    r"|(?:我|也)?还(?:想|要|得)(?:再)?(?:反映|问|投诉|咨询|举报|说)|(?:第[二三四]|另一?)(?:[件个](?:事|问题)?)(?!月|星期|礼拜|人|孩子|周|次)|其[二三次]|二是|三是|问题[二三]|(?i:another (?:thing|matter|problem|issue)|by the way\b|also,))"
)
"""Said before another thing."""

LISTED = re.compile(
    BEGINS
    + r"(?:[(]?(?:[1-9]|[一二三四五六七八九])(?:[)、]|\.(?!\d))|[①②③④⑤⑥⑦⑧⑨]|第[一二三四][,:点是]|同时[,:我]|一是|首先|问题一|第一[件个])"
)
"""Points of a list: of one matter as often as of several."""

SENTENCE = re.compile(r"[。!?\n]+")
SHORTEST = {"another": 6, "listed": 10, "sentence": 10}
"""Characters that a part must hold to tell a matter, by what cuts it off."""

SURE = {"another": 0.4, "listed": 0.5, "sentence": 0.8}
"""The share that the first category of either side must reach at least, by what stands at the cut."""

NAMED = 0.3
"""The share of its first category from which a heading names a matter: "两个问题:" does not."""

OF_WHOLE = {"another": 0.0, "listed": 0.005, "sentence": 0.1}
OF_STORY = {"another": 0.01, "listed": 0.1, "sentence": 0.1}
"""The share that the category of each part must have in the whole message: what is told in passing has none."""

STORY = 200
"""A message longer than this tells a story, and its sentences lead from one thing to the next: only cues cut it."""

MOST = 24
"""A message in more parts than this is no list of matters, and reading each would take long."""

SHARED = 0.2
"""Two parts speak of one matter where the category of one has this share in the other."""


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    cut: str  # what stands at its beginning: another, listed, sentence
    proposal: Proposal


def split(
    text: str,
    whole: Proposal,
    propose: Callable[[str], Proposal],
    *,
    glance: Callable[[str], Proposal] | None = None,
) -> tuple[Matter, ...]:
    """The matters that *text* tells, in order, with a proposal each; empty where it tells one.

    *whole* is the classifier's proposal for all of it, *propose* and *glance* the classifier's.
    Offsets are those of *text*, of which the first 4,000 characters are read, each at most twice.
    """
    plain = normal(text[:UNDERSTOOD])
    cuts = _cuts(plain)
    if len(cuts) < 2 or not _may_differ(cuts, whole):
        return ()
    shown = [(one.start, one.end) for one in evidence.find(plain)]  # "另外我有合同" is no matter of contracts
    plain, text = _without(plain, shown), _without(text, shown)
    groups: list[_Part] = []
    named = False  # the points that follow are those of a matter that was named: 物业不作为:一、… 二、…
    for part in _parts(text, plain, cuts, glance or propose):
        heading = plain[max(0, part.start - 4) : part.start].rstrip().endswith(":")
        named = named or bool(heading and groups and _share(groups[-1].proposal) >= NAMED)
        if groups and (heading or (named and part.cut == "listed") or not _differs(groups[-1], part)):
            groups[-1] = _joined(groups[-1], part)
        else:
            groups.append(part)
    if len(groups) < 2 or not _all_weigh(groups, whole, long=len(plain) > STORY):
        return ()
    return tuple(Matter(part.start, part.end, propose(text[part.start : part.end])) for part in groups)


def _may_differ(cuts: list[tuple[int, str]], whole: Proposal) -> bool:
    """Spares a plain message the reading of its sentences: they could weigh nothing beside the first category."""
    runner_up = whole.runner_up.score if whole.runner_up else 0.0
    return runner_up >= OF_WHOLE["sentence"] or any(cut != "sentence" for _, cut in cuts)


def _cuts(plain: str) -> list[tuple[int, str]]:
    """Where parts begin, and by what; the strongest where several fall together. None where there are too many."""
    found = {0: "sentence"}
    if len(plain) <= STORY:
        found |= {match.end(): "sentence" for match in SENTENCE.finditer(plain) if match.end() < len(plain)}
    found |= {match.start(): "listed" for match in LISTED.finditer(plain)}
    found |= {match.start(): "another" for match in ANOTHER.finditer(plain)}
    cuts = sorted(found.items())
    return cuts if len(cuts) <= MOST else []


def _parts(text: str, plain: str, cuts: list[tuple[int, str]], propose: Callable[[str], Proposal]) -> Iterator[_Part]:
    ends = [start for start, _ in cuts[1:]] + [len(plain)]
    for (start, cut), end in zip(cuts, ends, strict=True):
        if plain[start:end].strip():
            yield _Part(start, end, cut, propose(text[start:end]))


def _differs(before: _Part, part: _Part) -> bool:
    """Whether *part* tells another matter than what stands before it."""
    sure = SURE[part.cut]
    if min(before.end - before.start, part.end - part.start) < SHORTEST[part.cut]:
        return False
    if min(_share(before.proposal), _share(part.proposal)) < sure:
        return False
    return _in(before.proposal, part.proposal) < SHARED and _in(part.proposal, before.proposal) < SHARED


def _all_weigh(groups: list[_Part], whole: Proposal, *, long: bool) -> bool:
    """Whether each part's category has its share in *whole*; the first is cut off by what begins the second."""
    needed = OF_STORY if long else OF_WHOLE
    cuts = [groups[1].cut, *(part.cut for part in groups[1:])]
    return all(_in(part.proposal, whole) >= needed[cut] for part, cut in zip(groups, cuts, strict=True))


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "," * (end - start) + text[end:]
    return text


def _share(proposal: Proposal) -> float:
    return proposal.confidence


def _in(one: Proposal, other: Proposal) -> float:
    """What share the first category of *one* has in *other*."""
    first = one.best.category_id
    return next((candidate.score for candidate in other.top if candidate.category_id == first), 0.0)


def _joined(before: _Part, part: _Part) -> _Part:
    """Both as one, about what the surer of them is about."""
    surer = max((before.proposal, part.proposal), key=_share)
    return _Part(before.start, part.end, before.cut, surer)
