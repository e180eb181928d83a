"""Words that insult, and words of who is angry or has waited too long: how to answer somebody goes by them.

What they complain of is never judged by it. An insult is told apart from a
matter that uses the same word (垃圾没人清运, 狗咬人, 操场) by what stands around it.
"""

from __future__ import annotations

import re

from nlp.segment import normal

YOU = r"(?:你们?|您|这?(?:个|帮|群|些)|他们?|她|这种|狗屁)"
INSULT = re.compile(
    r"傻[逼比bB叉缺屌]|煞笔|沙雕|[sS][bB](?![a-zA-Z])|脑残|白痴|智障|弱智|神经病(?!院|人)|有病(?:吧|啊)|二百五|蠢(?:货|猪|驴|蛋)"
    r"|王八(?:蛋|羔子)?|混(?:蛋|账)|畜生|人渣|败类|狗(?:东西|日的|屁|娘养|杂种|腿子|官)|杂种|龟孙子?|贱(?:人|货)|不要脸|臭不要脸"
    r"|[操艹草肏日干](?:你|他|她|尼|拟)(?:们)?(?:的)?(?:妈|吗|马|麻|娘|大爷|祖宗|奶奶|全家)?(?![场作办净活部练心])|(?:你|他|尼|泥)(?:们)?(?:的)?(?:妈|吗|马)(?:的|了个?逼|逼)"
    r"|妈(?:了个|的)?[逼比B](?![较例赛])|妈蛋|(?<![\u4e00-\u9fff])妈的(?![\u4e00-\u9fff]{0,2}(?:病|房|钱|手机|电话|身份|单位|医保))|他妈的(?![\u4e00-\u9fff]{0,2}(?:病|房|钱|手机|电话|身份|单位|医保|退休))|特么|尼玛|[tT][mM][dD](?![a-zA-Z])|[nN][mM][sS][lL]|[cC][nN][mM](?![a-zA-Z])"
    r"|滚(?:蛋|开|犊子|出去)|(?:^|[,。!\s])滚[,。!\s]*$|吃屎|放(?:狗)?屁|去你的|死(?:全家|妈)|"
    + YOU
    + r"[^,。!?;\n]{0,4}(?:是|就是|都是|真是)?(?:一?[群帮个])?(?:废物|饭桶|垃圾(?!桶|站|箱|车|分类|堆|没|处理|清)|吃干饭|猪脑子|骗子)"
    r"|\b(?:fuck\w*|bullshit|shit(?:ty)?|asshole|bastards?|bitch|idiots?|moron|stupid (?:bot|robot|machine|people)|dumbass|wtf|piss off|screw you|go to hell)\b",
    re.IGNORECASE,
)
WEARY = re.compile(
    r"不作为|踢皮球|推诿|推来推去|[互相]{2}推(?![荐广动进销])|镇里?推县|推给|扯皮|敷衍|不闻不问|不管不问|置之不理|没人(?:管|理|搭理)|谁也不管|都不管"
    r"|(?:拖|等|反映|投诉|找|跑|打|说|报)(?:了|过)?(?:快|都|整整|有|足足|将近|差不多|好几|无数|很多|多)?"
    r"(?:[一两二三四五六七八九十几多半百\d]{1,4})(?:个)?(?:多)?(?:年|月|次|遍|回|趟)|多次(?:反映|投诉|举报|报修|拨打|找)"
    r"|(?:反映|投诉|报修|打过?电话|找过?)(?:了|过)?(?:很多|好多|无数|多|好几)(?:次|遍|回|趟)|(?:一直|始终|到现在|至今|还是)(?:都)?(?:没有?|未|不)(?:解决|处理|给|人|回复|答复|办|批|修|退)"
    r"|\b(?:for (?:months|years|weeks)|again and again|(?:many|several|so many|\d+) times|nobody (?:cares|helps|answers)|no ?one (?:cares|helps|answers)|keep waiting)\b",
    re.IGNORECASE,
)
"""Said by who has waited long, asked often, or been sent from one to another."""
ANGRY = re.compile(
    r"气死|气炸|太过分|欺人太甚|忍无可忍|受够了|欺负(?:人|老百姓)|太欺负|愤怒|岂有此理|天理|良心|无法无天|黑心|说理|凭什么|[!]{3,}|寒心|心寒|绝望|崩溃|投诉到底|曝光你们"
    r"|\b(?:outrageous|ridiculous|furious|disgusting|unacceptable|fed up|sick of)\b",
    re.IGNORECASE,
)
VENTS = re.compile(
    r"(?:真是?|太|简直|实在|也|都|就|我|的|了|啊|呀|吧|你们?)*(?:过分|气死(?:我|人)?|气炸|拖死(?:我|人)?|烦死(?:我|人)?|坑死(?:我|人)?|受够|岂有此理|欺人太甚|忍无可忍|无法无天|寒心|心寒|无语|服了?|可恶|恶心)"
    r"(?:真是?|太|简直|实在|也|都|就|我|人|的|了|啊|呀|吧|你们?)*"
)
"""Cries of anger that tell nothing by themselves."""
SUBSTANCE = 4  # letters that are left of a message beside its insults, from which it tells something
LETTERS = re.compile(r"[^\W_]")


def insults(text: str) -> bool:
    """Whether somebody is insulted."""
    return INSULT.search(normal(text)) is not None


def only_vents(text: str) -> bool:
    """Whether there is nothing in it but insults and cries of anger."""
    plain = normal(text)
    left = VENTS.sub("", INSULT.sub("", plain))
    return left != plain and len(LETTERS.findall(left)) < SUBSTANCE


def upset(text: str) -> str:
    """``weary`` of waiting and asking, ``angry``, or ``""``."""
    plain = normal(text)
    return "weary" if WEARY.search(plain) else "angry" if ANGRY.search(plain) else ""
