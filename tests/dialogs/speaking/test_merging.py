"""What is said to one message is one bubble, as long as a platform takes it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dialogs.conversation import Conversation
from dialogs.messages import Choice, Say
from dialogs.speaking.merging import LONGEST, merged

SKIP, BACK = Choice("skip", "跳过"), Choice("withdraw:1", "撤回这件")
texts = st.text("字a ", min_size=1, max_size=900).filter(str.strip)


def test_two_bubbles_become_one_with_the_open_questions_buttons_first():
    now, said = merged(Conversation(), [Say("进度。", (BACK,)), Say("在哪里？", (SKIP,))])

    assert said == (Say("进度。\n在哪里？", (SKIP, BACK)),)
    assert now.offered == (("skip", "跳过"), ("withdraw:1", "撤回这件"))


def test_a_button_offered_twice_stands_once():
    _, said = merged(Conversation(), [Say("一", (SKIP,)), Say("二", (SKIP,))])

    assert said[0].choices == (SKIP,)


def test_one_bubble_stays_as_it_is_and_what_was_offered_too():
    now = Conversation(offered=(("a", "A"),))

    assert merged(now, [Say("好的。")]) == (now, (Say("好的。"),))
    assert merged(now, []) == (now, ())


@given(st.lists(texts, max_size=6))
def test_nothing_is_lost_and_only_what_was_too_long_alone_is_too_long(parts):
    _, said = merged(Conversation(), [Say(part) for part in parts])

    assert "\n".join(say.text for say in said) == "\n".join(parts)
    assert all(len(say.text.encode()) <= LONGEST or say.text in parts for say in said)


@given(st.lists(texts, max_size=6))
def test_no_two_neighbours_would_have_fitted_together(parts):
    _, said = merged(Conversation(), [Say(part) for part in parts])

    for first, then in pairwise(said):
        assert len(f"{first.text}\n{then.text}".encode()) > LONGEST
