from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.exc import IntegrityError

from tests.backend.store.samples import NOON, a_citizen, filed


def test_what_a_unit_raises_undoes_what_it_did(store):
    def unit(work):
        filed(work, person=a_citizen(work).id)
        raise KeyError("trouble")

    with pytest.raises(KeyError):
        store.run_now(unit)

    assert store.read_now(lambda work: work.cases.page(limit=1)) == ([], None)


def test_a_time_without_zone_is_refused(work):
    with pytest.raises(ValueError, match="without zone"):
        work.people.find_or_add("web", "c1", language="zh", at=datetime(2026, 3, 2))  # noqa: DTZ001


def test_what_a_row_refers_to_must_exist(work):
    with pytest.raises(IntegrityError):
        work.journal.enter(404, "m1", {}, at=NOON)
