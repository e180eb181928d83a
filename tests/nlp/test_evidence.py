"""What citizens say of evidence."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.evidence import find
from nlp.segment import normal

MESSAGES = tomllib.loads((Path(__file__).parent / "evidence.toml").read_text(encoding="utf-8"))["message"]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message["text"])
def test_the_evidence_spoken_of_is_told_with_whether_the_citizen_has_it(message):
    told = [[one.kind, one.has] for one in find(normal(message["text"]))]

    assert sorted(told) == sorted(message["told"])


def test_evidence_says_where_it_is_named():
    text = "油烟大，我有照片"

    (photo,) = find(text.replace("，", ","))

    assert text[photo.start : photo.end] == "照片"


@given(st.text(alphabet="有没照片视频都发票合同和,。我拍了 ", max_size=200))
def test_each_kind_is_told_once_and_in_the_text(text):
    told = find(text)

    assert len({one.kind for one in told}) == len(told)
    assert all(0 <= one.start < one.end <= len(text) for one in told)
