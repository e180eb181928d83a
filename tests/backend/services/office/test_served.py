"""Institutions are served with the words of their live version, and without them when it is taken back."""

from __future__ import annotations

from datetime import UTC, datetime

from backend.services.office.served import Served
from backend.store.models import Model
from institutions.taught import version_of
from tests.nlp.shop import SHOP

AT = datetime(2026, 11, 21, tzinfo=UTC)


def model(number):
    words = (("smoke", "油烟", 1.5, 3, 0.5, 0.0),)
    return Model("shop", number, AT, words, {}, 9, 4, "live", AT)


def test_it_begins_with_the_files():
    served = Served({"shop": SHOP})

    assert (len(served), list(served), served["shop"]) == (1, ["shop"], SHOP)


def test_what_goes_live_is_served_once_it_is_followed():
    served = Served({"shop": SHOP})

    (changed,) = served.follow({"shop": model(1)})

    assert served["shop"] is changed
    assert version_of(changed) == 1
    assert "油烟" in changed.category("smoke").words
    assert served.follow({"shop": model(1)}) == []


def test_another_version_and_none_at_all_begin_from_the_file():
    served = Served({"shop": SHOP})
    served.follow({"shop": model(1)})

    served.follow({"shop": model(2)})
    assert version_of(served["shop"]) == 2

    assert served.follow({}) == [SHOP]
    assert served["shop"] is SHOP
