"""The words around a time that say how it is meant: a birth, a proposal, a habit, the day of telling.

Patterns only; ``nlp.when.times`` weighs with them.
"""

from __future__ import annotations

import re

NOT_OURS_BEFORE = re.compile(
    r"(?:生产日期|生产于|出厂日期|出生(?:日期|于|在)?|生日|有效期|保质期|保修期?|质保期?|工期|期限|合同期|期为|周期|学制|每|规定|承诺)[为是至到:在有]{0,2}\s?$"
)
TELLING_AFTER = re.compile(
    r"(?:我|就|特|专门|又|再|过){0,2}(?:想|要|来|打电话|写信|给(?!我)|向|跟|找|麻烦|请)[^,。;!?\n]{0,6}(?:问(?!题)|咨询|反映|反应|投诉|举报|请教|求助|了解|说(?:一|下|说)|报修)"
)
"""今天想问一下: the day of telling, not of the matter."""
NOT_OURS_AFTER = re.compile(
    r"[多来]?以[上下](?![了没都还])|的?(?:\d{1,3}|[一二三四五六七八九十]{1,3})?\s?(?:周?岁)|(?:出生|生(?:人|的|了|于)|退休|入职|颁布|发布|印发|施行|实施|修订)|(?:的)?(?:会议|节目|号文)"
)
PROPOSAL = re.compile(r"建议|提议|改[为成到]|延[长到]|调整[到为]|推迟到|提前到")
PROPOSED = re.compile(r"[^,。;!?]{0,2}(?:改[为成到]|延[长到]|推迟到|提前到)")
WISH = re.compile(r"希望|能否|可否|计划|打算|预计|承诺|请问|咨询")
HABIT_AFTER = re.compile(r"[^,。;!?]{0,4}?(?:都|总|老是?|经常|常常|时常|还在|也|天天|每|不停|不断|几乎)")
HABIT_BEFORE = re.compile(r"(?:连着|每次|一到了?|到了|经常|常常|总是?|老是?)[^,。;!?]{0,3}$")
