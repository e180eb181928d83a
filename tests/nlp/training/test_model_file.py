"""The file of a model."""

from __future__ import annotations

import hashlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.training import model_file
from nlp.training.model_file import NoModel
from tests.nlp.letters import LETTERS


def packed(body: bytes) -> bytes:
    data = zlib.compress(body)
    return b"jiesu-model 1\n" + hashlib.sha256(data).hexdigest().encode() + b"\n" + data


def test_a_model_that_was_kept_says_the_same(model):
    again = model_file.load(model_file.dump(model))

    for each in LETTERS[::5]:
        assert again.propose(each.detail, subject=each.subject) == model.propose(each.detail, subject=each.subject)
    assert again.history == model.history


@given(st.data())
def test_a_damaged_file_is_refused(model, data):
    whole = bytearray(model_file.dump(model))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))

    with pytest.raises(NoModel):
        model_file.load(bytes(whole))


@given(st.integers(0, 5000))
def test_half_a_file_is_refused(model, length):
    whole = model_file.dump(model)

    with pytest.raises(NoModel):
        model_file.load(whole[: min(length, len(whole) - 1)])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it does not begin as one"),
        (b"PK\x03\x04", "it does not begin as one"),
        (b"jiesu-model 2\nx\n", "it is of version 2, this Jiesu reads 1"),
        (b"jiesu-model 1\nx\n", "it is damaged or not whole"),
        (packed(b"{}\n[]\n"), "what is in it cannot be read"),
        (packed(b"[1]"), "what is in it cannot be read"),
        (packed(b"[" * 200_000 + b"\n[]\n"), "what is in it cannot be read"),
        (packed(b'{"labels":["a"],"bias":[0],"blocks":[{"kind":"x","step":1}]}\n[["b"]]\n1234'), "cannot be read"),
    ],
)
def test_a_foreign_file_is_refused_in_one_sentence(data, said):
    with pytest.raises(NoModel, match=said):
        model_file.load(data)
