"""What is typed becomes a message, what is said becomes lines."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.terminal import NotUnderstood, Terminal, read, render
from dialogs.messages import Choice, Location, Media, Outbound, Peer, Say

LI = Peer("terminal", "li")
CHOICES = (Choice("submit", "提交"), Choice("change", "改一项"))


def typed(line, choices=()):
    return read(line, choices, peer=LI, message_id="1").message


def test_words_are_sent_as_they_are():
    assert typed("  昨晚楼下很吵 ").text == "昨晚楼下很吵"


def test_the_number_of_a_shown_choice_is_that_choice():
    assert typed("2", CHOICES).choice == "change"


@pytest.mark.parametrize("line", ["0", "3", "２", "2栋", "1" * 5000])
def test_another_number_is_an_answer_in_words(line):
    assert typed(line, CHOICES).text == line


def test_a_file_is_named_by_its_path_and_may_have_a_caption():
    assert typed("/photo a.jpg 楼下").media == (Media("photo", "a.jpg"),)
    assert typed("/photo a.jpg 楼下").text == "楼下"
    assert typed('/document "my file.pdf"').media == (Media("document", "my file.pdf"),)


def test_a_place_and_a_phone_number_can_be_shared():
    assert typed("/location 28.2, 112.9 五一 广场").location == Location(28.2, 112.9, "五一 广场")
    assert typed("/phone 13800138000").contact == "13800138000"


@pytest.mark.parametrize("line", ["/photo", "/location", "/location 91 0", "/location nan 0", "/phone", "/dance"])
def test_a_command_that_is_not_understood_says_what_would_be(line):
    with pytest.raises(NotUnderstood, match="/"):
        typed(line)


def test_leaving_and_asking_for_help_send_nothing():
    assert read("/quit", (), peer=LI, message_id="1").quits
    assert read("/", (), peer=LI, message_id="1").asks_help
    assert typed("/help") is None


@given(st.text())
def test_no_line_breaks_the_terminal(line):
    with suppress(NotUnderstood):
        assert read(line, CHOICES, peer=LI, message_id="1") is not None


def test_a_bubble_is_shown_with_its_choices_numbered():
    assert render(Say("请核对：\n时间  昨晚", CHOICES)) == "< 请核对：\n  时间  昨晚\n  [1] 提交\n  [2] 改一项"


async def test_a_bubble_is_accepted_and_shown_to_whoever_listens():
    seen: list[Outbound] = []
    bubble = Outbound(LI, Say("有答复了。"), key="outbox-1")

    receipt = await Terminal(seen.append).send(bubble)

    assert (receipt.way, receipt.delivered, seen) == ("terminal", False, [bubble])
    assert (await Terminal().send(bubble)).way == "terminal"
