"""What is left of an institution that is served no longer: its names, so that its cases can still be read.

It has no promises, no words to understand by and no rules of its own; nothing
of it is asked of citizens, and officers do not work on its cases by it
(``lifecycle``, ``doing``). Where the names were kept is not known here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from institutions.model import Category, Department, Institution, Matter

if TYPE_CHECKING:
    from collections.abc import Iterable

    Names = tuple[str, str]

CLOSED, CLOSED_EN = "（该机构已停止服务）", " (no longer served)"
"""What follows its name."""
NO_CODE = "XX"
"""Nothing is numbered by it."""
NOBODY = "nobody"
WHY = (
    "its institution is no longer served, so its rules are not known: put the institution's file back and start again",
    "该机构已停止服务，不能再按它的规则办理；把它的设置文件放回去、重新启动，就可以接着办。",
)
"""Why nobody works on a case of it, and what to do; as refusals have it, in English and Chinese."""
WELL_FORMED = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


class Gone(Institution):
    """An institution without a file, as it was last called. What it does not know is called by its id."""

    def department(self, key: str) -> Department:
        """As kept, else named by its id."""
        return next((d for d in self.departments if d.id == key), None) or Department.model_construct(id=key, name=key)

    def office(self, key: str) -> Department:
        """Who is said to have a case; with the institution, which says that it is served no longer."""
        known = self.department(key)
        return Department.model_construct(
            id=key, name=f"{known.name} · {self.name}", name_en=f"{known.name_en or known.name} · {self.name_en}"
        )

    def category(self, key: str) -> Category:
        """As kept, else named by its id."""
        return next((c for c in self.categories if c.id == key), None) or _category(key, (key, key))

    def matter(self, path: str) -> Matter:
        """No matter's name is kept: named by its path."""
        return Matter.model_construct(id=path, name=path)


def is_gone(institution: Institution) -> bool:
    """Whether it is only what is left of one."""
    return isinstance(institution, Gone)


def gone(
    key: str, name: Names, departments: Iterable[tuple[str, Names]] = (), categories: Iterable[tuple[str, Names]] = ()
) -> Gone:
    """The one of that id as it was last called, in Chinese and English; its names say that it is served no longer."""
    offices = tuple(Department(id=each, name=zh, name_en=en) for each, (zh, en) in departments if _fits(each))
    kinds = tuple(_category(each, names) for each, names in categories if _fits(each))
    return Gone.model_construct(
        id=key,
        code=NO_CODE,
        name=f"{name[0]}{CLOSED}",
        name_en=f"{name[1] or name[0]}{CLOSED_EN}",
        accepts="这个机构已停止服务。",
        accepts_en="This institution is no longer served.",
        required=(),
        departments=offices,
        categories=kinds,
        default_department=offices[0].id if offices else NOBODY,
        clocks={},
    )


def _category(key: str, names: Names) -> Category:
    return Category.model_construct(id=key, name=names[0], name_en=names[1] or names[0], department=NOBODY)


def _fits(key: str) -> bool:
    return WELL_FORMED.fullmatch(key) is not None
