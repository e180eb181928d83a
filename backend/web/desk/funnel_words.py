"""The words of the desk's page about where citizens stop, in Chinese and English; desk_words joins them to the others."""

from __future__ import annotations

from typing import Final

FUNNEL: Final[dict[str, tuple[str, str]]] = {
    "funnel": ("对话漏斗：停在哪一步", "Conversation funnel: where citizens stop"),
    "funnel.why": (
        "市民登记诉求时，每个问题问到、答了、跳过、离开了多少次。只有计数，没有市民的信息。",
        "How often each question was asked, answered, skipped and left while citizens told their matter. Counts only, nothing of any citizen.",
    ),
    "funnel.institution": ("机构", "Institution"),
    "funnel.days": ("时间", "Days"),
    "funnel.last": ("最近 {n} 天", "Last {n} days"),
    "funnel.show": ("查看", "Show"),
    "funnel.none": ("这些天还没有登记完或离开的对话。", "No talk was finished or left in these days."),
    "funnel.filed": ("登记", "Filed"),
    "funnel.joined": ("加入他人的案件", "Joined a case of others"),
    "funnel.urgent": ("紧急直接登记", "Registered at once, in danger"),
    "funnel.turns": ("轮数", "Turns"),
    "funnel.time": ("用时", "Time"),
    "funnel.halves": ("半数不超过 {half}，九成不超过 {most}", "half within {half}, nine in ten within {most}"),
    "funnel.beyond": ("一周以上", "more than a week"),
    "funnel.turns.beyond": ("100 以上", "more than 100"),
    "funnel.steps": ("各步骤", "Questions"),
    "funnel.arrived": ("到达 {n}", "asked {n}"),
    "funnel.answered": ("答了 {n}", "answered {n}"),
    "funnel.skipped": ("跳过 {n}", "skipped {n}"),
    "funnel.missed": ("没听懂 {n}", "not understood {n}"),
    "funnel.left": ("离开 {n}", "left {n}"),
    "funnel.returned": ("回来 {n}", "back {n}"),
    "funnel.gone": ("停在这里 {share}", "stopped here {share}"),
    "funnel.key.answered": ("答了", "answered"),
    "funnel.key.skipped": ("跳过", "skipped"),
    "funnel.key.other": ("返回或更改", "went back or changed"),
    "funnel.key.gone": ("离开没回来", "left for good"),
    "funnel.means": ("这些数是什么意思", "What the numbers mean"),
    "funnel.means.day": (
        "对话登记完或离开那天才计数；正在进行的不在这里。",
        "A talk is counted on the day on which it was filed or left; those under way are not here.",
    ),
    "funnel.means.left": (
        "离开：取消、不同意、到期关闭，或停在这一步满一天没有回话。回来：离开后又接着说。",
        "Left: cancelled, not agreed, closed when its time was over, or silent for a day at this question. Back: went on afterwards.",
    ),
    "funnel.means.arrived": (
        "到达：问到这一步的次数，更改后再问也算。一句话说清的，后面的问题就不会问到。",
        "Asked: how often it came to this question, again after a change too. What was told by itself is never asked.",
    ),
    "funnel.means.time": (
        "轮数是市民发来的消息数；用时从第一句话到提交，取所在档的上限。紧急情况直接登记，不计步骤和用时。",
        "Turns are messages of the citizen; the time runs from the first word to filing and is told as the upper end of its range. Dangers are registered at once and not timed.",
    ),
    "funnel.seconds": ("{n} 秒", "{n} s"),
    "funnel.minutes": ("{n} 分钟", "{n} min"),
    "funnel.hours": ("{n} 小时", "{n} h"),
    "funnel.day": ("{n} 天", "{n} d"),
    "wrong.watcher": ("只有本机构的管理人员可以查看这一页。", "Only managers of this institution may see this page."),
}  # fmt: skip
