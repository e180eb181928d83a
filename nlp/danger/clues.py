"""Dangers told by two clues, neither of which would tell it alone: a smell and a headache, a fall and no answer.

Data and no logic, as in ``hazards``. Each side is a class of words, so that
what nobody wrote down yet is seen by what it means (``clue_words``). Both sides must stand
near each other and both must hold now; what ``unless`` names, near them,
takes it back.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from nlp.danger import clue_words as w


class Clues(NamedTuple):
    """Two classes of words that tell of a danger when they stand near each other, in either order."""

    kind: str  # fire, gas, self_harm, crime, traffic, medical, trapped; empty: what the whole sounds like
    needs: tuple[frozenset[str], frozenset[str]]  # for each side: a text with none of these is not looked through
    first: re.Pattern[str]
    second: re.Pattern[str]
    unless: re.Pattern[str]
    within: int  # characters between the two at most
    hint: bool  # as in ``signs.Sign``


NEVER = r"(?!)"


def clues(  # rows of a table, not calls
    kind: str,
    needs: tuple[str, str],
    first: str,
    second: str,
    *,
    unless: str = NEVER,
    within: int = 16,
    hint: bool = False,
) -> Clues:
    """Two clues. ``needs``: for each side, characters of which every match holds one."""
    return Clues(
        kind,
        (frozenset(needs[0]), frozenset(needs[1])),
        re.compile(first),
        re.compile(second),
        re.compile(unless),
        within,
        hint,
    )


CLUES: tuple[Clues, ...] = (
    clues(
        "gas",
        ("天气汽液灶热然煤燃瓦瓶管罐软钢阀", "关刺呛呲味呼咝哧嘶坏头开怪拧掉断是松气没滋滴漏破穿脱臭裂钻"),
        w.FUEL,
        w.ESCAPES,
        unless=w.SMELLS_OF_TRADE + r"|水管|水阀|排水|自来水|暖气|漏水|洗衣|轮胎|罐头|保修|手续|开户|不装就|推销|站离",
    ),
    clues(
        "gas",
        ("味臭", "呛喘嘶头恶想晕睁"),
        r"(?:味|臭鸡蛋)",
        r"(?:头[好有点]*[晕疼痛]|恶心|想吐|呛得|喘不|睁不开|晕|嘶嘶)",
        unless=w.SMELLS_OF_TRADE + "|刺激|熏|恶臭|臭鸡|臭水|臭味熏天|漆|河|外面",
    ),
    clues(
        "gas",
        ("炉炭烧热煤生蜂", "叫吐头恶昏晕没站起"),
        r"(?:烧[炭煤]|[煤炭][炉火球盆]|蜂窝煤|热水器|生[着]?炉子|炉子)",
        r"(?:头[晕疼痛]|恶心|吐|起不来|站不|晕|昏|叫不|没力)",
        unless=w.PAPERS + "|污染|邻居|熏|冒黑烟|禁止",
        within=24,
    ),
    clues(
        "fire",
        (
            "仓充冰单厂厨垃家宿对层屋山幢床库店房手插教木林柴栋树棚楼沙油洗电空窗纸草衣被货车轿邻铺锅阳隔",
            "冒引火点烧燃着",
        ),
        w.FIRE_THING,
        w.BURNS,
        unless=w.TRADE_FIRE,
        within=8,
    ),
    clues("fire", ("塑烟烧焦糊", "下全冲出呛咳喘弥往捂涌满灌看着睁跑逃钻"), w.SMOKE, w.CHOKES, unless=w.TRADE_FIRE),
    clues(
        "medical",
        ("充变带水漏热电路配高", "下了冒啪噼在地拉摸滋火电着碰触踩"),
        w.ELECTRIC,
        w.SHOCKED,
        unless=w.PAPERS + r"|电费|跳闸|停电|电话|倒闭",
    ),
    clues(
        "trapped",
        (
            "井吊后土地坡基塔墙外天屋山广房招架树桥棚楼模沟泥玻瓷电看石矿砖空管脚舞花货路钢隧",
            "下压埋家屋底往砸跑车里门",
        ),
        w.TOPPLER,
        rf"{w.TOPPLES}[^。!?\n]{{0,10}}{w.UNDER}",
        unless=w.PAPERS + "|价|款|资金|名额",
        within=8,
    ),
    clues(
        "trapped",
        (
            "下倒冲压在垮埋塌洪流滑砸裂",
            "不人休伤倒冇动受哭唇唔喊喘嘴惨憋抽断昏晕暈死没爬疼痛白眼瞓神站翻脸血说起躺软迷骨",
        ),
        rf"{w.TOPPLER}[^,。!?;\n]{{0,8}}{w.TOPPLES}",
        w.HURT,
        unless=w.PAPERS + "|价|倒闭",
    ),
    clues(
        "traffic",
        (
            "三人公出卡叉大小拖摩渣电的货车",
            "不人休伤倒冇动受哭唇唔喊喘嘴困好惨憋抽断昏晕暈死沟没爬疼痛白眼瞓神站翻脸血说起躺轮软迷驾骨",
        ),
        rf"(?:{w.VEHICLE}[^,。!?;\n]{{0,8}}{w.CRASH}|{w.CRASH}[^,。!?;\n]{{0,3}}{w.VEHICLE}|{w.CRASH}[^,。!?;\n]{{0,3}}人)",
        rf"(?:{w.HURT}|轮子|驾驶室|沟里|好多(?:人|娃|孩)|困|人在水)",
        unless=w.PAPERS + "|死机|撞(?:库|衫|脸|名)|差一?点|早晚|迟早|要撞|会撞",
    ),
    clues(
        "trapped",
        ("井化坑塘水江池沟河泳海深湖溪漩落", "下不了入冲到呛咗喊扑抓抱拉沉没淹漂落走进飘"),
        rf"(?:{w.WHO})[^,。!?;\n]{{0,10}}{w.WATER}|{w.WATER}[^,。!?;\n]{{0,10}}(?:{w.WHO})",
        w.SINKS,
        unless=w.SINKS_NOT,
        within=10,
    ),
    clues(
        "trapped",
        ("l升摩电缆货轿过𨋢", "不停出卡困坠往打按没灯门黑"),
        w.STOPS,
        rf"{w.STOPPED}[^。!?\n]{{0,14}}{w.INSIDE}",
        unless=w.LIFTS_OLD,
        within=10,
    ),
    clues(
        "trapped",
        ("上下关出卡反困够夹打拉拔没被锁陷", "三上下两个冷出发哭喊喘坚天怕拔撑救晒没灶烧热疼痛着缺闷"),
        rf"{w.HELD}[^,。!?;\n]{{0,8}}{w.STUCK}|{w.STUCK}[^,。!?;\n]{{0,4}}{w.HELD}",
        w.HELPLESS,
        unless=w.STUCK_NOT,
    ),
    clues(
        "trapped",
        ("倒内发大水洪涨淹积进", "下二冲出困坚孩屋快房抱撑救有没老胸脖腰走跑车转"),
        w.FLOOD,
        w.FLOODED,
        unless=w.FLOODED_NOT,
    ),
    clues(
        "medical",
        ("中吃吞咬喝打洗火炭烧煤菌蘑蛰蜂蜇误输过", "休倒医发叫吐唇喘嘴头小幻恶抽昏晕没浑疹白看站肚脸血起迷送"),
        w.TAKEN,
        w.SICK,
        unless=w.SICK_NOT,
        within=20,
    ),
    clues(
        "medical",
        (
            "丈个乘人他儿叔司同哥大女奶她好妈妹姐姑娃婆婴媳孕学孩宝工师弟我有爷爸男的细老闺阿",
            "不人休冇动唇唔喘嘴憋抽断昏晕暈没爬白眼神站翻脸说起软迷",
        ),
        rf"{w.WHO}",
        rf"{w.ANSWERLESS}",
        unless=w.PAPERS
        + r"|窗口|叫号|动不了(?!手|腿|身)|电话|网|没反应过来|客服|领导|部门|政府|物业|起不来床|睡|晕车|没声音|站不住脚|抽(?:奖|查|烟|检|水|油)|昏暗|昏黄|推不动|不会动|不能动|断气|起不到|起不了|眼红|迷糊涂|头晕|喘不过气|憋屈|憋得|脸黑|黑着脸|黑脸",
        within=3,
    ),
    clues(
        "medical",
        ("血", "一下全到喷好止流湿满直都"),
        w.BLOOD,
        r"(?:止不住|好多|一直|直流|一地|满地|到处|喷|流了|下面流|全是|都是|湿透)",
        unless=w.PAPERS + "|鼻血|血汗|牙龈|月经|献血|抽血|电影",
        within=5,
    ),
    clues(
        "self_harm",
        ("下交再别原对帮忘拖替朋来永照纸连遗", "不人先再各坚失找抑报撑最来死永没照熬累结联见解谢走"),
        w.FAREWELL,
        w.LEAVING,
        unless=w.DESPAIR_NOT,
        within=20,
        hint=True,
    ),
    clues(
        "self_harm",
        ("坚崩扛抑撑没活熬生绝顶", "不世人再刀割听天太好最楼死永没消看睡窗算结药解谢走跳遗"),
        w.DESPAIR,
        w.ENDING,
        unless=w.DESPAIR_NOT,
        within=20,
        hint=True,
    ),
    clues(
        "self_harm",
        ("塔天崖悬护栏桥楼水江河海窗轨铁阳顶", "劝哭喊坐往想拉爬站翻腿要跨鞋风"),
        rf"(?:{w.WHO})[^,。!?;\n]{{0,10}}{w.EDGE}|{w.EDGE}[^,。!?;\n]{{0,10}}(?:{w.WHO})",
        w.OVER,
        unless=w.EDGE_NOT,
        within=8,
        hint=True,
    ),
    clues(
        "self_harm",
        ("一农割动安手整百胳药", "一了刀划割叫吃后喝房血锁"),
        w.WRIST,
        w.WRIST_CUT,
        unless=w.PAPERS + "|护士|献血|手环|工地|机器|砍|别人|邻居|残留|超标|打药",
        within=14,
        hint=True,
    ),
    clues(
        "crime",
        ("刀动卸同带弄打拿捅放斧杀枪棍汽泼浇灭点砍硫要钢铁锤", "不乱冲到吓在堵威对手扬报指按来架楼汽见说躲过追逼门闯"),
        w.MENACE,
        w.PRESENT,
        unless=w.MENACE_NOT,
    ),
    clues(
        "crime",
        ("上住到去在有着走起进", "不出厕喊地宾小屋巷开手树窝车陌面"),
        rf"(?:{w.WHO})[^,。!?;\n]{{0,8}}{w.SNATCHED}|{w.SNATCHED}[^,。!?;\n]{{0,3}}(?:{w.WHO})",
        w.SOMEWHERE,
        unless=w.SNATCHED_NOT,
    ),
    clues(
        "crime",
        ("一在尾撬敲盯砸跟踹", "一不从半好害快怎怕报救独男跟躲陌"),
        w.STALKED,
        w.AFRAID,
        unless=w.STALKED_NOT,
        within=20,
    ),
    clues(
        "crime",
        ("扇打抽拳挨掐揍殴被踹", "不今倒出哭喊头快惨打拉拦救棍正流现皮血要躲锁骨鼻"),
        w.BEATEN,
        w.BADLY,
        unless=w.BEATEN_NOT,
        within=12,
    ),
    clues(
        "trapped",
        ("l升摩电缆货轿过𨋢", "关卡困"),
        w.STOPS,
        r"(?:困(?:咗|住|在|喺)|(?:关|卡)(?:咗|住|在)了?[^。!?\n]{0,4}(?:我|里面|人|孩|老))",
        unless=w.LIFTS_OLD + "|困(?:过|人的)|发生",
        within=8,
    ),
    clues(
        "medical",
        ("给被让", "卷压埋夹砸碾绞轧"),
        rf"(?:{w.WHO})[^,。!?;\n]{{0,3}}(?:被|让|给)",
        r"(?:埋(?:了|住|在|着|进)|压(?:住|着|在|到|断)|砸(?:到|中|倒|晕|伤|了|断)|轧|碾|卷(?:进|到|入)|夹住|绞(?:进|住|断))",
        unless=w.PAPERS + "|压力|债|生活|领导|公司压|工资|老板",
        within=6,
    ),
    clues(
        "trapped",
        ("井坑沟洞", "掉摔栽跌踩"),
        r"(?:井盖?|坑|沟|洞)",
        rf"(?:{w.WHO}|骑车的?|一个)[^,。!?;\n]{{0,6}}(?:掉|跌|摔|栽|踩空)[^,。!?;\n]{{0,2}}(?:进|下|落|到|里|了)",
        unless=w.SINKS_NOT + "|差一?点|险些|上次|容易|怕|万一",
        within=10,
    ),
    clues(
        "trapped",
        ("下了冲来爆", "冲埋孩家屋救有村老跑门"),
        r"(?:泥石流|山洪|山体滑坡|滑坡|垮山|山垮|塌方|溃坝|决堤)(?:了|下来|来了|爆发|冲)",
        r"(?:屋|有人|跑|村|老人|孩|家|埋|冲|救|门)",
        unless=w.PAPERS + "|治理|路(?:不通|断)|资金|去年",
        within=14,
    ),
    clues(
        "trapped",
        ("人出往挤推", "了倒出压受哭喘摔晕有踩"),
        w.CROWD,
        w.CRUSHED,
        unless=w.PAPERS + "|早高峰|地铁太挤|公交太挤",
        within=12,
    ),
    clues(
        "",
        ("1医快怎急救来求赶送", "中倒刀切压咬喘塌打抽掉摔撞断昏晕杀淹滑漏烧煤着砸血触跌"),
        w.PLEA,
        w.PLEAD_FOR,
        unless=w.PLEA_NOT,
        within=20,
    ),
)
