"""What stands on the pages of a campaign: its forms filled in, whom it could ask, phones, progress and answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import questionnaire as q
from backend.domain import sampling, scope
from backend.domain.lifecycle import Status
from backend.domain.questionnaire import END, Answer, NoAnswer, Wrong
from backend.services.campaigns.answering import ask_of
from backend.services.campaigns.planning import STRATA, BadCampaign, Count
from backend.services.privacy.masking import masked_text
from backend.web.desk import campaigns_form as forms
from backend.web.desk import channels as desk_channels
from backend.web.desk.campaigns_words import CAMPAIGNS
from backend.web.desk.view import Label, department_name, status_label
from dialogs.conversation import Conversation
from dialogs.events import PollDue, Polled
from dialogs.filed import poll
from dialogs.messages import Outbound, Peer, Say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from backend.domain.campaign import Cell
    from backend.domain.case import Actor
    from backend.domain.questionnaire import Question, Questionnaire
    from backend.domain.scope import Scope
    from backend.services.campaigns.results import Progress, Result, Row
    from backend.site import Site
    from backend.store.campaigns import Campaign
    from backend.web.desk.view import Reader
    from institutions.model import Institution

TONES = {"draft": "", "running": "good", "stopped": "warn", "ended": ""}
TOO_LATE = frozenset({"sent", "not_running", "not_stopped"})
ANCHORS = {"population": "who", "intro": "questions", "question": "questions", "plan": "plan"}
LOOKS = ("wechat", "telegram", "web")
SHARE_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Found:
    """All that one page is made of; of a draft whom it could ask, of the others what came back."""

    campaign: Campaign
    home: Institution
    asked: Questionnaire
    count: Count | BadCampaign | None = None
    wrongs: Sequence[Wrong] = ()
    kinds: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    progress: Progress | None = None
    results: Sequence[Result] = ()
    cut: str = ""  # by what the answers are grouped


def scope_of(by: Actor) -> Scope:
    """Of which cases the districts and sources are offered."""
    return scope.of(by)


def wrong(error: BadCampaign | Wrong, reader: Reader) -> str:
    """Why something cannot be so, in a sentence."""
    place = error.place if isinstance(error, BadCampaign) else error.question
    key = f"campaign.wrong.{error.key}"
    told = reader.t(key, what=error.what) if key in CAMPAIGNS else error.key
    return reader.t("campaign.wrong.at", place=place, told=told) if place else told


def row(campaign: Campaign, told: Progress, site: Site, reader: Reader) -> dict[str, Any]:
    """One line of the list."""
    home = site.institutions[campaign.institution]
    return {
        "id": campaign.id,
        "title": _title(campaign, reader),
        "home": reader.name(home),
        "state": state(campaign, reader),
        "made": reader.moment(campaign.made_at, home),
        "by": campaign.by,
        "asked": told.asked,
        "done": told.done,
        "share": _share(told.answered.share),
    }


def state(campaign: Campaign, reader: Reader) -> Label:
    """Where it stands, in words."""
    return Label(reader.t(f"campaign.state.{campaign.state}"), TONES[campaign.state])


def whole(found: Found, site: Site, reader: Reader) -> dict[str, Any]:
    """The page of one campaign."""
    campaign = found.campaign
    context = {
        "may": True,
        "id": campaign.id,
        "title": _title(campaign, reader),
        "campaign": campaign,
        "home": reader.name(found.home),
        "state": state(campaign, reader),
        "draft": campaign.state == "draft",
        "phones": _phones(campaign, found.asked, next(iter(found.asked.questions), None), site, reader),
        "questions": [_edited(found, one, reader) for one in found.asked.questions],
        "intro": found.asked,
        "strata": [(key, reader.t(f"campaign.by.{key}")) for key in STRATA],
        "hows": [(key, reader.t(f"campaign.how.{key}")) for key in sampling.WAYS],
        "times": _times(campaign, found.home),
    }
    if context["draft"]:
        return context | _drafted(found, site, reader)
    return context | _sent(found, reader)


def tried(
    campaign: Campaign, asked: Questionnaire, query: Mapping[str, str], site: Site, reader: Reader
) -> dict[str, Any]:
    """The run-through: what was answered so far as the address says, and the question that comes next, on the phones."""
    answers: dict[str, Answer] = {}
    problem = ""
    for one in asked.questions:
        if one.id not in query:
            continue
        told = query.getall(one.id) if hasattr(query, "getall") else [query[one.id]]
        try:
            answers[one.id] = _tried(one, [part for part in told if part])
        except NoAnswer as error:
            problem = reader.t(f"campaign.no.{error.why}")
    passed, open_ = q.way(asked, answers)
    kept = [(one.id, value) for one in passed for value in (answers[one.id].values or (answers[one.id].text or "",))]
    return {
        "may": True,
        "title": _title(campaign, reader),
        "problem": problem,
        "passed": [(one.text(reader.language), _said(one, answers[one.id], reader)) for one in passed],
        "kept": kept,
        "open": open_,
        "of": (asked.questions.index(open_) + 1, len(asked.questions)) if open_ else None,
        "text": open_.text(reader.language) if open_ else "",
        "phones": _phones(campaign, asked, open_, site, reader),
        "options": [(value, open_.label(value, reader.language)) for value in open_.values] if open_ else [],
        "broken": [wrong(one, reader) for one in q.wrongs(asked)],
    }


def sheet(
    asked: Questionnaire, rows: Iterable[Row], cut: str, home: Institution, reader: Reader
) -> list[list[str | int | float]]:
    """The rows of a file, its headings first: a person a row, nobody by name."""
    group = [reader.t(f"campaign.by.{cut}")] if cut else []
    heads = [reader.t("campaign.file.state"), *group, reader.t("campaign.file.weight")]
    table: list[list[str | int | float]] = [
        [*heads, *(f"{n}. {one.text(reader.language)}" for n, one in enumerate(asked.questions, start=1))]
    ]
    for each in rows:
        told = [_said(one, each.answers[one.id], reader) if one.id in each.answers else "" for one in asked.questions]
        first = [reader.t(f"campaign.person.{each.state}")]
        first += [_group(each.group, cut, home, reader) if each.group else reader.t("campaign.hidden")] if cut else []
        table.append([*first, round(each.weight, 4), *told])
    return table


def counted(count: Count | BadCampaign | None, reader: Reader) -> dict[str, Any]:
    """Whom it could ask, or why nobody can say."""
    told = count if isinstance(count, Count) else None
    return {
        "count": told,
        "uncounted": wrong(count, reader) if isinstance(count, BadCampaign) else "",
        "left_out": [(reader.t(f"campaign.out.{why}"), n) for why, n in told.left_out.items()] if told else [],
        "unsaved": False,
    }


def _drafted(found: Found, site: Site, reader: Reader) -> dict[str, Any]:
    about, home, count = found.campaign.about, found.home, found.count
    districts, sources = found.kinds
    checks = [
        ("categories", [(one.id, reader.name(one)) for one in home.categories], about.categories),
        ("departments", [(one.id, reader.name(one)) for one in home.departments], about.departments),
        ("districts", [(one, one) for one in districts], about.districts),
        ("statuses", [(str(one), status_label(one, reader).text) for one in Status], about.statuses),
        ("sources", [(one, desk_channels.called(site.settings, one, reader=reader)) for one in sources], about.sources),
    ]
    told = count if isinstance(count, Count) else None
    return counted(count, reader) | {
        "about": about,
        "checks": [
            (key, reader.t(f"campaign.about.{key}"), options, chosen) for key, options, chosen in checks if options
        ],
        "strata_of": [(_group(key, str(found.campaign.sample["by"]), home, reader), n) for key, n in _largest(told)],
        "wrongs": [wrong(one, reader) for one in found.wrongs],
        "ready": bool(told and told.may and not found.wrongs),
        "kinds": [(key, reader.t(f"campaign.kind.{key}")) for key in q.KINDS],
        "rules": range(1, forms.RULES + 1),
        "targets": _targets(found.asked, reader),
        "to_draw": _to_draw(found.campaign, told),
        "most_asked": home.survey.most_asked,
        "quiet": home.drafts.quiet,
    }


def _sent(found: Found, reader: Reader) -> dict[str, Any]:
    campaign, told = found.campaign, found.progress
    if told is None:
        raise AssertionError("what was sent has progress")
    keys = ("drawn", "to_come", "asked", "done", "half", "left", "refused", "lost", "dropped", "withdrawn")
    low, high = told.answered.low, told.answered.high
    return {
        "progress": told,
        "told": [(key, reader.t(f"campaign.told.{key}"), getattr(told, key)) for key in keys],
        "answered": _share(told.answered.share),
        "between": reader.t("campaign.between", low=_share(low), high=_share(high)) if told.asked else "",
        "bar": [_wide(n, told.drawn) for n in (told.done, told.half, told.asked - told.done - told.half)],
        "of": campaign.drawn.get("of", 0),
        "drawn_out": [(reader.t(f"campaign.out.{why}"), n) for why, n in campaign.drawn.get("left_out", {}).items()],
        "results": [_result(n, one, found, reader) for n, one in enumerate(found.results, start=1)],
        "divided": len(campaign.drawn.get("strata", {})) > 1,
    }


def _edited(found: Found, one: Question, reader: Reader) -> dict[str, Any]:
    rules = [(forms.answers_typed(rule), rule.to) for rule in one.rules]
    rules += [("", "")] * (forms.RULES - len(rules))
    return {
        "id": one.id,
        "place": found.asked.questions.index(one) + 1,
        "kind": one.kind,
        "kind_label": reader.t(f"campaign.kind.{one.kind}"),
        "zh": one.zh,
        "en": one.en,
        "text": one.text(reader.language),
        "required": one.required,
        "options": "\n".join(f"{option.zh} | {option.en}" if option.en else option.zh for option in one.options),
        "labels": [one.label(value, reader.language) for value in one.values] if one.options else [],
        "rules": list(enumerate(rules[: forms.RULES], start=1)),
        "leads": [_lead(found.asked, one, rule, reader) for rule in one.rules],
    }


def _lead(asked: Questionnaire, one: Question, rule: q.Rule, reader: Reader) -> str:
    known = {value: one.label(value, reader.language) for value in one.values}
    answers = "、".join(known.get(value, value) for value in rule.answers)
    target = asked.get(rule.to)
    to = reader.t("campaign.end") if rule.to == END else str(asked.questions.index(target) + 1) if target else "?"
    return reader.t("campaign.lead", answers=answers, to=to)


def _targets(asked: Questionnaire, reader: Reader) -> list[tuple[str, str]]:
    found = [(one.id, f"{n}. {one.text(reader.language)[:24]}") for n, one in enumerate(asked.questions, start=1)]
    return [("", reader.t("campaign.next")), *found, (END, reader.t("campaign.end"))]


def _times(campaign: Campaign, home: Institution) -> dict[str, str]:
    zone = ZoneInfo(home.timezone)
    ends = {"start": campaign.starts_at, "end": campaign.ends_at}
    return {key: f"{at.astimezone(zone):%Y-%m-%dT%H:%M}" if at else "" for key, at in ends.items()}


def _largest(told: Count | None) -> list[tuple[str, int]]:
    return sorted(told.strata.items(), key=lambda one: (-one[1], one[0]))[:20] if told else []


def _to_draw(campaign: Campaign, told: Count | None) -> int:
    if told is None:
        return 0
    return told.may if campaign.sample["how"] == sampling.ALL else min(told.may, int(campaign.sample["size"]))


def _phones(
    campaign: Campaign, asked: Questionnaire, question: Question | None, site: Site, reader: Reader
) -> list[dict[str, Any]]:
    """A question as it will be seen, drawn by the channels that would send it; none: there is nothing to see."""
    if question is None:
        return []
    kinds: dict[str, str] = {channel.kind: channel.name for channel in site.settings.channel}
    say = _says(campaign, asked, question, site.institutions[campaign.institution], reader)
    phones = []
    for looks in LOOKS:
        labels = [choice.label for choice in say.choices]
        bubbles: list[tuple[str, Any, bool]] = [(say.text, [[label] for label in labels], False)]
        channel = site.channels.get(kinds.get(looks, ""))
        if channel is not None:
            shown = channel.preview(Outbound(Peer(channel.name, ""), say, "preview", "", "campaign"))
            bubbles = [(one.text, one.rows, one.keys) for one in shown.bubbles] or bubbles
        phones.append({"looks": looks, "name": reader.t(f"channel.{looks}"), "bubbles": bubbles})
    return phones


def _says(campaign: Campaign, asked: Questionnaire, question: Question, home: Institution, reader: Reader) -> Say:
    """What the chat says to ask it: the first with the words before, the others as they come after an answer."""
    first = question == asked.questions[0]
    ask, talk = ask_of(campaign, asked, question, reader.language, first=first), Conversation(language=reader.language)
    if first:
        _, effects = poll.due(talk, PollDue(_title(campaign, reader), asked.intro(reader.language), ask))
    else:
        _, effects = poll.polled(home, talk, Polled(campaign.id, ask=ask))
    return next(effect for effect in effects if isinstance(effect, Say))


def _result(place: int, one: Result, found: Found, reader: Reader) -> dict[str, Any]:
    question = one.question
    return {
        "place": place,
        "text": question.text(reader.language),
        "kind": reader.t(f"campaign.kind.{question.kind}"),
        "answered": one.told.answered,
        "passed": one.told.passed,
        "mean": f"{one.told.mean:.2f}" if one.told.mean is not None else "",
        "cells": [_cell(question, cell, reader) for cell in one.told.cells],
        "groups": list(_groups(one, found, reader)),
        "heads": [question.label(value, reader.language) for value in question.values],
        "words": one.words,
        "photos": one.photos,
        "pictured": one.pictured,
        "more": one.told.answered > len(one.words) if one.words else one.pictured > len(one.photos),
    }


def _groups(one: Result, found: Found, reader: Reader) -> Iterator[dict[str, Any]]:
    for group in one.groups:
        yield {
            "label": _group(group.name, found.cut, found.home, reader),
            "answered": group.answered,
            "cells": [_share(cell.share) if cell.count is not None else None for cell in group.cells],
        }


def _cell(question: Question, cell: Cell, reader: Reader) -> dict[str, Any]:
    return {
        "label": question.label(cell.value, reader.language),
        "count": cell.count or 0,
        "share": _share(cell.share),
        "wide": round((cell.share or 0) * SHARE_WIDTH, 1),
        "between": reader.t("campaign.between", low=_share(cell.low), high=_share(cell.high))
        if cell.share is not None
        else "",
    }


def _group(key: str, cut: str, home: Institution, reader: Reader) -> str:
    if not key:
        return reader.t("campaign.nowhere")
    if cut == "department":
        return department_name(home, key, reader)
    if cut == "category":
        return next((reader.name(one) for one in home.categories if one.id == key), key)
    return key


def _said(one: Question, answer: Answer, reader: Reader) -> str:
    if answer.values:
        return "、".join(one.label(value, reader.language) for value in answer.values)
    if answer.photos:
        return reader.t("campaign.photos", n=len(answer.photos))
    return masked_text(answer.text)


def _tried(one: Question, told: list[str]) -> Answer:
    """What was tapped or typed in the run-through; a photo is only said to be one."""
    if one.kind == q.PHOTO:
        return q.take(one, photos=(1,) if told else ())
    if one.kind == q.TEXT:
        return q.take(one, text=told[0] if told else "")
    return q.take(one, values=told)


def _title(campaign: Campaign, reader: Reader) -> str:
    return campaign.title_en if reader.language == "en" and campaign.title_en else campaign.title


def _share(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"


def _wide(part: int, whole: int) -> float:
    return round(SHARE_WIDTH * part / whole, 2) if whole else 0.0
