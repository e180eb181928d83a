"""The words of the desk's pages about chats that wait for a person, in Chinese and English; desk_words joins them."""

from __future__ import annotations

from typing import Final

from backend.web.desk.talking_words import TALKING

TALKS: Final[dict[str, tuple[str, str]]] = {
    "talks": ("等人接待的聊天", "Chats for a person"),
    "talks.banner": (
        "有 {n} 位市民在等人，或正在报告险情。",
        "Citizens who wait for a person or tell of a danger: {n}.",
    ),
    "talks.why": (
        "险情排在最前面，其次是等得最久的。接过来以后机器人不再说话，市民的每句话都会留下来。",
        "Danger comes first, then who waits longest. While you have a chat the bot is silent; every word is kept.",
    ),
    "talks.none": ("没有市民在等人。", "No citizen waits for a person."),
    "talks.open": ("看聊天", "See the chat"),
    "talks.since": ("{at} 起等待", "waits since {at}"),
    "talks.by": ("{name} 正在接待", "{name} has it"),
    "talks.nobody": ("市民没有说话。", "The citizen has said nothing."),
    "talks.take": ("我来接待", "Take the chat"),
    "talks.words": ("写给市民", "Write to the citizen"),
    "talks.send": ("发送", "Send"),
    "talks.back": ("交还机器人", "Hand back to the bot"),
    "talks.settle": ("已处理，不用再接", "Settled, nobody need come"),
    "talks.live": ("新的话会自动出现", "New words appear by themselves"),
    "talks.over": ("这次接待已经结束。", "This chat has been given back."),
    "talks.case": ("关于 {number}", "about {number}"),
    "talk.reason.danger": ("险情", "Danger"),
    "talk.reason.self_harm": ("轻生念头", "Thoughts of suicide"),
    "talk.reason.asked": ("市民要找人", "Asked for a person"),
    "talk.reason.stuck": ("说不明白", "Could not be understood"),
    "talk.reason.abuse": ("情绪激动", "Very angry"),
    "talk.state.waiting": ("等待中", "Waiting"),
    "talk.state.missed": ("超时没人接", "Nobody came in time"),
    "talk.state.taken": ("接待中", "Taken"),
    "talk.state.ended": ("已结束", "Ended"),
    "was.said.over": ("市民说没有危险了", "The citizen says there is no danger any more"),
    "was.facts": ("{by}补充了情况", "{by} told more"),
    "text.facts": ("补充了", "About"),
    "mark.and": ("、", ", "),
    "done.taken": ("已接过来，市民知道是人在回复。", "You have the chat; the citizen was told."),
    "done.sent": ("已发给市民。", "Sent to the citizen."),
    "done.back": ("已交还机器人。", "Handed back to the bot."),
    "done.settled": ("已标记为处理过。", "Marked as settled."),
    "wrong.not_here": ("这个聊天现在由{name}接待，或已经结束。", "This chat is {name}'s now, or it is over."),
    "wrong.nobody": ("别人", "somebody else"),
    "wrong.no_talk": ("没有这个聊天。", "There is no such chat."),
    **TALKING,
}
