"""By what a handler's conversation with a citizen is judged: lines with points, each with what they are given for."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Label = Annotated[str, Field(min_length=1, max_length=20)]
Told = Annotated[str, Field(min_length=1, max_length=120)]


class RubricLine(BaseModel):
    """One line: up to ``most`` points for what ``what`` says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Label
    label_en: str = ""
    most: int = Field(ge=1, le=100)
    what: Told
    what_en: str = ""


RUBRIC = (
    RubricLine(
        key="heard",
        label="听明白",
        label_en="Understood",
        most=25,
        what="弄清了市民要办的事、地点和时间，没有让市民把说过的话再说一遍",
        what_en="Found out what the citizen wants, where and when, without asking twice for what was told",
    ),
    RubricLine(
        key="right",
        label="说得对",
        label_en="Right",
        most=25,
        what="政策、流程、时限和部门说得准确，不知道的不乱说",
        what_en="Rules, steps, time limits and departments are right; nothing was guessed",
    ),
    RubricLine(
        key="settled",
        label="有着落",
        label_en="Settled",
        most=20,
        what="结束时市民知道下一步由谁办、什么时候有结果、怎么查进度",
        what_en="In the end the citizen knows who does what by when, and how to follow it",
    ),
    RubricLine(
        key="kind",
        label="态度好",
        label_en="Kind",
        most=20,
        what="有礼貌、有耐心，不推脱、不指责，市民着急时先安抚",
        what_en="Polite and patient; nobody was put off or blamed; who is upset was calmed first",
    ),
    RubricLine(
        key="safe",
        label="守规矩",
        label_en="Careful",
        most=10,
        what="没有多问或说出个人信息，没有许诺办不到的事",
        what_en="No personal data asked for or told without need; nothing promised that cannot be kept",
    ),
)
"""What an institution that writes none of its own judges by: 100 points."""
MOST_LINES = 10

Rubric = Annotated[tuple[RubricLine, ...], Field(min_length=1, max_length=MOST_LINES)]
"""The lines of one institution."""
