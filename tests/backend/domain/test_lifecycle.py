"""The one table of the life of a case is complete, and every institution can walk it."""

from itertools import pairwise
from string import Formatter

import pytest

from backend.domain.lifecycle import CITIZEN, CORE, PLAIN, RULES, SYSTEM, Status, allowed, moves, notice, stages
from institutions.model import Category, Clock, Department, Institution

ROLES = frozenset({"intake", "dispatcher", "handler", "reviewer", "coordinator", "manager", "auditor", "admin"})
EVERY_STAGE = tuple(status.value for status in Status)


def town(*on: str) -> Institution:
    return Institution(
        id="town",
        code="TW",
        name="小镇",
        name_en="Town",
        accepts="小镇的事",
        accepts_en="Town matters",
        departments=(Department(id="works", name="工务"),),
        categories=(Category(id="roads", name="路", department="works"),),
        default_department="works",
        clocks={"answer": Clock(label="答复", stops=("answered",), length="7d")},
        stages=on,
    )


def reachable(institution: Institution) -> set[Status]:
    found, edge = {Status.RECEIVED}, {Status.RECEIVED}
    while edge:
        edge = {to for current, to, _ in moves(institution) if current in edge} - found
        found |= edge
    return found


def test_every_status_has_a_rule_and_can_be_reached():
    assert set(RULES) == set(Status) == reachable(town(*EVERY_STAGE))


@pytest.mark.parametrize("on", [(), *((status,) for status in EVERY_STAGE)], ids=lambda on: on[0] if on else "core")
def test_every_status_an_institution_uses_can_be_reached_in_it_and_ends_closed(on):
    institution = town(*on)

    unreached = stages(institution) - reachable(institution)

    assert unreached <= {Status(status) for status in on}
    assert Status.CLOSED in reachable(institution)


@pytest.mark.parametrize("status", Status)
def test_every_status_is_labelled_in_both_languages_and_told_in_both_or_neither(status):
    rule = RULES[status]

    assert rule.label
    assert rule.label_en
    assert bool(rule.told) == bool(rule.told_en)


def test_labels_tell_statuses_apart():
    assert (
        len({rule.label for rule in RULES.values()}) == len({rule.label_en for rule in RULES.values()}) == len(Status)
    )


@pytest.mark.parametrize("status", Status)
def test_both_languages_tell_the_same_facts_and_what_was_asked_for_is_told(status):
    rule = RULES[status]
    told, told_en = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in (rule.told, rule.told_en))

    assert told == told_en
    assert told <= {"number", "department", "answer", "ground", "note"}
    assert not rule.told or {"number", *rule.needs} <= told


@pytest.mark.parametrize("on", [(), EVERY_STAGE], ids=["core", "every stage"])
def test_in_every_institution_a_received_case_may_be_accepted_and_then_assigned_by_a_handler(on):
    handler = frozenset({"handler"})

    assert Status.ACCEPTED in allowed(town(*on), Status.RECEIVED, handler)
    assert Status.ASSIGNED in allowed(town(*on), Status.ACCEPTED, handler)
    assert RULES[Status.ACCEPTED].needs == ()


def test_a_handler_alone_can_bring_a_case_from_its_filing_to_its_end():
    handler, town_hall = frozenset({"handler"}), town()
    way = [Status.RECEIVED, Status.ACCEPTED, Status.ASSIGNED, Status.ANSWERED, Status.CLOSED]

    assert all(to in allowed(town_hall, current, handler) for current, to in pairwise(way))


def test_the_citizen_is_told_of_acceptance_assignment_answer_and_end():
    silent = {status for status in Status if not RULES[status].told}

    assert not silent & {Status.ACCEPTED, Status.ASSIGNED, Status.REFUSED, Status.ANSWERED, Status.CLOSED}


def test_what_the_contract_asks_for_is_asked_for():
    assert RULES[Status.REFUSED].needs == ("ground",)
    assert RULES[Status.ANSWERED].needs == ("answer",)
    assert RULES[Status.ASSIGNED].needs == ("department",)


@pytest.mark.parametrize("status", Status)
def test_every_move_is_somebodys_whom_we_know(status):
    assert all(who and who <= ROLES | {CITIZEN, SYSTEM} for who in RULES[status].then.values())


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.ARCHIVED}))
def test_no_case_gets_stuck_but_in_the_archive(status):
    assert allowed(town(*EVERY_STAGE), status, frozenset({"manager"}))


def test_a_stage_switched_off_is_nowhere_to_go():
    assert all({current, to} <= CORE for current, to, _ in moves(town()))
    assert Status.MEDIATING not in allowed(town(), Status.ASSIGNED, frozenset({"manager"}))


def test_an_auditor_moves_nothing():
    assert not any("auditor" in who for _, _, who in moves(town(*EVERY_STAGE)))


@pytest.mark.parametrize(
    ("status", "language", "given", "told"),
    [
        (
            Status.REFUSED,
            "zh",
            {"ground": "已超过三年"},
            "您的诉求（N）不能受理，依据是：已超过三年。",
        ),
        (
            Status.REFUSED,
            "en",
            {"ground": "it is over three years old", "note": "A court can still help"},
            "Your case (N) cannot be accepted. Ground: it is over three years old. A court can still help.",
        ),
        (
            Status.REFUSED,
            "en",
            {"ground": "Too old."},
            "Your case (N) cannot be accepted. Ground: Too old.",
        ),
        (Status.ASSIGNED, "zh", {}, "您的诉求（N）已交工务办理。"),
        (Status.ASSIGNED, "en", {}, "Your case (N) is now with 工务."),
        (Status.ACCEPTED, "zh", {"note": " 周三上门！ "}, "您的诉求（N）已受理。周三上门！"),
        (
            Status.ANSWERED,
            "zh",
            {"answer": "灯修好了。{x}"},
            "您的诉求（N）有答复了。\n工务：灯修好了。{x}\n如有反复，直接在这里说一声。",
        ),
        (Status.REVIEWING, "zh", {"note": "内部"}, ""),
    ],
)
def test_a_notice_reads_like_a_sentence_however_the_desk_typed(status, language, given, told):
    assert notice(status, language, number="N", department="工务", given=given) == told


def test_a_citizen_reads_plain_words_for_every_status_and_a_form_has_room_for_them():
    assert PLAIN.keys() == RULES.keys()
    assert [words for words, _ in PLAIN.values() if len(words) > 5 or "待" in words or "予" in words] == []
