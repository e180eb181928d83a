"""As what somebody speaks: for a relative, as an agent with a paper, together with others, without their name.

Whoever complains of harm done to a relative speaks on the relative's behalf
("我妈被物业打了"); who was there with them ("我和我妈一起去的") speaks for
themself, and so does who bought something for them. A number of people is a
joint matter where the speaker counts themself in ("我们十几户"), not where it
says how large a place is ("我们小区有500户"). Expects text in ``segment.normal`` form.
"""

from __future__ import annotations

import re

from nlp.facts import Capacity
from nlp.who import counting

KIN = {
    "母亲": "妈妈|妈|母亲|老妈|老娘|mother|mom|mum|mama",
    "父亲": "爸爸|爸|父亲|老爸|老爹|father|dad",
    "父母": "父母|爸妈|爹妈|parents",
    "爷爷": "爷爷|grandfather|grandpa",
    "奶奶": "奶奶|grandmother|grandma",
    "外公": "外公|姥爷",
    "外婆": "外婆|姥姥|阿婆",
    "岳父": "岳父|老丈人",
    "岳母": "岳母|丈母娘",
    "公公": "公公|father-in-law",
    "婆婆": "婆婆|mother-in-law",
    "儿子": "儿子|son",
    "女儿": "女儿|闺女|daughter",
    "孩子": "孩子|小孩|娃娃|娃|宝宝|child|children|kid|kids",
    "孙子": "孙子|外孙|grandson|grandchild",
    "孙女": "孙女|granddaughter",
    "丈夫": "老公|丈夫|husband",
    "妻子": "老婆|妻子|媳妇|wife",
    "爱人": "爱人|partner",
    "哥哥": "哥哥|哥",
    "弟弟": "弟弟|弟|brother",
    "姐姐": "姐姐|姐",
    "妹妹": "妹妹|妹|sister",
    "叔叔": "叔叔|叔父|伯父|大伯|舅舅|姑父|姨父|uncle",
    "阿姨": "姑姑|姑妈|姨妈|舅妈|婶婶|伯母|aunt",
    "侄子": "侄子|外甥|nephew",
    "侄女": "侄女|外甥女|niece",
    "老人": "家里的老人|家里老人|老人家|老人",
    "亲戚": "亲戚|家人|家属|relative|relatives|family member",
    "邻居": "邻居|neighbour|neighbor|neighbours|neighbors",
    "朋友": "朋友|闺蜜|friend",
    "同事": "同事|工友|colleague|coworker",
    "同学": "同学|室友|classmate|roommate",
    "学生": "学生|student|students",
    "老乡": "老乡|同乡",
}
"""On whose behalf, and the words for them."""
OTHER_KIN = {"外公": "grandfather", "外婆": "grandmother", "岳父": "father-in-law", "岳母": "mother-in-law", "哥哥": "brother",
             "姐姐": "sister", "老人": "elderly relative", "老乡": "friend from home"}  # fmt: skip
_NAMED = {word: called for called, words in KIN.items() for word in words.split("|")}
_HAN_WORDS = sorted((w for w in _NAMED if not w.isascii()), key=len, reverse=True)
_ENGLISH_WORDS = sorted((w for w in _NAMED if w.isascii()), key=len, reverse=True)
REL = f"(?P<rel>{'|'.join(_HAN_WORDS)})"
KINDRED = f"(?P<rel>{'|'.join(_ENGLISH_WORDS)})"
DISTANT = frozenset({"邻居", "朋友", "同事", "同学", "学生", "老乡", "亲戚", "老人"})
"""Who is not one's own unless one says so."""

