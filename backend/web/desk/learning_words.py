"""The words of the desk's page about what was learnt, in Chinese and English; desk_words joins them to the others."""

from __future__ import annotations

from typing import Final

LEARNING: Final[dict[str, tuple[str, str]]] = {
    "learning": ("学习", "Learnt words"),
    "learning.why": (
        "工作人员更正过的归类，夜里会变成新的判断词。新版本先用没有参与学习的案件检验，没有一类变差才会启用。这里只保存词，不保存市民的话。",
        "Corrections of categories become new words at night. A version is checked on cases that it did not learn from and goes live only if no category gets worse. Only words are kept, nothing that a citizen wrote.",
    ),
    "learning.institution": ("机构", "Institution"),
    "learning.show": ("查看", "Show"),
    "learning.checks": ("检验用的案件：{n} 件，已固定。", "Cases to check with: {n}, fixed."),
    "learning.checks.none": (
        "检验用的案件还不够 {n} 件，够了才会启用新词。",
        "There are not yet {n} cases to check with; until then nothing goes live.",
    ),
    "learning.none": ("还没有学到新词。现在只用机构文件里的词。", "Nothing has been learnt yet. The words of the institution's file are in use."),
    "learning.version": ("第 {n} 版", "Version {n}"),
    "learning.made": ("{at} 生成，来自 {n} 件已有结论的案件，其中 {corrected} 件更正过。", "Made {at} from {n} settled cases, {corrected} of them corrected."),
    "learning.words": ("词（{n} 个）", "Words ({n})"),
    "learning.col.category": ("类别", "Category"),
    "learning.col.word": ("词", "Word"),
    "learning.col.weight": ("分量", "Weight"),
    "learning.col.support": ("更正案件中说到的市民", "Citizens in corrected cases"),
    "learning.col.inside": ("本类市民说到的比例", "Said in this category"),
    "learning.col.outside": ("其他类市民说到的比例", "Said in others"),
    "learning.figures": ("检验结果", "Check"),
    "learning.col.cases": ("件数", "Cases"),
    "learning.col.before": ("原来判对", "Right before"),
    "learning.col.after": ("这一版判对", "Right with this version"),
    "learning.all": ("全部", "All"),
    "learning.figures.none": ("还没有可用于检验的案件。", "There was nothing to check with."),
    "learning.history": ("经过", "What happened"),
    "learning.moved": ("{at} {by}：{state}", "{at}, {by}: {state}"),
    "learning.back": ("撤回这一版", "Take this version back"),
    "learning.live": ("重新启用这一版", "Put this version live again"),
    "model.proposed": ("待检验", "Waits for its check"),
    "model.refused": ("未通过检验", "Did not pass"),
    "model.live": ("使用中", "Live"),
    "model.replaced": ("已被替换", "Replaced"),
    "model.rolled_back": ("已撤回", "Taken back"),
    "done.unlearnt": ("已撤回，一分钟内全部生效。", "Taken back; in use everywhere within a minute."),
    "done.live": ("已启用，一分钟内全部生效。", "Live; in use everywhere within a minute."),
    "wrong.teacher": ("只有本机构的管理人员可以查看和更改学到的词。", "Only managers of this institution may see and change learnt words."),
    "wrong.not_live": ("这一版现在没有在使用，请看最新情况。", "This version is not live now; see how it stands."),
    "wrong.never_passed": ("这一版没有通过检验，不能启用。", "This version did not pass its check and cannot go live."),
    "wrong.no_model": ("没有这一版。", "There is no such version."),
}  # fmt: skip
