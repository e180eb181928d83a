"""What to call whoever speaks: a person, or a firm that speaks for itself."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from dialogs.values.reading import Rejected, name
from institutions.catalog import load_all
from nlp.understand import understand

NOW = datetime(2026, 10, 12, 10, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
OFFICE = load_all()["construction"]


def called(text: str) -> str:
    return name(text, understand(text, now=NOW, institution=OFFICE))


@pytest.mark.parametrize("firm", ["滨河劳务有限公司", "南通四建（集团）有限公司", "张三建材厂", "湘江建筑业协会"])
def test_a_firm_is_called_by_its_whole_name(firm: str) -> None:
    assert called(firm) == firm


@pytest.mark.parametrize("words", ["不想说是哪个公司", "这家公司的老板", "什么公司都行吗"])
def test_words_about_a_firm_are_no_name(words: str) -> None:
    with pytest.raises(Rejected):
        called(words)
