"""Institutions are served with the words of their live version, and without them when it is taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backend.services.office.served import Served
from backend.store.models import Model
from institutions.gone import gone, is_gone
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


def test_what_is_left_of_one_is_found_but_is_not_among_those_served():
    served = Served({"shop": SHOP}, {"inn": gone("inn", ("客栈", "Inn")), "shop": gone("shop", ("铺子", ""))})

    assert is_gone(served["inn"])
    assert not is_gone(served["shop"])
    assert ("inn" in served, served.get("inn"), list(served), len(served)) == (False, None, ["shop"], 1)
    with pytest.raises(KeyError):
        served["nowhere"]