BRINGS = r"(?:投诉|反映|举报|申诉|申请|求助|咨询|问|打听|报修|报案|维权|讨|要(?:个|一个)?说法|登记|说(?:一?下|说)|提(?:个|一)|控告|检举|反应)"
FOR = re.compile(
    rf"(?<![因认作成以行])(?:帮|替|代|代表|为)(?:着|忙)?(?:我们?|咱们?|本人)?(?:家|的|那|这|一?个|位)*[^,。!?;:\s]{{0,6}}?{REL}(?!买|们)"
    rf"[^,。!?;:\s]{{0,8}}?{BRINGS}"
)
"""帮我妈投诉, 替楼上的邻居反映."""
FOR_BACK = re.compile(rf"(?:是|来)(?:帮|替|代)(?:我们?|咱)?家?的?{REL}(?:来|问|说|办|打|写|发|的)")
OWN = r"(?:我们?家?的?|我的|咱家?|本人的?|家里?的?|俺们?家?|自己的)"
SUBJECT = rf"(?:(?P<own>{OWN})|(?:^|(?<=[,。!?;:\s])))(?:大|小|老|二|三|亲)?{REL}(?!们|家长|同学们|电话)"
NOT_SUBJECT = re.compile(
    r"(?:和|跟|与|同|陪|带着?|领着?|送|接|给|叫|让|问|找|对|向|被|把|是|帮|替|以及|连|照顾|看望|告诉|听|要|等|有)$"
)
"""Before these words the relative is not whom it happened to, or not alone."""
HARMED = re.compile(
    r"^[^。!?;\n]{0,24}?(?:被(?!子)|遭|受伤|受骗|受害|上当|摔[倒伤成了断]|中毒|过敏|拉肚子|工伤|住院|骨折|烫伤|晕倒|走失|溺水|去世|死"
    r"|挨打|挨骂|(?:让|叫)(?:人|老师|物业|保安|狗|车)[^,。]{0,4}(?:打|骂|骗|咬|撞|欺负)"
    r"|(?:工资|工钱|血汗钱|养老金|退休金|低保|补贴|医药费|赔偿)[^。!?;\n]{0,8}(?:没|不|欠|拖|停|少|扣))"
)
FRAIL = re.compile(
    r"^(?:今年|都|已经|快|现在|也|有|他|她|,)*(?:\d{2,3}|[一二三四五六七八九]十[一二三四五六七八九]?)(?:多|几)?岁"
    r"|^(?:,|他|她|是|今年|年纪|有|又|都)*(?:岁数大|年纪大|年龄大|残疾|瘫痪|行动不便|不识字|不会用|不会上网|聋哑|卧床|腿脚不)"
)
BY_ITSELF = re.compile(r"(?:说|觉得|认为|让我|叫我|喜欢|打电话|开车|骑车|开的|说的)")
DOES = r"(?:打|骂|骗|推|撞|咬|欺负|体罚|辱骂|殴打|坑|扣|拖欠|欠|克扣|辞退|开除|赶|歧视|威胁|恐吓|不给|不让|拒绝给|猥亵|虐待|烫|砸|踢|罚|孤立)"
DONE_TO = re.compile(rf"{DOES}(?:了|伤|倒|走|过|着|坏|到|的|哭)*(?:我们?家?的?|我的|咱家?){REL}(?!电话|手机|一起|们)")

FOR_ENGLISH = re.compile(
    rf"\b(?:on behalf of|speaking for|writing for|reporting (?:this )?for|complain(?:ing)? for|asking for|for)"
    rf" (?:my|our|an?)(?: (?:old|elderly|little|own|sick|disabled))? {KINDRED}\b(?! (?:and|to|'s birthday))",
    re.IGNORECASE,
)
SAYS_FOR = re.compile(r"\b(?:behalf|complain|report|writ|speak|ask)", re.IGNORECASE)
HARMED_ENGLISH = re.compile(
    rf"(?<!and )(?<!with )\b(?:my|our) (?:\d+[- ]year[- ]old |old |elderly |little |eldest |youngest )?{KINDRED}\b(?!'s)(?: \(?\d+\)?)?[^.!?;]{{0,40}}?"
    r"\b(?:(?:was|were|is being|has been|have been|got|gets|keeps being) (?:\w+ )?(?:beaten|hit|hurt|injured|cheated|scammed|bitten|knocked|bullied"
    r"|fired|dismissed|punished|robbed|attacked|insulted|refused|poisoned|ignored|overcharged|pushed|fined|harassed)"
    r"|fell ill|fell down|slipped|broke (?:his|her)|has not been paid|hasn't been paid|was not paid|wasn't paid|cannot walk|can't walk)",
    re.IGNORECASE,
)

