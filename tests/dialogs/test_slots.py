"""Every slot can be asked for, read and shown."""

from __future__ import annotations

import re

import pytest

from dialogs.slots import SLOTS
from dialogs.values.reading import Rejected
from institutions.catalog import check_slots, load_all
from nlp.understand import understand
from tests.dialogs.talking import NOW

FILES_ONLY = "evidence"


@pytest.mark.parametrize("slot", SLOTS.values(), ids=SLOTS)
def test_a_slot_reads_its_own_example_and_shows_it(slot):
    facts = understand(slot.example, now=NOW, institution=load_all()["hotline"])
    if slot.key == FILES_ONLY:
        with pytest.raises(Rejected):
            slot.read(slot.example, facts)
        return

    value = slot.read(slot.example, facts)

    assert slot.show(value, "zh")
    assert slot.show(value, "en")


@pytest.mark.parametrize("slot", SLOTS.values(), ids=SLOTS)
@pytest.mark.parametrize("nonsense", ["", "！？。", "😀"])
def test_a_slot_refuses_nonsense(slot, nonsense):
    facts = understand(nonsense, now=NOW, institution=load_all()["hotline"])

    with pytest.raises(Rejected):
        slot.read(nonsense, facts)


@pytest.mark.parametrize("slot", SLOTS.values(), ids=SLOTS)
def test_a_slot_has_wording_in_every_language(slot):
    assert slot.label
    assert slot.label_en
    assert slot.question.endswith(("？", "。", "。”"))
    assert slot.question_en[-1] in "?.”"


@pytest.mark.parametrize("institution", load_all().values(), ids=load_all())
def test_every_institution_asks_only_for_slots_there_are(institution):
    check_slots(institution, SLOTS)

    assert "what" in institution.required


@pytest.mark.parametrize("slot", SLOTS.values(), ids=SLOTS)
def test_a_slot_reads_its_english_example_too_and_shows_no_chinese_in_it(slot):
    text = slot.example_in("en")

    assert not re.search(r"[\u3400-\u9fff]", text) or slot.key == "plate"
    if slot.key != FILES_ONLY:
        assert slot.read(text, understand(text, now=NOW, institution=load_all()["hotline"]))


def test_an_example_is_written_in_the_readers_characters():
    assert SLOTS["where"].example_in("zh-Hant") == "幸福里3棟樓下"
