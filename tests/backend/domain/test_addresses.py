"""An address that is kept is one that a mail server takes as it stands, of a domain that the office named."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.addresses import BadAddress, mail

OURS = ("example.gov.cn", "mail.example.gov.cn")


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("chen@example.gov.cn", "chen@example.gov.cn"),
        ("  Chen.Li+1@EXAMPLE.gov.cn\n", "Chen.Li+1@example.gov.cn"),
        ("ｃｈｅｎ＠ｅｘａｍｐｌｅ．ｇｏｖ．ｃｎ", "chen@example.gov.cn"),
        ("chen@mail.example.gov.cn", "chen@mail.example.gov.cn"),
    ],
)
def test_it_is_kept_plain(told, kept):
    assert mail(told, OURS) == kept


@pytest.mark.parametrize(
    "told",
    ["", "@", "chen", "chen@", "@example.gov.cn", "陈@example.gov.cn", "a b@example.gov.cn", ".a@example.gov.cn",
     "a@b@example.gov.cn", "chen@example.gov.cn,li@example.gov.cn", "chen@example.gov.cn\r\nBcc: li@example.gov.cn",
     "<chen@example.gov.cn>", "chen@127.0.0.1:25", f"{'x' * 65}@example.gov.cn", "chen@example..gov.cn"],
)  # fmt: skip
def test_what_is_no_address_is_refused(told):
    with pytest.raises(BadAddress) as refused:
        mail(told, OURS)

    assert "example.gov.cn" in refused.value.zh


def test_other_domains_are_refused_with_those_that_are_taken():
    with pytest.raises(BadAddress, match=re.escape("example.gov.cn, mail.example.gov.cn")):
        mail("chen@elsewhere.cn", OURS)


@given(st.text(max_size=80), st.text(max_size=40))
def test_nothing_that_is_kept_could_be_read_as_two_or_as_a_header(name, domain):
    try:
        kept = mail(f"{name}@{domain}", OURS)
    except BadAddress:
        return
    assert re.fullmatch(r"[\w.+-]+@[\w.-]+", kept, re.ASCII)
