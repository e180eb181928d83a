"""The words of the page on which programs' tokens are kept, in Chinese and English."""

from __future__ import annotations

from typing import Final

TOKENS: Final[dict[str, tuple[str, str]]] = {
    "tokens": ("程序令牌", "API tokens"),
    "tokens.why": (
        "别的系统凭令牌读写案件。令牌只显示一次，本系统只留指纹；发出和收回都记入审计记录。",
        "Other systems read and write cases with a token. It is shown once; only its fingerprint is kept, and each is on record.",
    ),
    "tokens.docs": ("接口说明", "API documentation"),
    "tokens.none": ("还没有发过令牌。", "No token has been given."),
    "tokens.name": ("程序名称", "Program"),
    "tokens.name.hint": ("案件记录里就写这个名字，例如 crm。", "Histories name it so, for example crm."),
    "tokens.role": ("角色", "Role"),
    "tokens.scope": ("权限", "Scope"),
    "tokens.scope.read": ("只读，姓名电话遮盖", "Read, names and phones masked"),
    "tokens.scope.write": ("读写，姓名电话遮盖", "Read and write, masked"),
    "tokens.scope.personal": (
        "读写，可看姓名电话（逐案留痕）",
        "Read and write with names and phones; each look is on record",
    ),
    "tokens.institution": ("机构", "Institution"),
    "tokens.departments": ("部门", "Departments"),
    "tokens.departments.hint": (
        "填部门编号，用逗号分开，例如 road,water；编号见机构页。不填就看本机构全部。只对承办人角色有效。",
        "Ids of departments, divided by commas, as in road,water; the institution's page lists them. None: all. Counts for the role handler alone.",
    ),
    "tokens.expires": ("有效期到（当天仍可用）", "Valid to the end of"),
    "tokens.expires.hint": ("不填就一直有效，直到收回。", "Empty: until it is taken back."),
    "tokens.never": ("不过期", "Never"),
    "tokens.until": ("到期", "Ends"),
    "tokens.used": ("上次使用", "Last used"),
    "tokens.unused": ("还没用过", "Never"),
    "tokens.since": ("发出时间", "Given"),
    "tokens.is.live": ("可用", "Works"),
    "tokens.is.over": ("已过期", "Expired"),
    "tokens.is.revoked": ("已收回", "Taken back"),
    "tokens.add": ("发一个令牌", "Give a token"),
    "tokens.add.go": ("发出令牌", "Give it"),
    "tokens.revoke": ("收回", "Take back"),
    "tokens.revoke.named": ("收回 {name} 的令牌", "Take back the token of {name}"),
    "tokens.handed": ("{name} 的令牌", "Token of {name}"),
    "tokens.handed.once": (
        "只显示这一次，请马上存到那个系统里。丢了只能收回重发。",
        "It is shown this once; put it into that system now. If it is lost, take it back and give another.",
    ),
    "done.tokens.revoked": ("令牌已收回，那个程序不能再用。", "Taken back; that program is shut out."),
    "wrong.tokens.may": ("只有管理员能管理程序令牌。", "Only admins keep tokens."),
    "wrong.tokens.taken": (
        "“{name}”已有一个可用的令牌，请先收回，或换个名字。",
        "“{name}” has a token that works; take it back first, or choose another name.",
    ),
    "wrong.tokens.unknown": ("没有叫“{name}”的可用令牌。", "No token “{name}” is in use."),
    "wrong.tokens.over": ("有效期已经过了，请选今天或以后的日期。", "That day is over; choose today or a later one."),
    "wrong.tokens.day": ("看不懂这个日期，请写成 2026-12-31。", "This is no date; write it as 2026-12-31."),
    "wrong.tokens.scope": ("没有这种权限，请从列表里选。", "There is no such scope; choose one of the list."),
}
