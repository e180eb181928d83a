"""Citizens' suggestions (seed 003): acknowledged in a day, answered in fifteen, adopted, referred or noted, with thanks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

IDEA = "建议增加公交车班次，地铁口加公交站"
TOLD = {"area": "幸福路公交站", "benefit": "老人等车不累"}
EVE = "2026-09-30 16:40"  # then seven days of holiday; Saturday the 10th is worked


def test_an_idea_is_told_with_where_it_belongs_and_what_good_it_does(office: Office) -> None:
    number = office.files(IDEA, **TOLD)

    case = office.case(number)
    assert case.kind == "suggestion"
    assert case.facts["extra"] == {"area": "幸福路公交站", "benefit": "老人等车不累"}


def test_it_is_acknowledged_within_one_working_day_and_answered_within_fifteen(office: Office) -> None:
    number = office.files(IDEA, EVE, **TOLD)

    assert office.due(number) == {"accept": "2026-10-08 17:30", "answer": "2026-10-27 17:30"}


@pytest.mark.parametrize(
    ("story", "category"),
    [
        (IDEA, "transport"),
        ("建议河边多种树，别再往河里排污水，改善空气和水质", "environment"),
        ("建议医院增加周末门诊，挂号方便些", "health"),
        ("建议学校放学后开放操场，多请些老师", "education"),
    ],
)
def test_the_topic_says_who_looks_into_it(office: Office, story: str, category: str) -> None:
    case = office.case(office.files(story, **TOLD))

    assert case.category_id == category
    assert case.department_id == office.institution.category(category).department


@pytest.mark.parametrize("verdict", ["adopted", "referred", "noted"])
def test_it_is_adopted_referred_or_noted_and_the_citizen_rates_the_result(office: Office, verdict: str) -> None:
    number = office.files(IDEA, **TOLD)
    office.walks(number, "accepted", "assigned")

    office.does(number, "verdict", verdict=verdict)
    office.move(number, "answered", answer="谢谢您的建议。")

    assert office.case(number).record["verdict"] == verdict
    assert "谢谢您的建议" in office.told(number)
    assert office.rates(number).status == "closed"


def test_there_is_no_fourth_verdict(office: Office) -> None:
    assert [row.id for row in office.institution.casework.verdicts] == ["adopted", "referred", "noted"]


def test_each_verdict_has_words_of_thanks_to_answer_with(office: Office) -> None:
    replies = {reply.id: reply.text for reply in office.institution.casework.replies}

    assert all("谢谢" in replies[key] for key in ("adopted", "referred", "noted"))


def test_good_ones_go_into_the_digest_for_leaders(office: Office) -> None:
    number = office.files(IDEA, **TOLD)
    office.walks(number, "accepted", "assigned")

    case = office.does(number, "outcome", outcome="digest")

    assert [one["id"] for one in case.record["outcomes"]] == ["digest"]


def test_a_complaint_is_refused_with_the_number_of_the_hotline(office: Office) -> None:
    number = office.files(IDEA, **TOLD)
    office.move(number, "refused", ground="complaint")

    assert "12345" in office.told(number)


def test_there_is_no_review_and_no_inquiry(office: Office) -> None:
    assert not {"appealed", "investigating", "mediating"} & office.stages()
