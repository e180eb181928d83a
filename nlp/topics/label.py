"""A topic's name: where, and the words its letters have in common. No personal data: see ``label``."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.segment import Segmenter
from nlp.topics.terms import CODE, DATED, FORMULA, Letter, Names, Rarity, core, terms
from nlp.who import people as who

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SHARE = 0.3
"""In what share of the letters a place must be named to be the topic's."""

HEAD = 60
"""Characters of a text, where a letter has no subject that says anything, that are searched for words."""

LONGEST, WORDS = 12, 4
"""Characters and words of a phrase."""

TOLD, SECOND = 3, 0.4
"""Phrases at most; after the first, one is told where so large a share of the letters hold it."""

GLUE = frozenset(
    "的 了 在 是 和 与 及 或 也 都 就 被 把 将 向 对 从 到 为 给 让 使 而 但 又 还 很 太 吗 呢 吧 啊 该 此 其 之 等 无 不 没 没有 有 我 你 他 她 它 这 那 要 想 会 能 请 个 "
    "我家 自己 旁 旁边 附近 楼下 门口 对面 这个 那个 这里 那里 进行 存在 出现 导致 造成 发生 上 下 里 内 外 中 前 后 时 由 以 于 且 并 各 每 再 已 已经 应该 必须 需要 多 大 小 好 做 去 来 "
    "前天 昨天 今天 明天 昨晚 今早 早上 上午 中午 下午 晚上 夜里 几天 两天 三天 一天 一下 有人 有的 时候 刚才 最近".split()
)
HAN = re.compile(r"[\u4e00-\u9fff]")
UNNAMED = "其他事项"
_CUTTER = Segmenter()


@dataclass(frozen=True, slots=True)
class Label:
    """``place`` is None where the letters name none in common."""

    place: str | None
    matter: str


def label(letters: Sequence[Letter], names: Names, rarity: Rarity) -> Label:
    """Name what *letters* have in common.

    Only words that two letters or more hold are told, names of persons are
    blotted out before, numbers of houses, flats and telephones are no words,
    and a place is told no closer than its estate, street or village.
    """
    place = _place(letters, names)
    texts = [_bare(letter, names, place) for letter in letters]
    whole = [f"{head} {text}" for head, text in texts]
    held = {phrase for head, text in texts for phrase in _phrases(head) or _phrases(text[:HEAD])}
    counted = {phrase: sum(phrase in text for text in whole) for phrase in held}
    common = {phrase: count for phrase, count in counted.items() if count > 1}
    return Label(place, _matter(common, len(letters), rarity) or UNNAMED)


def _place(letters: Sequence[Letter], names: Names) -> str | None:
    """The name that most letters tell, of equally many the longest."""
    told: Counter[str] = Counter()
    for letter in letters:
        here = {core(name) for spots in letter.spots for name in spots if len(core(name)) > 1}
        here |= {name for text in (letter.subject, letter.text) for name, _, _ in names.find(text)}
        told.update(here)
    if not told:
        return None
    name, count = min(told.items(), key=lambda item: (-item[1], -len(item[0]), item[0]))
    return name if count > 1 and count >= SHARE * len(letters) else None


def _bare(letter: Letter, names: Names, place: str | None) -> tuple[str, str]:
    return (
        _blotted(letter.subject, letter.spans[0], names, place),
        _blotted(letter.text, letter.spans[1], names, place),
    )


def _blotted(text: str, spans: Iterable[tuple[int, int]], names: Names, place: str | None) -> str:
    person = who.find_name(text)
    blots = [*spans, *((start, end) for _, start, end in names.find(text))]
    if person:
        blots.append((person.start, person.end))
    for start, end in blots:
        text = text[:start] + "," * (end - start) + text[end:]
    for pattern in (CODE, DATED, FORMULA):
        text = pattern.sub(",", text)
    return text.replace(place, ",") if place else text


def _phrases(text: str) -> set[str]:
    """Runs of up to four words that neither begin nor end with one that only joins."""
    return set(_runs(_CUTTER.cut(text)))


def _runs(words: Sequence[str]) -> Iterator[str]:
    for start in range(len(words)):
        phrase = ""
        for word in words[start : start + WORDS]:
            if not HAN.match(word[-1]) and not word.isalnum():
                break
            phrase += word
            if len(phrase) > LONGEST:
                break
            if len(phrase) > 1 and words[start] not in GLUE and word not in GLUE and HAN.search(phrase):
                yield phrase


def _matter(common: dict[str, int], letters: int, rarity: Rarity) -> str:
    """The phrase that most marks the letters, and others that tell something else."""
    if not common:
        return ""
    rated = {phrase: count / letters * _weight(phrase, rarity) for phrase, count in common.items()}
    order = sorted(rated, key=lambda phrase: (-rated[phrase], phrase))
    told, terms_told = [order[0]], set(terms(order[0]))
    for phrase in order[1:]:
        if len(told) < TOLD and common[phrase] >= SECOND * letters and terms_told.isdisjoint(terms(phrase)):
            told.append(phrase)
            terms_told.update(terms(phrase))
    return "、".join(told)


def _weight(phrase: str, rarity: Rarity) -> float:
    """Longer phrases weigh more, but less than their terms together."""
    weights = [rarity.weight(term) for term in terms(phrase)]
    return float(sum(weights) / len(weights) ** 0.5) if weights else 0.0
