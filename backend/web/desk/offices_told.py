"""What an institution's file says, in words: its promises, questions, routes and rules of casework. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.domain.explain import BEGINNINGS, spell
from backend.web.desk.view import department_name, grade_label
from dialogs.slots import SLOTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.web.desk.view import Reader
    from institutions.model import Category, Clock, Institution, Matter
    from institutions.routing import Route

MOST = 6
"""Words of a route that are told."""


def slots(one: Institution, reader: Reader) -> list[tuple[str, str]]:
    """(of which cases, what is asked)."""
    rows = [(reader.t("offices.slots.all"), one.required)]
    rows += [(reader.t(f"kind.{kind}"), keys) for kind, keys in one.required_by.items()]
    rows.append((reader.t("offices.slots.optional"), one.optional))
    return [(label, _joint((_slot(key, reader) for key in keys), reader)) for label, keys in rows if keys]


def promises(one: Institution, reader: Reader) -> list[dict[str, Any]]:
    """Each clock with its lengths, and what else is said of it."""
    return [
        {
            "name": clock.label_en if reader.language == "en" and clock.label_en else clock.label,
            "lengths": list(_lengths(one, name, clock, reader)),
            "asides": list(_asides(clock, reader)),
        }
        for name, clock in one.clocks.items()
    ]


def categories(one: Institution, reader: Reader) -> list[dict[str, Any]]:
    """Each with its department, and its matters with theirs where they differ."""
    return [
        {
            "name": reader.name(category),
            "department": department_name(one, category.department, reader),
            "matters": [
                {
                    "name": reader.name(matter),
                    "department": department_name(one, matter.department, reader) if matter.department else "",
                }
                for matter in category.matters
            ],
        }
        for category in one.categories
    ]


def routes(one: Institution, reader: Reader) -> dict[str, Any]:
    """How many, and those of the institution in words."""
    below = sum(len(item.routes) for item in _items(one))
    told = [_route(route, one, reader) for route in (*one.routes, *(r for item in _items(one) for r in item.routes))]
    return {"sum": reader.t("offices.routes.told", top=len(one.routes), below=below), "told": told}


def rules(one: Institution, reader: Reader) -> list[str]:
    """What of its casework is switched on."""
    return list(_rules(one, reader))


def counts(one: Institution, reader: Reader) -> list[tuple[str, int]]:
    """(what, how many)."""
    work = one.casework
    rows = {"faq": one.faq, "elsewhere": one.elsewhere, "replies": work.replies, "grounds": work.grounds}
    rows |= {"verdicts": work.verdicts, "outcomes": work.outcomes}
    return [(reader.t(f"offices.count.{key}"), len(found)) for key, found in rows.items()]


def _rules(one: Institution, reader: Reader) -> Iterator[str]:
    work, t = one.casework, reader.t
    plain = {
        "officer": work.officer,
        "plan": work.plan,
        "head": work.head,
        "higher": work.higher,
        "repeats": work.repeats,
        "anonymous": one.anonymous,
        "reward": work.reward is not None,
        f"confidential.{one.confidential}": one.confidential != "no",
    }
    yield from (t(f"offices.rule.{key}") for key, on in plain.items() if on)
    if work.investigators > 1:
        yield t("offices.rule.investigators", n=work.investigators)
    if work.reviews:
        yield t("offices.rule.reviews", n=work.reviews)
    if work.holds:
        yield t("offices.rule.holds", words=_joint((held.split("|")[0] for held in work.holds), reader))
    yield t("offices.rule.returns", n=work.returns)
    after, wait = (_spelt(length, reader) for length in (one.survey.after, one.survey.wait))
    at_once = not int("".join(filter(str.isdigit, one.survey.after)))
    yield t("offices.rule.survey.now" if at_once else "offices.rule.survey", after=after, wait=wait)
    yield t(f"offices.rule.reopen.{one.survey.reopen}")
    if one.survey.by_phone:
        yield t("offices.rule.by_phone", whom=_joint((t(f"calls.{why}") for why in one.survey.by_phone), reader))
    yield t("offices.rule.keep", n=one.keep_years)


def _lengths(one: Institution, name: str, clock: Clock, reader: Reader) -> Iterator[tuple[str, str]]:
    start = BEGINNINGS[clock.starts][reader.language == "en"]

    def told(length: str) -> str:
        return reader.t("offices.promise", start=start, length=_spelt(length, reader))

    if isinstance(clock.length, str):
        yield reader.t("offices.promise.every"), told(clock.length)
    else:
        yield from ((grade_label(grade, reader).text, told(length)) for grade, length in clock.length.items())
    yield from ((reader.t(f"kind.{kind}"), told(length)) for kind, length in clock.by_kind.items())
    yield from ((reader.name(item), told(item.clocks[name])) for item in _items(one) if name in item.clocks)


def _asides(clock: Clock, reader: Reader) -> Iterator[str]:
    if clock.kinds:
        yield reader.t("offices.promise.kinds", kinds=_kinds(clock.kinds, reader))
    if clock.named:
        yield reader.t("offices.promise.named")
    if more := clock.extension:
        yield reader.t("offices.promise.more", times=more.times, by=_spelt(more.by, reader))


def _route(route: Route, one: Institution, reader: Reader) -> str:
    when = []
    if route.words:
        heaviest = sorted(route.words, key=lambda word: -route.words[word])[:MOST]
        when.append(reader.t("offices.route.words", words=_joint(heaviest, reader)))
    if route.places:
        when.append(reader.t("offices.route.places", places=_joint(route.places[:MOST], reader)))
    if route.kinds:
        when.append(reader.t("offices.route.kinds", kinds=_kinds(route.kinds, reader)))
    told = reader.t("reasons.and").join(when)
    return reader.t("offices.route", when=told, department=department_name(one, route.department, reader))


def _items(one: Institution) -> list[Category | Matter]:
    return [item for category in one.categories for item in (category, *category.matters)]


def _spelt(length: str, reader: Reader) -> str:
    return spell(length, reader.language)


def _slot(key: str, reader: Reader) -> str:
    return SLOTS[key].called_in(reader.language) if key in SLOTS else key


def _kinds(kinds: tuple[str, ...], reader: Reader) -> str:
    return _joint((reader.t(f"kind.{kind}") for kind in kinds), reader)


def _joint(words: Any, reader: Reader) -> str:
    return reader.t("reasons.joint").join(words)
