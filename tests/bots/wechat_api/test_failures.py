"""Every number of WeChat's that we know is explained to the desk in Chinese and to who runs Jiesu in English."""

from __future__ import annotations

import re

import pytest

from bots.wechat_api.failures import CLOSED, DOWN, ENGLISH, GONE_AWAY, LATER, UNSURE, Refusal, failure

KNOWN = sorted({*DOWN, *CLOSED, *GONE_AWAY, *LATER, *UNSURE})


@pytest.mark.parametrize("code", KNOWN)
def test_it_is_explained_in_both_languages(code):
    told = failure(Refusal(code, "some words rid: 6a1b2c3d-1a2b3c4d-5e6f7a8b"))

    assert re.search(r"[\u4e00-\u9fff]", str(told))
    assert told.en == f"{ENGLISH[code]} ({code} some words)"


def test_one_that_nobody_knows_is_told_with_the_platforms_words():
    assert failure(Refusal(99999, "strange")).en == "WeChat refused the call (99999 strange)"
