"""Words by which somebody takes back their consent or wants to be forgotten.

Only a whole message counts: "请把我的信息删掉" is a wish, "他们没有删掉我的信息"
is a complaint.
"""

from __future__ import annotations

import re

from dialogs.commands import squeeze

FORGET, UNCONSENT = "forget", "unconsent"
LONGEST = 60  # characters; what is longer is a story

_BEGIN = r"(?:请问?|麻烦|帮我|能不能|可不可以|可以|能|我要求?|我想要?|我希望|要求|怎么|如何|怎样|你们?|您|把|给我|现在|马上|全都?|都)*"
_END = r"(?:一下|掉|了|吧|吗|嘛|呢|啊|呀|都|全部|谢谢你?|好吗|可以吗|行吗)*"
_DELETE = r"(?:全部?|都)?(?:删除|删掉|删了|删去|删|清除|清空|清掉|抹掉|抹去|销毁|注销)(?:掉|一下)?"
_MINE = r"(?:关于)?(?:我们?|本人)的?(?:在你们?这里?的?)?(?:所有|全部|一切|个人)*的?"
_DATA = r"(?:(?:个人)?(?:信息|资料|数据|隐私)|聊天记录|聊天内容|记录|账号|账户|帐号|帐户)(?:和|与|、)?"
_FORGET = re.compile(
    rf"{_BEGIN}(?:(?:忘记|忘了|忘掉)我{_END}"
    rf"|{_DELETE}(?:{_MINE}(?:{_DATA})+|(?:所有|全部|一切)?(?:个人信息|聊天记录|个人资料|个人数据)){_END}"
    rf"|(?:{_MINE}(?:{_DATA})+|(?:所有|全部|一切)?(?:个人信息|聊天记录|个人资料|个人数据)){_DELETE}{_END}"
    rf"|注销(?:账[号户]|帐[号户]|我)?{_END})"
    r"|(?:please|can you|could you|i want (?:you )?to|i'?d like you to|how (?:do|can) (?:i|you))*".replace(" ", "")
    + r"(?:forget(?:about)?me|(?:delete|erase|remove|wipe)(?:me|(?:all)?(?:of)?(?:my|the)(?:own)?(?:personal)?"
    r"(?:data|information|info|details|account|chat|chathistory|history|messages|records?)(?:youhave)?(?:about|of|on)?(?:me)?))"
    r"(?:please|now|completely)*"
)
_UNCONSENT = re.compile(
    rf"{_BEGIN}(?:(?:撤回|收回|撤销|取消)(?:我的?)?(?:之前|以前|刚才|对你们?)*的?(?:同意|授权){_END}"
    r"|(?:我)?(?:不再同意|不同意你们?(?:再|继续)*(?:使用|用|处理|收集|保存)我的?(?:个人)?(?:信息|资料|数据))"
    rf"|(?:我)?(?:不许|不准|不要|别|停止|不想让?|不让|不允许)(?:你们?)?(?:再|继续)*(?:使用|用|处理|收集|保存)我的?(?:个人)?(?:信息|资料|数据){_END})"
    r"|(?:please|i|want to|wish to|would like to|hereby|how (?:do|can) i)*".replace(" ", "")
    + r"(?:(?:withdraw|revoke|takeback)(?:my|the)?consent"
    r"|(?:stop|donot|dont)(?:using|use|processing|process|keep|keeping|store|storing)my(?:personal)?(?:data|information|info))"
    r"(?:please|anymore|anylonger)*"
)
REMEDY = re.compile(r"忘|同意|授权|forget|consent")
"""What is said to us alone; to delete somebody's data may also be what a citizen asks of who is complained of."""


def wish(text: str, *, asked: bool = False) -> str:
    """``forget``, ``unconsent`` or "". *asked*: words are awaited that may say the like of somebody else."""
    plain = squeeze(text) if len(text) <= LONGEST else ""
    if not plain or (asked and not REMEDY.search(plain)):
        return ""
    if _UNCONSENT.fullmatch(plain):
        return UNCONSENT
    return FORGET if _FORGET.fullmatch(plain) else ""
