"""How an institution works on a case: which matters need more hands, and what an answer has to say."""

from __future__ import annotations

import pytest

from backend.domain.lifecycle import Status
from institutions.casework import Casework, Outcome, Reward
from institutions.catalog import BadInstitution, check_stages, load_all
from institutions.model import Institution


def test_a_team_looks_into_the_matters_that_are_named_for_it_and_one_into_others() -> None:
    work = Casework(teams=("complex",))

    assert (work.hands("complex"), work.hands("simple")) == (2, 1)


def test_a_larger_team_of_the_institution_is_not_made_smaller() -> None:
    assert Casework(investigators=3, teams=("complex",)).hands("complex") == 3


def test_a_plan_is_approved_in_the_matters_named_for_it_or_in_all() -> None:
    assert [Casework(plans=("major",)).planned(key) for key in ("major", "simple")] == [True, False]
    assert Casework(plan=True).planned("simple")


def test_what_an_answer_does_not_say_is_told() -> None:
    work = Casework(holds=("证据", "责任"))

    assert work.unsaid("证据：监控录像。") == ("责任",)
    assert work.unsaid("证据：监控录像。责任：在我们。") == ()


def test_what_an_answer_says_in_either_language_is_said() -> None:
    work = Casework(holds=("证据|evidence", "责任|responsible"))

    assert work.unsaid("Evidence: the recording. Responsible: the driver.") == ()
    assert work.unsaid("Evidence: the recording.") == ("责任",)


def test_a_reward_without_a_sum_is_set_by_whoever_grants_it() -> None:
    assert Reward().sum == 0


@pytest.mark.parametrize("key", ["named", "teams", "plans"])
def test_a_category_that_is_not_there_is_refused(key: str) -> None:
    told = load_all()["masses"].model_dump() | {"casework": {key: ["moon"]}}

    with pytest.raises(ValueError, match=f"casework.{key}: there is no category 'moon'"):
        Institution.model_validate(told)


def test_a_clock_that_begins_elsewhere_for_a_category_that_is_not_there_is_refused() -> None:
    institution = load_all()["masses"]
    answer = institution.clocks["answer"].model_copy(update={"begins": {"moon": "accepted"}})
    told = institution.model_dump() | {"clocks": {"answer": answer.model_dump()}}

    with pytest.raises(ValueError, match=r"clocks.answer.begins: there is no category 'moon'"):
        Institution.model_validate(told)


def test_a_clock_that_begins_at_a_status_that_is_not_there_is_refused() -> None:
    institution = load_all()["masses"]
    answer = institution.clocks["answer"].model_copy(update={"begins": {"major": "moon"}})

    with pytest.raises(BadInstitution, match=r"clocks.answer.begins: there is no status 'moon'"):
        check_stages(institution.model_copy(update={"clocks": {"answer": answer}}), [status.value for status in Status])


def test_a_measure_belongs_to_the_categories_that_it_names_or_to_all() -> None:
    work = Casework(outcomes=(Outcome(id="fine", name="罚款", categories=("breach",)), Outcome(id="talk", name="约谈")))

    assert [row.id for row in work.ends("breach")] == ["fine", "talk"]
    assert [row.id for row in work.ends("service")] == ["talk"]


def test_a_measure_for_a_category_that_is_not_there_is_refused() -> None:
    outcome = {"id": "fine", "name": "罚款", "categories": ["moon"]}
    told = load_all()["masses"].model_dump() | {"casework": {"outcomes": [outcome]}}

    with pytest.raises(ValueError, match=r"casework.outcomes.0.categories: there is no category 'moon'"):
        Institution.model_validate(told)
