"""Traditional characters: made from the simplified ones, never out of date, never in a citizen's words."""

from __future__ import annotations

import pytest

from dialogs.wording import HANT, LANGUAGES, ZH, named
from dialogs.wording.traditional import traditional
from nlp.segment import normal
from scripts.traditional import BY_HAND, written


def test_the_traditional_sentences_are_what_the_script_writes_now():
    for file, text in written().items():
        assert file.read_text(encoding="utf-8") == text, "run python -m scripts.traditional"


@pytest.mark.parametrize("key", sorted(LANGUAGES[HANT].keys() - BY_HAND))
def test_a_traditional_sentence_reads_back_as_the_simplified_one(key):
    back = normal(LANGUAGES[HANT][key]).replace("影片", "视频").replace("短讯", "短信")

    assert back == normal(LANGUAGES[ZH][key])


def test_what_somebody_wrote_stays_as_it_was_written():
    assert traditional("已补充：幸福里3栋的说明", "幸福里3栋") == "已補充：幸福里3栋的說明"


def test_names_out_of_an_institutions_file_are_written_in_the_readers_characters():
    assert named(HANT, "城市管理局", "City Management") == "城市管理局"
    assert named(HANT, "房产与土地", "Housing") == "房產與土地"
    assert named("en", "房产与土地", "Housing") == "Housing"
    assert named("en", "房产与土地") == "房产与土地"


def test_the_forms_are_those_that_keyboards_of_both_places_write():
    strange = {
        c for sentence in LANGUAGES[HANT].values() for c in sentence if "\u4e00" <= c <= "\u9fff" and not big5(c)
    }

    assert strange <= {"裏", "着"}, "forms that Hong Kong writes and Big5 has not"
    assert named(HANT, "客户服务、税务、卫生、启用") == "客戶服務、稅務、衛生、啟用"


def big5(character: str) -> bool:
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True
