"""The words of the pages about the sample of handlers' conversations, in Chinese and English; desk_words joins them."""

from __future__ import annotations

from typing import Final

SAMPLES: Final[dict[str, tuple[str, str]]] = {
    "samples": ("对话抽查", "Sampled talks"),
    "samples.why": (
        "每位接待人员每月抽出 {n} 次已结束的接待，一周一抽，由系统抽签，谁也不能挑。本人不给自己打分；评分本人看得到，可以答复一次。",
        "Of each handler {n} talks a month are drawn, week by week, by lot: nobody chooses. Nobody scores their own; who is scored reads it and may reply once.",
    ),
    "samples.own": (
        "您的接待被抽到并评分的，都在这里。对评分有话说，可以答复一次。",
        "Your talks that were drawn and scored. You may reply once to each score.",
    ),
    "samples.none": ("还没有抽到对话。每周结束后抽签，有人接待过才抽得到。", "Nothing is drawn yet. Lots are drawn after each week of talks."),
    "samples.none.own": ("您的接待还没有评分。", "None of your talks has been scored."),
    "samples.heap.todo": ("待评", "To score"),
    "samples.heap.scored": ("已评", "Scored"),
    "samples.handler": ("接待人员", "Handler"),
    "samples.ended": ("结束时间", "Ended"),
    "samples.score": ("得分", "Score"),
    "samples.points": ("{points} / {most}", "{points} / {most}"),
    "samples.reviewer": ("评分人", "Scored by"),
    "samples.replied": ("本人已答复", "replied"),
    "samples.open": ("看对话", "See the talk"),
    "samples.averages": ("平均分", "Averages"),
    "samples.talks": ("{n} 次", "{n} talks"),
    "samples.share": ("{share}", "{share}"),
    "samples.export": ("导出表格", "Export"),
    "samples.title": ("{handler}的一次接待", "A talk of {handler}"),
    "samples.erased": ("这次对话的内容已经删除。", "The words of this talk have been deleted."),
    "samples.rubric": ("评分", "Score"),
    "samples.given": ("得分（满分 {most}）", "Points (of {most})"),
    "samples.reason": ("理由（没给满分的要写）", "Reason (where points are missing)"),
    "samples.send": ("保存评分", "Save the score"),
    "samples.mend": ("在本人答复以前可以改。", "You may change it until the handler replies."),
    "samples.reply": ("本人答复（只能答复一次）", "Reply (once)"),
    "samples.reply.send": ("答复", "Reply"),
    "samples.reply.was": ("{handler}答复", "{handler} replied"),
    "samples.case": ("关于 {number}", "about {number}"),
    "samples.total": ("合计 {points} / {most}", "{points} of {most} in all"),
    "done.scored": ("评分已保存，本人看得到。", "Saved; the handler can read it."),
    "done.replied": ("答复已保存。", "Your reply is saved."),
    "wrong.score": (
        "“{line}”要给 0 到 {most} 的整数分，没给满分的要写理由。",
        "“{line}” takes a whole number from 0 to {most}, and a reason where points are missing.",
    ),
    "wrong.not_drawn": ("抽查里没有这次对话，或您不能看它。", "That talk is not in the sample, or not yours to see."),
    "wrong.own_score": ("本人不能给自己的接待评分。", "Nobody scores their own talk."),
    "wrong.settled": ("这次对话别人已经评过，或本人已经答复，不能再改。", "It was scored by somebody else, or its handler has replied; it stays as it is."),
}  # fmt: skip
