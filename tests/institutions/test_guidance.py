"""What institutions tell beside their questions: it can be reached by what citizens say, and a bad key is refused."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dialogs.conversation import Draft
from dialogs.draft import papers
from dialogs.wording.plain import faults
from institutions.catalog import BadInstitution, check_slots, load_all, offices, read
from institutions.guidance import Elsewhere, Faq, Paper
from nlp.questions import elsewhere, faq
from tests.dialogs.talking import Citizen

if TYPE_CHECKING:
    from institutions.model import Institution

ALL = load_all()
SAID = tomllib.loads((Path(__file__).parent / "guidance.toml").read_text(encoding="utf-8"))
OFFICES = {office.id: office for office in offices()}
FAQ = [
    (key, row.id) for key, institution in ALL.items() for row in institution.faq if row.id in SAID[key].get("faq", {})
]
OWN = [(key, n) for key, one in ALL.items() for n in range(len([row for row in one.elsewhere if not row.id]))]
PAPERS = [(key, paper.id) for key, institution in ALL.items() for paper in institution.papers]


def test_every_built_in_institution_has_phrases_for_all_it_tells() -> None:
    assert set(SAID["offices"]) == set(OFFICES)
    for key, institution in ALL.items():
        own = [row for row in institution.elsewhere if not row.id]
        assert {row.id for row in institution.faq if not row.asks} <= set(SAID[key].get("faq", {})), key
        assert {paper.id for paper in institution.papers} == set(SAID[key].get("papers", {})), key
        assert len(own) == len(SAID[key]["elsewhere"]), key


@pytest.mark.parametrize(("key", "question"), FAQ)
def test_a_question_of_its_own_is_recognised(key: str, question: str) -> None:
    asked = faq.parted(SAID[key]["faq"][question], ALL[key]).asked

    assert question in [one.topic for one in asked]


@pytest.mark.parametrize("office", OFFICES)
def test_what_is_another_offices_is_known_by_what_people_say_of_it(office: str) -> None:
    only = ALL["airline"].model_copy(update={"elsewhere": offices(), "takes": ()})

    found = elsewhere.find(SAID["offices"][office], only)

    assert found is not None
    assert found.id == office


@pytest.mark.parametrize(("key", "row"), OWN)
def test_a_matter_that_is_not_its_own_is_known_by_what_people_say_of_it(key: str, row: int) -> None:
    rows = tuple(one for one in ALL[key].elsewhere if not one.id)
    only = ALL[key].model_copy(update={"elsewhere": rows})

    assert elsewhere.find(SAID[key]["elsewhere"][row], only) is rows[row]


@pytest.mark.parametrize(("key", "paper"), PAPERS)
def test_a_matter_that_needs_a_paper_is_told_so(key: str, paper: str) -> None:
    citizen = Citizen(ALL[key])
    citizen.now = type(citizen.now)(consented=True)

    citizen.says(SAID[key]["papers"][paper])

    assert paper in [one.id for one in papers.lacking(ALL[key], citizen.now.draft)]


@pytest.mark.parametrize("key", ALL)
def test_whatever_it_answers_is_short_and_plain_in_both_languages(key: str) -> None:
    institution = ALL[key]
    said = [("zh", row.say) for row in institution.faq] + [("en", row.say_en) for row in institution.faq]
    said += [(language, why) for paper in institution.papers for language, why in _reasons(paper)]

    assert [fault for language, text in said for fault in faults(language, text)] == []
    assert all(text for _, text in said)


@pytest.mark.parametrize("office", OFFICES.values(), ids=OFFICES)
def test_whose_it_is_is_said_short_and_plain_in_both_languages(office: Elsewhere) -> None:
    assert [*faults("zh", office.say), *faults("en", office.say_en)] == []
    assert all(number in office.say_en for number in re.findall(r"\d+", office.say))


def test_no_paper_is_needed_in_danger() -> None:
    assert papers.needed(ALL["product"], Draft(grade="emergency")) == ()


def test_who_takes_everything_sends_to_no_usual_office() -> None:
    assert [row.id for row in ALL["hotline"].elsewhere if row.id] == []


def test_who_takes_few_matters_sends_to_all_other_offices() -> None:
    told = {row.id for row in ALL["tourism"].elsewhere}

    assert OFFICES.keys() - {"tourism"} <= told
    assert "tourism" not in told


@pytest.mark.parametrize(
    ("lines", "key", "reason"),
    [
        ('takes = ["moon"]', "takes", "there is no office 'moon'; there are air, "),
        ('[[faq]]\nid = "a"\nwords = ""\nsay = "好。"', "faq.0.words", "at least 1"),
        ('[[faq]]\nid = "a"\nwords = "几时:3"\nsay = "您要哪天？"', "faq.0.say", "an answer asks none"),
        ('[[faq]]\nid = "a"\nwords = "几时:3"\nsay = "' + "好" * 201 + '"', "faq.0.say", "has 201 characters"),
        ('[[papers]]\nid = "a"\nname = "发票"\nwhy = "为什么？"', "papers.0.why", "say why it is needed"),
        ('[[papers]]\nid = "a"\nname = "发票"\nwhy = "' + "好" * 61 + '"', "papers.0.why", "has 61 characters"),
        ('[[papers]]\nid = "a"\nname = "发票"\nwhy = "要核对。"\nwithin = "soon"', "papers.0.within", "no duration"),
        (
            '[[papers]]\nid = "a"\nname = "发票"\nwhy = "要核对。"\nfiles = []',
            "papers.0.files",
            "nobody could bring it",
        ),
        (
            '[[papers]]\nid = "a"\nname = "发票"\nwhy = "要核对。"\nsince = "happened"',
            "papers.0.within",
            "how long after that",
        ),
        (
            '[[papers]]\nid = "a"\nname = "发票"\nwhy = "要核对。"\ncategories = ["x"]',
            "papers.0.categories",
            "there is no category 'x'",
        ),
        (
            '[[papers]]\nid = "a"\nname = "票"\nwhy = "核对。"\n[[papers]]\nid = "a"\nname = "票"\nwhy = "核对。"',
            "papers",
            "'a' stands there twice",
        ),
    ],
)
def test_a_bad_key_is_refused_with_its_place_and_reason(tmp_path: Path, lines: str, key: str, reason: str) -> None:
    path = tmp_path / "stall.toml"
    head, _, tables = lines.partition("[[")
    path.write_text(f"{STALL}{head}\n{REST}\n{'[[' if tables else ''}{tables}", encoding="utf-8")

    with pytest.raises(BadInstitution) as refused:
        read(path)

    assert refused.value.key == key
    assert reason in refused.value.reason


def test_the_examples_of_the_handbook_are_taken() -> None:
    page = (Path(__file__).parents[2] / "docs" / "guidance.md").read_text(encoding="utf-8")
    rows = [tomllib.loads(block) for block in re.findall(r"```\n(.*?)```", page, re.DOTALL)]

    assert [Elsewhere(**row) for example in rows for row in example.get("elsewhere", ())]
    assert [Faq(**row) for example in rows for row in example.get("faq", ())]
    assert [Paper(**row) for example in rows for row in example.get("papers", ())]


def test_a_paper_that_is_a_slot_which_nobody_can_ask_for_is_refused() -> None:
    paper = ALL["market"].papers[0].model_copy(update={"slots": ("wher",)})
    institution = ALL["market"].model_copy(update={"papers": (paper,)})

    with pytest.raises(BadInstitution) as refused:
        check_slots(institution, ["what", *_slots(institution)])

    assert refused.value.key == "papers.0.slots"


STALL = """
id = "stall"
code = "ST"
name = "摊位"
name_en = "Stall"
accepts = "摊位的事。"
accepts_en = "Stalls."
default_department = "desk"
"""
REST = """
[clocks]
[[departments]]
id = "desk"
name = "办公室"
[[categories]]
id = "stalls"
name = "摊位"
department = "desk"
"""


def _reasons(paper: object) -> list[tuple[str, str]]:
    return [("zh", getattr(paper, "why", "")), ("en", getattr(paper, "why_en", ""))]


def _slots(institution: Institution) -> tuple[str, ...]:
    return institution.required + institution.optional
