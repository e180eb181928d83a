"""What a list of cases is narrowed down to for who asks: every question that shows cases goes through here.

One case by its number is checked by the services; here the database leaves out
what may not even be counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, or_, select

from backend.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Collection

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


def branches(
    scope: Scope, opened: Collection[str] = (), had: Collection[str] | None = None
) -> list[list[ColumnElement[bool]]]:
    """The same as ``conditions``, as alternatives of which each row of ``cases`` fits one at most.

    Each can be answered in the order of an index; all at once cannot.
    *opened*: the cases that name the scope's user, where sealed ones are seen by those.
    *had*: those that the scope's officers have elsewhere, see ``elsewhere``; None: nobody has looked.
    """
    c, every = t.cases.c, [] if scope.institution is None else [t.cases.c.institution == scope.institution]
    if scope.named is None and not scope.departments:
        return [every]
    opens = [] if scope.named is None else [c.number.in_(sorted(opened))]
    sealed = [*every, c.sealed.is_(True), *opens]
    plain, found = [*every, c.sealed.is_(False)], [sealed] if opened or scope.named is None else []
    if not scope.departments:
        return [*found, plain]
    helps, keys = t.cohosts.c, sorted(scope.departments)
    helped = c.number.in_(select(helps.number).where(helps.department.in_(keys)))
    found += [[*plain, c.department_id.in_(keys)], [*plain, helped, c.department_id.not_in(keys)]]
    if had:
        found.append([*plain, c.number.in_(sorted(had))])
    if scope.officers and had is None:
        found.append([*plain, c.officer.in_(sorted(scope.officers)), c.department_id.not_in(keys), ~helped])
    return found


def elsewhere(scope: Scope) -> Select[Any]:
    """The numbers of the cases that its officers have, and that no department of theirs has or helps with: few."""
    c, helps, keys = t.cases.c, t.cohosts.c, sorted(scope.departments)
    helped = select(helps.number).where(helps.department.in_(keys))
    query = select(c.number).with_hint(t.cases, "INDEXED BY ix_cases_officer", "sqlite")
    return query.where(c.officer.in_(sorted(scope.officers)), c.department_id.not_in(keys), c.number.not_in(helped))


def _theirs(scope: Scope) -> ColumnElement[bool]:
    """Their department has the case or helps with it, or one of their officers has it."""
    c, helps = t.cases.c, t.cohosts.c
    keys = sorted(scope.departments)
    helped = exists().where(helps.number == c.number, helps.department.in_(keys)).correlate(t.cases)
    ways = [c.department_id.in_(keys), helped]
    if scope.officers:
        ways.append(c.officer.in_(sorted(scope.officers)))
    return or_(*ways)
