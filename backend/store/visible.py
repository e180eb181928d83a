"""What a list of cases is narrowed down to for who asks: every question that shows cases goes through here.

One case by its number is checked by the services; here the database leaves out
what may not even be counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, or_

from backend.store import tables as t

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from backend.domain.scope import Scope


def visible(query: Select[Any], scope: Scope) -> Select[Any]:
    """The same question, about the cases within that scope alone; the query reads ``cases``."""
    return query.where(*conditions(scope))


def conditions(scope: Scope) -> list[ColumnElement[bool]]:
    """What is true of a row of ``cases`` within that scope; nothing: every row is."""
    c = t.cases.c
    found: list[ColumnElement[bool]] = []
    if scope.institution is not None:
        found.append(c.institution == scope.institution)
    theirs = [_theirs(scope)] if scope.departments else []
    if scope.named is not None:
        named = t.named_officers.c
        opens = exists().where(named.number == c.number, named.user == scope.named).correlate(t.cases)
        found.append(or_(and_(c.sealed.is_(False), *theirs), and_(c.sealed.is_(True), opens)))
    elif theirs:
        found.append(or_(c.sealed.is_(True), *theirs))
    return found


def _theirs(scope: Scope) -> ColumnElement[bool]:
    """Their department has the case or helps with it, or one of their officers has it."""
    c, helps = t.cases.c, t.cohosts.c
    keys = sorted(scope.departments)
    helped = exists().where(helps.number == c.number, helps.department.in_(keys)).correlate(t.cases)
    ways = [c.department_id.in_(keys), helped]
    if scope.officers:
        ways.append(c.officer.in_(sorted(scope.officers)))
    return or_(*ways)
