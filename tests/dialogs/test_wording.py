"""The sentences of all languages stay side by side."""

from __future__ import annotations

import string

import pytest

from dialogs.wording import LANGUAGES, phrase

KEYS = sorted(LANGUAGES["zh"])
NEVER = ("输入错误", "无效输入", "非法", "error", "None", "null")


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sentences(language):
    assert sorted(LANGUAGES[language]) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_every_language_tells_the_same_facts(key):
    assert fields(LANGUAGES["en"][key]) == fields(LANGUAGES["zh"][key])


@pytest.mark.parametrize("key", KEYS)
def test_no_sentence_blames_the_citizen_or_shows_our_insides(key):
    for sentences in LANGUAGES.values():
        assert not [word for word in NEVER if word in sentences[key]]


def test_an_unknown_language_is_answered_in_chinese():
    assert phrase("fr", "skip") == "跳过"
