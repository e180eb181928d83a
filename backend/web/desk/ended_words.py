"""The words of the page about conversations that ended without a case, in Chinese and English; desk_words joins them."""

from __future__ import annotations

from typing import Final

ENDED: Final[dict[str, tuple[str, str]]] = {
    "ended": ("没有成案的对话", "Talks without a case"),
    "ended.why": (
        "市民说了一半、一天以上没有再说话的对话。看看停在哪一步、可能想办什么，标一个原因；同意过的，可以接过来问一问。",
        "Citizens who told something and have been silent for a day. See where they stopped and what they may have wanted, say why, and write to those who had agreed.",
    ),
    "ended.private": (
        "市民同意之前说的话，谁都不能看；这里只知道停在哪一步。取消、拒绝和删除的对话不在这里，只在漏斗的计数里。",
        "What was said before the citizen agreed is nobody’s to read: only where it stopped is known. Talks that were cancelled, refused or deleted are in the funnel’s counts alone.",
    ),
    "ended.institution": ("机构", "Institution"),
    "ended.show": ("查看", "Show"),
    "ended.heap.new": ("未复核", "Not reviewed"),
    "ended.heap.done": ("已复核", "Reviewed"),
    "ended.none": ("没有等着复核的对话。", "No talk waits to be reviewed."),
    "ended.none.done": ("还没有复核过的对话。", "No talk has been reviewed yet."),
    "ended.step": ("停在“{step}”", "Stopped at “{step}”"),
    "ended.step.put_by": ("超过时间，已搁置", "Put by, as its time was over"),
    "ended.agreed": ("已同意", "Had agreed"),
    "ended.not_agreed": ("没有同意，内容不显示", "Had not agreed; nothing is shown"),
    "ended.sealed": ("保密案件，内容只有知情人员能看", "Confidential: for named officers alone"),
    "ended.wanted": ("可能想办：{place} → {department}", "May have wanted: {place} → {department}"),
    "ended.silent": ("{at} 起没有再说话", "silent since {at}"),
    "ended.mark": ("为什么停下", "Why it ended"),
    "ended.mark.send": ("标记", "Mark"),
    "ended.marked": ("{by}标记：{why}", "{by}: {why}"),
    "ended.follow": ("接过来问一问", "Write to them"),
    "ended.follow.hint": (
        "市民会知道是人在说话；只为把这件事办成。",
        "The citizen is told that a person writes; only to bring this matter on.",
    ),
    "ended.unreachable": ("联系不到：市民已退出聊天", "Cannot be reached: they left the chat"),
    "ended.now": ("现在停在", "Standing still at"),
    "ended.reasons": ("最近 30 天复核的原因", "Reasons of the last 30 days"),
    "ended.why.unwilling": ("不愿留信息", "Unwilling to leave data"),
    "ended.why.tiresome": ("问题太多、嫌麻烦", "Too many questions"),
    "ended.why.unclear": ("没有听懂市民", "Was not understood"),
    "ended.why.answered": ("问到了，不用再办", "Had their answer"),
    "ended.why.elsewhere": ("不归我们管", "Not ours"),
    "ended.why.idle": ("试一试、发错了", "Only trying, or by mistake"),
    "ended.most": ("只列出最近的 {n} 个。", "Only the newest {n} are listed."),
    "done.ended": ("已标记。", "Marked."),
    "talk.reason.left": ("说到一半，主动联系", "Left in the middle; we write"),
    "wrong.ended": ("这个对话已经继续、成案或删除，不用再处理。", "That talk went on, became a case or was deleted; nothing is left to do."),
    "wrong.unreachable": ("不能联系这位市民：没有同意过，或已退出聊天。", "They cannot be written to: they never agreed, or left the chat."),
    "wrong.ended.why": ("请选一个原因。", "Choose a reason."),
    "wrong.sampler": ("只有审核员、协调员和主管可以查看这一页。", "Only reviewers, coordinators and managers may see this page."),
}  # fmt: skip
