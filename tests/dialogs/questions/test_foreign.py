"""Who writes in a language that we cannot speak is told so once, in both that we can, and keeps their words."""

from __future__ import annotations

import pytest

from dialogs.questions.foreign import is_foreign

NOISE = "Здравствуйте, шум ночью мешает спать"


@pytest.mark.parametrize(
    "text", [NOISE, "밤에 시끄러워요", "مرحبا", "夜中うるさくて眠れません", "བཀྲ་ཤིས་བདེ་ལེགས", "นอนไม่หลับ"]
)
def test_other_scripts_are_foreign(text):
    assert is_foreign(text)


@pytest.mark.parametrize("text", ["", "123", "👍", "楼下太吵", "Bonjour à tous", "ＡＢＣ", "φ20的水管漏水", "ㄅㄆㄇ"])
def test_what_we_can_read_is_not(text):
    assert not is_foreign(text)


def test_it_is_said_once_and_the_words_are_kept(citizen):
    said = citizen.says(NOISE)

    assert "我们只会中文和英文" in said
    assert "We speak Chinese and English" in said
    assert citizen.choices == ["同意", "不同意"]
    assert citizen.now.draft.values["what"] == NOISE
    assert "英文" not in citizen.says("同意")
