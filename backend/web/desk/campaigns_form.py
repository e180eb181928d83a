"""What a manager typed into the forms of a campaign, as the domain knows it; what cannot be read is named."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from backend.domain import questionnaire as q
from backend.domain.campaign import Population, Schedule
from backend.domain.lifecycle import Status
from backend.domain.questionnaire import Option, Question, Questionnaire, Rule
from backend.services.campaigns.planning import BadCampaign

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

RULES = 3
"""Rules that a form has room for."""
SPLIT = re.compile(r"[\s,，、;；]+")
RANGE = re.compile(r"(\d{1,2})[-–~到至](\d{1,2})")
MOVES = {"up": -1, "down": 1}
MOST_LINES = 40
MOST_CHOSEN, LONGEST_CHOSEN = 200, 128
"""Of one kind of condition, and characters of one: more is no form of ours, and no database takes any number."""
LONGEST_LINE, LONGEST_ID = 200, 16  # characters
MOST_ANSWERS = 20
"""Of one rule; a scale has eleven."""
YEARS = range(2000, 9000)
"""The first and the last day there are cannot be told in every zone; a page that shows them would break."""


def population(typed: Mapping[str, str]) -> Population:
    """Raises: BadCampaign."""
    try:
        first, last = (date.fromisoformat(typed.get(key, "")) for key in ("first", "last"))
    except ValueError:
        raise BadCampaign("period") from None
    if not {first.year, last.year} <= set(YEARS):
        raise BadCampaign("period")
    kinds = ("categories", "districts", "departments", "statuses", "sources")
    chosen = [tuple(part for part in typed.get(key, "").split(",") if part) for key in kinds]
    if any(len(some) > MOST_CHOSEN or any(len(one) > LONGEST_CHOSEN for one in some) for some in chosen):
        raise BadCampaign("about")
    about = Population(first, last, *chosen)
    if not set(about.statuses) <= set(Status):
        raise BadCampaign("about")
    return about


def plan(typed: Mapping[str, str], zone: ZoneInfo) -> tuple[dict[str, Any], Schedule]:
    """Raises: BadCampaign."""
    try:
        start, end = (datetime.fromisoformat(typed.get(key, "")).replace(tzinfo=zone) for key in ("start", "end"))
    except ValueError:
        raise BadCampaign("schedule") from None
    if not {start.year, end.year} <= set(YEARS):
        raise BadCampaign("schedule")
    caps = {key: _number(typed.get(key, "")) if typed.get(key, "").strip() else None for key in ("per_day", "per_hour")}
    seed = typed.get("seed", "").strip()[:40]
    size = _number(typed.get("size", "") or "0")
    sample = {"how": typed.get("how", ""), "size": size, "seed": seed, "by": typed.get("by", "")}
    return sample, Schedule(start, end, **caps)


def changed(asked: Questionnaire, typed: Mapping[str, str]) -> Questionnaire:
    """With one question added, changed, moved or taken out. Raises: BadCampaign."""
    key, do = typed.get("question", ""), typed.get("do", "save")
    place = next((n for n, one in enumerate(asked.questions) if one.id == key), None)
    if key and place is None:
        raise BadCampaign("question")
    questions = list(asked.questions)
    if place is None:
        questions.append(_question(typed, _free(asked)))
    elif do == "remove":
        del questions[place]
    elif do in MOVES:
        there = min(max(place + MOVES[do], 0), len(questions) - 1)
        questions.insert(there, questions.pop(place))
    else:
        questions[place] = _question(typed, key)
    return Questionnaire(asked.zh, asked.en, tuple(questions))


def introduced(asked: Questionnaire, typed: Mapping[str, str]) -> Questionnaire:
    """With other words before the first question. Raises: BadCampaign."""
    zh, en = typed.get("zh", "").strip(), typed.get("en", "").strip()
    if max(len(zh), len(en)) > q.LONGEST_QUESTION:
        raise BadCampaign("intro", str(q.LONGEST_QUESTION))
    return Questionnaire(zh, en, asked.questions)


def answers_typed(rule: Rule) -> str:
    """A rule's answers as they stand in its field."""
    return ",".join(rule.answers)


def _question(typed: Mapping[str, str], key: str) -> Question:
    kind = typed.get("kind", "")
    if kind not in q.KINDS:
        raise BadCampaign("kind", kind[:20])
    zh, en = typed.get("zh", "").strip(), typed.get("en", "").strip()
    if not zh:
        raise BadCampaign("empty")
    if max(len(zh), len(en)) > q.LONGEST_QUESTION:
        raise BadCampaign("long", str(q.LONGEST_QUESTION))
    options = _options(typed.get("options", "")) if kind in {q.CHOICE, q.SEVERAL} else ()
    rules = tuple(_rules(typed)) if kind not in {q.TEXT, q.PHOTO} else ()
    return Question(key, kind, zh, en, "required" in typed, options, rules)


def _options(told: str) -> tuple[Option, ...]:
    """One a line, the English after a bar. Raises: BadCampaign: a line is longer than any could be."""
    lines = [line.strip() for line in told.splitlines() if line.strip()][:MOST_LINES]
    if any(len(line) > LONGEST_LINE for line in lines):
        raise BadCampaign("option.long", str(q.LONGEST_OPTION))
    pairs = [re.split(r"[|｜]", line, maxsplit=1) for line in lines]
    return tuple(
        Option(str(place), pair[0].strip(), pair[1].strip() if len(pair) > 1 else "")
        for place, pair in enumerate(pairs, start=1)
    )


def _rules(typed: Mapping[str, str]) -> list[Rule]:
    found = []
    for n in range(1, RULES + 1):
        to, told = typed.get(f"to{n}", ""), typed.get(f"if{n}", "").strip()
        if to and told:
            answers = _values(told)
            if len(answers) > MOST_ANSWERS or len(to) > LONGEST_ID:
                raise BadCampaign("rules")
            found.append(Rule(answers, to))
    return found


def _values(told: str) -> tuple[str, ...]:
    """``1,2`` or ``0-6``. Of very many, the first."""
    found: list[str] = []
    for part in SPLIT.split(told)[: MOST_ANSWERS + 1]:
        if span := RANGE.fullmatch(part):
            found += [str(n) for n in range(int(span[1]), int(span[2]) + 1)]
        elif part:
            found.append(part[:8])
    return tuple(dict.fromkeys(found))


def _free(asked: Questionnaire) -> str:
    numbers = [int(one.id[1:]) for one in asked.questions if one.id[1:].isdecimal()]
    return f"q{max(numbers, default=0) + 1}"


def _number(told: str) -> int:
    plain = told.strip()
    if not plain.isascii() or not plain.isdecimal() or len(plain) > 9:
        raise BadCampaign("number", told[:20])
    return int(plain)
