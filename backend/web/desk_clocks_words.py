"""What the desk says of clocks and of the alerts they give; desk_words joins them."""

from __future__ import annotations

from typing import Final

CLOCKS: Final[dict[str, tuple[str, str]]] = {
    "clocks.cap": (
        "等市民补充，暂停计时；最晚等到 {at}，之后期限继续计算。",
        "Waiting for the citizen: the clocks stand still until {at} at the latest, then they run again.",
    ),
    "clocks.resumed": (
        "等市民补充已到时间，期限已继续计算。",
        "The citizen has been waited for long enough; the clocks run again.",
    ),
    "clocks.why": ("为什么是这个时间", "Why then"),
    "clocks.warned": ("已提醒经办", "Its handler was warned"),
    "clocks.climbed": ("超时后已催办 {n} 次", "Escalated {n} times since it ran out"),
    "alerts": ("时限提醒", "Alerts"),
    "alerts.why": (
        "快到期和已超时的案件，看过后点“都看过了”，就不再显示；期限本身不受影响。",
        "Cases whose clocks are nearly over or have run out. Once seen they leave this list; the clocks run on.",
    ),
    "alerts.banner": ("有 {n} 条时限提醒。", "{n} alerts about time limits."),
    "alerts.none": ("没有需要看的提醒。", "There is nothing to look at."),
    "alerts.seen": ("都看过了", "All seen"),
    "alert.warned": ("{clock}快到期：{at}", "{clock} is nearly over: {at}"),
    "alert.late": ("{clock}已超时，原定 {at}", "{clock} has run out; it was due {at}"),
    "alert.resumed": (
        "等市民补充已到时间，期限继续计算",
        "The citizen was waited for long enough; the clocks run again",
    ),
    "alert.supervised": ("已列为督办", "Under supervision"),
    "alert.other": ("请看这件诉求（{kind}）", "Please look at this case ({kind})"),
    "alert.step": ("第 {n} 级催办", "Escalation step {n}"),
    "told.intake": ("受理人员", "intake"),
    "told.dispatcher": ("分派人员", "the dispatchers"),
    "told.handler": ("经办部门", "the department"),
    "told.reviewer": ("审核人员", "the reviewers"),
    "told.coordinator": ("协调人员", "the coordinators"),
    "told.manager": ("负责人", "the managers"),
    "was.clock.warned": ("快到期，已提醒 {to}：{clock}，截止 {at}", "Nearly over, {to} was told: {clock}, until {at}"),
    "was.clock.overdue": ("已超时，已告知 {to}：{clock}，原定 {at}", "Run out, {to} was told: {clock}, due {at}"),
    "was.clock.anew": ("更正后重新计算：{clock}，截止 {at}", "Reckoned anew after a correction: {clock}, until {at}"),
    "was.clock.ended": ("不再适用：{clock}", "No longer promised: {clock}"),
}