ASKED_BY = r"(?P<whom>[\u4e00-\u9fff·]{1,10}?)"
ENTRUSTED = re.compile(
    rf"(?:^|[,。!?;:\s]|我们?是?|本人|[本律]所|律师|事务所)(?:是|系|现|已|依法|今)?(?:接受|受){ASKED_BY}(?:的|之)?(?:全权)?(?:委托|授权)(?!拆|施工|经营|管理|物业|生产|评估|检测|运营)"
)
COUNSEL = re.compile(
    rf"(?:我是|我系|本人是|本人系|我作为|本人作为|作为)(?:{ASKED_BY}的)?(?P<as>(?:委托|诉讼|法定|特别授权)?代理律师|(?:委托|诉讼|法定|全权)?代理人|法律援助律师|援助律师|辩护律师|监护人|受托人)(?!员)"
)
OF_LAWYER = re.compile(
    rf"(?:我是|本人是|我系){ASKED_BY}的(?P<as>律师|法务|法律顾问)(?![\u4e00-\u9fff]{{0,3}}(?:儿子|女儿|邻居|朋友))"
)
GIVEN = re.compile(
    rf"(?:^|[,。!?;:\s])?{ASKED_BY}(?:已经?|现|特|全权)*(?:委托|授权)(?:我|本人|我们律所|本所)(?!的|们?律师)[^,。]{{0,6}}(?:代理|代为|办理|投诉|反映|处理|来|申诉)"
)
AGENT_ENGLISH = re.compile(
    r"\bI(?: am|'m) (?:the |a |an )?(?:(?:his|her|their|my \w+'s|\w+'s) )?(?P<as>legal guardian|guardian|(?:legal )?representative|attorney|lawyer|agent) (?:of|for|acting)\b"
    r"|\bI(?: am|'m) (?:his|her|their|(?:the|my) \w+'s) (?P<as2>legal guardian|guardian|attorney|lawyer|representative|agent)\b"
    r"|\b(?:acting|appointed) as (?:the |an? )?(?P<as3>attorney|lawyer|agent|representative|guardian)\b|\bby power of attorney\b",
    re.IGNORECASE,
)
LAWYERS, GUARDIANS = (
    re.compile(r"律师|法务|法律顾问|attorney|lawyer", re.IGNORECASE),
    re.compile(r"监护|guardian", re.IGNORECASE),
)
ROLES = {"代理律师": "attorney", "代理人": "representative", "监护人": "guardian", "受托人": "authorised person"}
"""As what somebody acts, and that in English."""
PRONOUNS = frozenset({"他", "她", "它", "对方", "当事人", "他们", "她们", "我", "我们"})

QUESTION = re.compile(
    r"[?？吗么呢]|可不可以|能不能|能否|可否|是否|行不行|可以.{0,4}(?:不|匿)|\b(?:can|may|could|must|do|is it) (?:i|it|we)\b",
    re.IGNORECASE,
)
NAMELESS = re.compile(
    r"(?:我|本人|(?:^|(?<=[,。!;:\s但])))(?:就|也|还是|暂时|实在|先)?(?:不想|不愿意?|不敢|不方便|不便|不|拒绝)(?:再)?(?:透露|留|写|说|提供|暴露|报|填|具)(?:下|出)?(?:我的?|自己的?)?(?:真实)?(?:名字|姓名|真名|身份|名(?!单|额|次|牌|片))"
    r"|(?:请|希望|要求|我要|我想|想要?|申请|选择?|需要|本人|我是?)匿名|(?:^|[,。;:\s])匿名(?:举报|投诉|反映|登记|提交|处理|来)"
    r"|\b(?:(?:stay|remain|be|keep me|report(?:ing)?(?: this)?) anonymous(?:ly)?|anonymous (?:report|complaint|tip)|(?:don'?t|do not|rather not|won'?t|not) (?:want to )?(?:give|leave|tell|share|reveal) (?:you )?my name)\b",
    re.IGNORECASE,
)
SECRET = re.compile(
    r"(?:请|希望|务必|一定要?|要求|麻烦|千万|帮我|替我|给我|为我|对我|我要|需要)[^,。?!;]{0,8}?保密(?!协议|局|文件|工作|制度|法|费)"
    r"|(?:不要|别|请勿|切勿|不能|勿)(?:把|将|让|跟|向|对|和|给)?[^,。?!;]{0,8}?(?:透露|泄露|泄漏|告诉|公开|暴露|说出|知道)[^,。?!;]{0,8}?(?:是我|我的?(?:名字|姓名|身份|电话|信息)|我是谁|投诉人|举报人|本人)"
    r"|(?:不要|别|请勿|切勿|不能|勿)(?:把|将)(?:我的?|本人的?)(?:个人)?(?:名字|姓名|身份|电话|信息)[^,。?!;]{0,8}?(?:透露|泄露|泄漏|告诉|公开|暴露|给)"
    r"|\b(?:keep (?:my (?:name|identity)|this|it|me) (?:secret|confidential|private)|(?:don'?t|do not) (?:tell|show|give|share|reveal)[^.?!]{0,20}(?:my (?:name|identity)|who i am|it was me))",
    re.IGNORECASE,
)


