"""What managers wrote at the desk is written out for the file."""

from __future__ import annotations

import tomllib

from backend.domain.case import Actor
from backend.services.office import wording
from backend.services.office.wording import Edit
from backend.store.engine import open_store
from dialogs.wording import ZH
from institutions.catalog import load_all
from institutions.worded import SAID, Place
from tests.backend.services.city import START

MANAGER = Actor("陈经理", frozenset({"manager"}))


def test_the_words_come_out_as_toml(migrated, tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/var/jiesu.db")
    edit = Edit(Place(SAID, "thanks", ZH), "不客气，有事再来。", "更亲切", 0)
    store.run_now(wording.change, load_all()["hotline"], edit, by=MANAGER, at=START)
    store.close()

    ended = migrated("wording", "export")

    assert (ended.code, ended.err) == (0, "")
    assert tomllib.loads(ended.out) == {"wording": {"zh": {"thanks": "不客气，有事再来。"}}}


def test_an_institution_that_is_none_is_told(migrated):
    ended = migrated("wording", "export", "--institution", "nowhere")

    assert (ended.code, ended.out) == (2, "")
    assert "there is no institution 'nowhere'" in ended.err
