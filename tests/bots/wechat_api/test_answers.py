"""What is said, as one text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bots.wechat_api.answers import LARGEST, fits, merged, pieces, spelled
from dialogs.commands import chosen
from dialogs.messages import Choice, Say

YES, NO, SKIP = Choice("y", "同意"), Choice("n", "不同意"), Choice("skip", "跳过")


def test_choices_become_numbered_lines():
    assert spelled(Say("您同意吗？", (YES, NO))) == "您同意吗？\n回复数字选择：\n1 同意\n2 不同意"
    assert (
        spelled(Say("Agree?", (Choice("y", "Yes"), Choice("n", "No")))) == "Agree?\nReply with a number:\n1 Yes\n2 No"
    )


def test_one_way_out_gets_no_number_since_that_could_be_the_answer():
    assert spelled(Say("在哪里？", (SKIP,))) == "在哪里？\n（也可以回复“跳过”）"
    assert spelled(Say("Where?", (Choice("skip", "Skip"),))) == "Where?\n(or reply: Skip)"


def test_numbers_that_the_dialog_says_itself_are_not_said_twice():
    say = Say("您同意吗？\n回1 同意，回2 不同意。", (YES, NO))

    assert spelled(say) == say.text


def test_of_several_bubbles_the_numbers_are_those_of_the_last():
    text = merged([Say("先说一句。", (SKIP,)), Say("您同意吗？", (YES, NO))])

    assert text == "先说一句。\n（也可以回复“跳过”）\n\n您同意吗？\n回复数字选择：\n1 同意\n2 不同意"


def test_the_dialog_takes_the_numbers_and_the_words():
    offered = tuple((choice.id, choice.label) for choice in (YES, NO, SKIP))

    assert [chosen(word, offered, numbered=True) for word in ("1", "2", "3", "不同意")] == ["y", "n", "skip", "n"]


@given(st.text("甲乙。，\n a😀", max_size=2000), st.integers(8, LARGEST))
def test_parts_fit_and_lose_nothing_but_blanks(text, most):
    parts = list(pieces(text, most))

    assert all(len(part.encode()) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_text_fits_to_the_byte():
    assert fits("字" * 682 + "a")
    assert not fits("字" * 682 + "ab")


def test_a_score_is_no_number_of_a_list():
    score = Say("打几分？", tuple(Choice(f"c{n}", str(n)) for n in range(11)))

    assert spelled(score).endswith("（也可以回复“0”、“1”、“2”、“3”、“4”、“5”、“6”、“7”、“8”、“9”、“10”）")