def find(text: str) -> Capacity:
    """As what the writer of *text* speaks, as far as the words tell."""
    agent, whom = _agent(text)
    behalf = whom or _behalf(text)
    voices, told = counting.together(text)
    sentences = re.split(r"(?<=[。!?;\n])", text)
    plain = "".join(one for one in sentences if not QUESTION.search(one))
    return Capacity(
        behalf=behalf,
        agent=agent,
        voices=voices,
        voices_told=told,
        nameless=NAMELESS.search(plain) is not None,
        secret=SECRET.search(plain) is not None,
    )


def kin(words: str) -> str:
    """Who is meant: "我妈" is the mother; other words stand for themselves."""
    for word in (*_HAN_WORDS, *_ENGLISH_WORDS):
        found = word in words if not word.isascii() else re.search(rf"\b{word}\b", words, re.IGNORECASE)
        if found:
            return _NAMED[word]
    return words


def in_english(called: str) -> str:
    """A relative of ``KIN`` in English; a name stands for itself."""
    english = [word for word in KIN.get(called, "").split("|") if word.isascii() and word]
    return english[0].replace("u?", "u") if english else OTHER_KIN.get(called, called)


def _behalf(text: str) -> str | None:
    for pattern in (FOR, FOR_BACK, DONE_TO):
        if found := pattern.search(text):
            return _NAMED[found["rel"]]
    for found in re.finditer(SUBJECT, text):
        called, rest = _NAMED[found["rel"]], text[found.end() :]
        if NOT_SUBJECT.search(text[max(0, found.start() - 4) : found.start()]) or (
            called in DISTANT and not found["own"]
        ):
            continue
        harm = HARMED.match(rest)
        if (harm and not BY_ITSELF.match(rest) and not re.match(r"(?:和|跟|与)我", rest)) or (
            found["own"] and FRAIL.match(rest)
        ):
            return called
    return _behalf_english(text)


def _behalf_english(text: str) -> str | None:
    found = FOR_ENGLISH.search(text)
    if found is not None and SAYS_FOR.search(found[0]):
        return kin(found["rel"].lower())
    found = HARMED_ENGLISH.search(text)
    return kin(found["rel"].lower()) if found else None


def _agent(text: str) -> tuple[str | None, str | None]:
    """As what, and for whom."""
    for pattern in (COUNSEL, OF_LAWYER, ENTRUSTED, GIVEN):
        if found := pattern.search(text):
            whom = found.groupdict().get("whom") or ""
            role = _role(found.groupdict().get("as") or "")
            before = "律" in text[max(0, found.start() - 8) : found.end()] and role == "受托人"
            return "代理律师" if before else role, _person(whom)
    if found := AGENT_ENGLISH.search(text):
        return _role(found["as"] or found["as2"] or found["as3"] or ""), None
    return None, None


def _role(words: str) -> str:
    if LAWYERS.search(words):
        return "代理律师"
    if GUARDIANS.search(words) or "法定代理人" in words:
        return "监护人"
    return "代理人" if "代理" in words or (words and words.isascii()) else "受托人"


def _person(whom: str) -> str | None:
    bare = re.sub(r"^(?:我们?家?的?|本人的?|咱家?|是)", "", whom)
    if not bare or bare in PRONOUNS:
        return None
    return _NAMED.get(bare, bare)
