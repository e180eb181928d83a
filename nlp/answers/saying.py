"""What the person who writes an answer is told of each thing that it lacks: why, and what would mend it."""

from __future__ import annotations

from typing import NamedTuple

from nlp.answers.heard import Caution


class Saying(NamedTuple):
    """In Chinese and English; {quote} and {facts} are filled in."""

    why: str
    why_en: str
    mend: str
    mend_en: str


SAYINGS: dict[str, Saying] = {
    "question": Saying(
        "诉求人问的“{quote}”，答复里没有看到回答。",
        "The citizen asked “{quote}”; the answer does not say.",
        "直接回答这一问；现在还答不了，就写明原因和什么时候能答。",
        "Answer it; where that cannot be done yet, say why and when it can.",
    ),
    "demand": Saying(
        "诉求人要求“{quote}”，答复里没有说办不办。",
        "The citizen asked for “{quote}”; the answer does not say whether it is done.",
        "写明已经怎么办、什么时候办，或者为什么不能办。",
        "Say what was done, when it will be, or why it cannot be.",
    ),
    "place": Saying(
        "诉求人说的地点“{quote}”，答复里没有提到。",
        "The place “{quote}” is not spoken of in the answer.",
        "写明到哪里看了、办了什么；几个地点要逐一写到。",
        "Say what was seen or done there; of several places, speak of each.",
    ),
    "day": Saying(
        "诉求人说的是{quote}的事，答复里没有提到那一天。",
        "It happened on {quote}; the answer does not speak of that day.",
        "写明查的是哪一天、查到什么。",
        "Say of which day you looked, and what you found.",
    ),
    "empty": Saying(
        "“{quote}”后面没有说办了什么，当作最后的答复是空话。",
        "After “{quote}” nothing says what was done: as a final answer it is empty.",
        "写查到了什么、已经办了什么、由谁办、哪天办完。",
        "Say what was found, what was done, by whom, and by which day the rest is.",
    ),
    "measures": Saying(
        "看不出采取了什么措施。",
        "It does not say what was done.",
        "写明已经采取的措施，还没办完的写明由谁办、哪天办完。",
        "Say what was done, and who does the rest by which day.",
    ),
    "ground": Saying(
        "“{quote}”没有说依据。",
        "“{quote}” comes without its ground.",
        "写明依据的规定、合同，或者查到的证据（监控、检测、记录）。",
        "Name the rule, the contract, or the evidence: footage, a measurement, records.",
    ),
    "remedy": Saying(
        "没有支持诉求，却没有告诉接下来还能怎么办。",
        "What was asked for is not granted, and nothing says what else can be done.",
        "写明还能怎么办：复核、调解、仲裁、起诉，或者补充新的证据。",
        "Say what remains: a review, mediation, arbitration, court, or new evidence.",
    ),
    "holds": Saying(
        "按本单位的规定，答复里还要写“{quote}”。",
        "This institution's answers also say “{quote}”.",
        "补上这一项。",
        "Add it.",
    ),
    "thanks": Saying(
        "没有一句感谢或者歉意。",
        "There is no word of thanks, nor an apology.",
        "谢谢对方的反映；是我们的不足，就说抱歉。",
        "Thank them for telling; where we fell short, say sorry.",
    ),
    "private": Saying(
        "“{quote}”可能是别人的个人信息。",
        "“{quote}” may be somebody else's personal data.",
        "删去，或者用“某”“*”代替；确是对外公布的，可以保留。",
        "Take it out or star it; what is published anyway may stay.",
    ),
    "blaming": Saying(
        "“{quote}”听起来是在责怪诉求人。",
        "“{quote}” sounds as if it blamed the citizen.",
        "只说事实和下一步怎么办。",
        "Tell the facts and what comes next.",
    ),
    "commanding": Saying(
        "“{quote}”像是命令。",
        "“{quote}” reads like an order.",
        "换成“请您……”，并说明为什么。",
        "Ask, and say what for.",
    ),
    "cold": Saying(
        "“{quote}”像是把人推开。",
        "“{quote}” turns people away.",
        "说明谁能办、怎么找到，或者我们能帮到哪一步。",
        "Say who can help, how to reach them, or how far we can.",
    ),
    "officialese": Saying(
        "“{quote}”是公文话，不好懂。",
        "“{quote}” is officialese.",
        "换成平常的话，称呼用“您”。",
        "Use plain words, and speak to the citizen.",
    ),
    "blank": Saying(
        "“{quote}”还没有填。",
        "“{quote}” is not filled in.",
        "填上，或者删去。",
        "Fill it in or take it out.",
    ),
    "long": Saying(
        "一共{facts[all]}个字，{facts[channel]}一条消息最多{facts[most]}个字，会分成几条。",
        "{facts[all]} characters in all; a message on {facts[channel]} holds {facts[most]}, so it will be split.",
        "写短一些，先说结果；细节可以另附。",
        "Shorten it, the result first; details may follow.",
    ),
    "language": Saying(
        "诉求人用的语言和答复不一样。",
        "The citizen writes in another language than the answer.",
        "用诉求人的语言再写一遍。",
        "Write it in the citizen's language too.",
    ),
}
"""By key, in the order in which they are told."""


def caution(key: str, of: str = "", start: int = 0, end: int = 0, quote: str = "", **facts: object) -> Caution:
    """The caution with its sentences; a longer quote is cut in them."""
    shown = quote if len(quote) <= SHOWN else f"{quote[: SHOWN - 1]}…"
    said = (line.format(quote=shown, facts=facts) for line in SAYINGS[key])
    return Caution(key, of, start, end, quote, *said)


SHOWN = 30
"""Characters of a quote."""
