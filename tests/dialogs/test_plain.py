"""Every sentence for citizens is short, polite and plain; an institution's own as well."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from backend.domain.lifecycle import RULES
from backend.services.cases.notices import SPOKEN
from dialogs.slots import ROWS
from dialogs.wording import EN, LANGUAGES, SHORTER, ZH
from dialogs.wording.plain import check, faults, fields
from institutions.catalog import BadInstitution, load_all

HOTLINE = load_all()["hotline"]
WRITTEN = [
    *((language, key, sentence) for language in (ZH, EN) for key, sentence in LANGUAGES[language].items()),
    *((ZH, slot.key, slot.question) for slot in ROWS),
    *((EN, slot.key, slot.question_en) for slot in ROWS),
    *((ZH, status.value, rule.told) for status, rule in RULES.items()),
    *((EN, status.value, rule.told_en) for status, rule in RULES.items()),
    *((language, "spoken", sentence) for language, sentence in SPOKEN.items()),
]


def owning(language: str, key: str, sentence: str):
    return HOTLINE.model_copy(update={"wording": {language: {key: sentence}}})


@pytest.mark.parametrize(("language", "key", "sentence"), WRITTEN, ids=lambda value: None)
def test_a_sentence_is_short_and_plain_and_asks_one_thing(language, key, sentence):
    assert list(faults(language, sentence)) == [], key


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("您的诉求已予以登记。", "予以"),
        ("兹收到您的来信。", "兹"),
        ("您的訴求已予以登記。", "予以"),
        ("在哪里？什么时候？", "two questions"),
        ("好" * 60 + "。", "61 characters"),
    ],
)
def test_officialese_double_questions_and_long_sentences_are_found(sentence, fault):
    assert fault in "".join(faults(ZH, sentence))


def test_a_shorter_form_tells_no_fact_that_the_usual_one_does_not():
    for sentences in LANGUAGES.values():
        for key in (key for key in sentences if key.endswith(SHORTER)):
            assert fields(sentences[key]) <= fields(sentences[key.removesuffix(SHORTER)]), key


@pytest.mark.parametrize(
    ("language", "key", "sentence", "reason"),
    [
        (ZH, "thank", "不客气。", "there is no sentence 'thank'"),
        (ZH, "receipt.evidenc", "好。", "there are receipt, "),
        (ZH, "added", "已补充。", "{number} is missing; ours is: 已补充到 {number}"),
        (ZH, "thanks", "不客气，{name}。", "there is no fact {name}"),
        (ZH, "thanks", "不客气{。", "a brace"),
        (ZH, "thanks", "客" * 61, "has 61 characters"),
        (EN, "thanks", "We hereby thank you.", "'hereby' is no word"),
    ],
)
def test_an_institutions_own_sentence_is_refused_with_key_and_reason(language, key, sentence, reason):
    with pytest.raises(BadInstitution) as refused:
        check(owning(language, key, sentence))

    assert refused.value.key == f"wording.{language}.{key}"
    assert reason in refused.value.reason


def test_a_good_sentence_of_an_institutions_own_is_taken():
    check(owning(ZH, "added", "{number} 已经补充好了，我们会看的。"))


def test_the_example_of_the_documentation_would_be_taken():
    page = (Path(__file__).resolve().parents[2] / "docs" / "wording.md").read_text(encoding="utf-8")
    told = tomllib.loads(page.split("```ini\n")[1].split("```")[0])

    check(HOTLINE.model_copy(update=told))


@pytest.mark.parametrize("sentence", ["有{n:d}条", "有{n:>99999999}条", "有{n!r}条", "有{n:{n}}条", "有{n条"])
def test_a_fact_is_told_as_it_is_and_braces_hold_its_name_alone(sentence):
    with pytest.raises(ValueError, match=r".+"):
        fields(sentence)
