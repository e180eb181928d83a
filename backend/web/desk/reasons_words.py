"""Why a case was proposed where it was, in Chinese and English; desk_words joins them to the others."""

from __future__ import annotations

from typing import Final

REASONS: Final[dict[str, tuple[str, str]]] = {
    "reasons.route": ("按分派规则交{department}：{because}。", "By a routing rule for {department}: {because}."),
    "reasons.place": ("地点在“{place}”", "the place is “{place}”"),
    "reasons.kind": ("属于{kind}", "it is of the kind “{kind}”"),
    "reasons.words": ("提到{words}", "the words {words}"),
    "reasons.and": ("，", ", "),
    "reasons.joint": ("、", ", "),
    "reasons.quote": ("“{word}”", "“{word}”"),
    "reasons.named": ("市民点名{words}，所以建议{department}。", "For {department}, as the citizen names {words}."),
    "reasons.matter": ("这一项通常由{department}办理。", "This matter is usually handled by {department}."),
    "reasons.category": ("这一类通常由{department}办理。", "This category is usually handled by {department}."),
    "reasons.default": ("没有说明类别的词，先交{department}。", "No word tells the category; first to {department}."),
    "reasons.others": ("也可能归{departments}。", "It could also be for {departments}."),
    "reasons.runner_up": ("其次像“{category}”：{words}。", "Next likeliest is “{category}”: {words}."),
    "reasons.would_change": ("不提{words}，就会归到“{category}”。", "Without {words} it would be “{category}”."),
    "reasons.would_tip": ("要是还提到{words}，就会归到“{category}”。", "With {words} as well it would be “{category}”."),
}  # fmt: skip
