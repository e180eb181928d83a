"""Which departments could handle a text, and why."""

from __future__ import annotations

from nlp.category.classify import Classifier
from nlp.category.departments import ASKED_TO, Departments
from tests.nlp.city import TOWN, institution

ROUTES = [
    {"department": "market", "words": "饭店:2 餐馆:2"},
    {"department": "plumbers", "places": ["码头"]},
    {"department": "desk", "kinds": ["consult"]},
]
ROUTED = Classifier(
    institution(
        categories=[{"id": "noise", "name": "噪声扰民", "department": "guards", "words": "噪音:3", "routes": ROUTES}]
    )
)
CLASSIFIER = Classifier(TOWN)


def first(
    text: str, *, place: str = "", kind: str | None = None
) -> tuple[str, str, tuple[str, ...], str | None, str | None]:
    one = ROUTED.propose(text, place=place, kind=kind).departments[0]
    return one.department_id, one.rule, one.words, one.place, one.kind


def test_a_route_comes_first_and_its_words_are_named():
    assert first("饭店噪音") == ("market", "route", ("饭店",), None, None)


def test_a_place_that_was_read_or_stands_in_the_text_routes():
    assert first("噪音", place="老码头2号") == ("plumbers", "route", (), "码头", None)
    assert first("码头的噪音") == ("plumbers", "route", (), "码头", None)


def test_a_kind_routes_whether_told_or_read():
    assert first("噪音", kind="consult") == ("desk", "route", (), None, "consult")
    assert first("请问噪音的标准是什么?") == ("desk", "route", (), None, "consult")


def test_the_best_candidate_has_the_first_department():
    proposal = ROUTED.propose("饭店噪音")

    assert proposal.best.department_id == proposal.departments[0].department_id == "market"


def test_who_is_asked_to_act_comes_before_who_usually_does():
    proposal = CLASSIFIER.propose("楼下有噪音,自来水发黄,请水务局来查")

    assert proposal.departments[0].department_id == "water"
    assert proposal.departments[0].rule == "named"


def test_who_is_only_quoted_does_not():
    assert CLASSIFIER.propose("楼下太吵,水务局说不归他们管").departments[0].department_id == "guards"


def test_three_different_departments_are_named_where_there_are_three():
    for text in ("停水", "太吵", "你好", ""):
        referred = CLASSIFIER.propose(text).departments

        assert len({one.department_id for one in referred}) == 3
        assert sum(one.score for one in referred) <= 1.0001


def test_where_nothing_is_said_the_default_department_comes_first():
    first = CLASSIFIER.propose("你好").departments[0]

    assert (first.department_id, first.rule) == ("desk", "default")


def test_a_department_is_known_by_its_short_names_too():
    departments = [{"id": "desk", "name": "服务台", "short": ["前台"]}, {"id": "guards", "name": "城管队"}]
    categories = [{"id": "noise", "name": "噪声", "department": "guards", "words": "太吵:3"}]
    town = institution(departments=departments, categories=categories)

    assert Departments(town).named("请前台来管管", [("前台", 1, 3), ("别的", 3, 5)]) == {"desk": (ASKED_TO, "前台")}
