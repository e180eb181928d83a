"""Whom the jobs tell outside: a mail server and a group chat's robot, both real servers that keep what they hear."""

from __future__ import annotations

import pytest

from tests.fakes import mail


@pytest.fixture
def mails():
    with mail.smtp() as heard:
        yield heard


@pytest.fixture
def chat():
    with mail.webhook() as heard:
        yield heard
