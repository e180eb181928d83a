"""By what handlers' conversations are judged: five lines for everybody, or an institution's own."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from institutions.catalog import load_all
from institutions.coherence import wrongs
from institutions.rubric import RUBRIC, RubricLine


def test_every_institution_has_a_rubric_and_the_usual_one_adds_up_to_a_hundred():
    assert sum(line.most for line in RUBRIC) == 100
    assert all(line.label_en and line.what_en for line in RUBRIC)
    assert all(one.rubric and one.sampled for one in load_all().values())


def test_a_line_stands_there_once():
    hotline = load_all()["hotline"]
    twice = hotline.model_copy(update={"rubric": (*RUBRIC, RUBRIC[0])})

    assert [str(wrong) for wrong in wrongs(twice)] == ["rubric: 'heard' stands there twice"]


@pytest.mark.parametrize("but", [{"key": "Heard"}, {"most": 0}, {"label": ""}, {"what": ""}, {"weight": 1}])
def test_a_line_that_cannot_be_scored_is_refused(but):
    with pytest.raises(ValidationError):
        RubricLine(**({"key": "heard", "label": "听明白", "most": 5, "what": "听懂了"} | but))
