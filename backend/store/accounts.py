"""Who may use the desk and the API: users, their sessions, and tokens for programs.

Only hashes come here: of passwords, session ids and tokens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, or_, select, text, update

from backend.store import tables as t
from backend.store.upsert import insert_into

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection, Row


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who can log in."""

    name: str
    password: str  # its argon2id hash
    roles: frozenset[str]
    institution: str | None  # None: every institution
    disabled: bool
    must_change: bool = False  # the password was made for them: they choose their own before anything else
    departments: tuple[str, ...] = ()  # ids; none: every department
    confidant: bool = False  # sees sealed cases and names officers for them
    away_until: datetime | None = None
    deputy: str | None = None  # who has their cases until then
    signed_in_at: datetime | None = None  # the last time


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody to whom a case can be given."""

    name: str
    roles: frozenset[str]
    institution: str | None  # None: every institution
    departments: tuple[str, ...]  # ids; none: every department
    disabled: bool
    away_until: datetime | None  # their cases are their deputy's until then
    deputy: str | None

    def stand_in(self, now: datetime) -> str | None:
        """Who has their cases now; None: they themselves."""
        return self.deputy if self.away_until is not None and self.away_until > now else None


@dataclass(frozen=True, slots=True)
class Token:
    """A program that can call the API."""

    name: str
    role: str
    institution: str | None
    scope: str  # read, write, personal: each holds the one before
    departments: tuple[str, ...] = ()  # ids; none: every department
    used_at: datetime | None = None  # the last time, to the hour


@dataclass(frozen=True, slots=True)
class TokenRow:
    """What is told of a token: everything but the token."""

    name: str
    role: str
    institution: str | None
    scope: str
    created_at: datetime
    revoked_at: datetime | None  # None: it opens
    departments: tuple[str, ...] = ()  # ids; none: every department
    expires_at: datetime | None = None  # None: never
    used_at: datetime | None = None  # the last time, to the hour; None: never

    def opens(self, now: datetime) -> bool:
        """Whether it lets its program in."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)


class UserExists(Exception):
    """The name is taken."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is a user {name} already")
        self.name = name


class NoSuchUser(Exception):
    """Nobody has that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no user {name}")
        self.name = name


class TokenExists(Exception):
    """A program of that name has a token that opens."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is a token {name} already")
        self.name = name


class NoSuchToken(Exception):
    """No token of that name opens."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no token {name} is in use")
        self.name = name


USER = tuple(t.users.c[name] for name in User.__annotations__)
OFFICER = tuple(t.users.c[name] for name in Officer.__annotations__)
TOKEN = tuple(t.tokens.c[name] for name in Token.__annotations__)
TOKEN_ROW = tuple(t.tokens.c[name] for name in TokenRow.__annotations__)


class Accounts:
    """Users, sessions and tokens."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def add_user(
        self,
        name: str,
        password_hash: str,
        roles: Iterable[str],
        institution: str | None,
        *,
        at: datetime,
        must_change: bool = False,
        departments: Iterable[str] = (),
        confidant: bool = False,
    ) -> None:
        """Raises: UserExists."""
        row: dict[str, Any] = {"name": name, "password": password_hash, "roles": sorted(roles)}
        row |= {"institution": institution, "departments": sorted(departments), "confidant": confidant}
        row |= {"created_at": at, "disabled": False, "must_change": must_change}
        entry = insert_into(self._conn, t.users).values(row)
        once = entry.on_conflict_do_nothing(index_elements=["name"]).returning(t.users.c.name)
        if self._conn.execute(once).one_or_none() is None:
            raise UserExists(name)

    def officer(self, name: str) -> Officer | None:
        """Who that is to cases; None: nobody has that name."""
        row = self._conn.execute(select(*OFFICER).where(t.users.c.name == name)).one_or_none()
        return None if row is None else _officer(row)

    def officers(self) -> list[Officer]:
        """Everybody who can use the desk, in order."""
        rows = self._conn.execute(select(*OFFICER).where(~t.users.c.disabled).order_by(t.users.c.name))
        return [_officer(row) for row in rows]

    def confidants(self, institution: str) -> list[str]:
        """Who sees that institution's sealed cases, in order."""
        c = t.users.c
        theirs = (c.confidant, ~c.disabled, or_(c.institution.is_(None), c.institution == institution))
        return list(self._conn.execute(select(c.name).where(*theirs).order_by(c.name)).scalars())

    def user(self, name: str) -> User | None:
        """The user, disabled or not."""
        row = self._conn.execute(select(*USER).where(t.users.c.name == name)).one_or_none()
        return None if row is None else _user(row)

    def users(self) -> list[User]:
        """Everybody, by name, disabled or not."""
        return [_user(row) for row in self._conn.execute(select(*USER).order_by(t.users.c.name))]

    def any_user(self) -> bool:
        """Has the first user been made?"""
        return self._conn.execute(select(t.users.c.name).limit(1)).first() is not None

    def set_password(self, name: str, password_hash: str, *, must_change: bool = False) -> None:
        """Change the password and end every session of that user. Raises: NoSuchUser."""
        self._change(name, password=password_hash, must_change=must_change)

    def set_roles(self, name: str, roles: Iterable[str]) -> None:
        """Change the roles and end every session of that user. Raises: NoSuchUser."""
        self._change(name, roles=sorted(roles))

    def set_reach(self, name: str, *, institution: str | None, departments: Iterable[str], confidant: bool) -> None:
        """Change which cases they see, and end every session of that user. Raises: NoSuchUser."""
        self._change(name, institution=institution, departments=sorted(departments), confidant=confidant)

    def set_away(self, name: str, *, until: datetime | None, deputy: str | None) -> None:
        """Who has that officer's cases, and until when; None: they are back. Raises: NoSuchUser."""
        away = update(t.users).where(t.users.c.name == name).values(away_until=until, deputy=deputy)
        if not self._conn.execute(away).rowcount:
            raise NoSuchUser(name)

    def stands_in(self, name: str, *, now: datetime) -> frozenset[str]:
        """For whom that user acts now, through others who are away themselves too."""
        c = t.users.c
        away = select(c.name, c.deputy).where(c.away_until > now, c.deputy.is_not(None))
        pairs = [(str(who), str(deputy)) for who, deputy in self._conn.execute(away)]
        found, fresh = frozenset[str](), {name}
        while fresh := {who for who, deputy in pairs if deputy in fresh} - found - {name}:
            found |= fresh
        return found

    def set_profile(
        self,
        name: str,
        *,
        roles: Iterable[str],
        institution: str | None,
        departments: Iterable[str],
        confidant: bool,
    ) -> None:
        """Who they are, all at once; their sessions end. Raises: NoSuchUser."""
        row: dict[str, Any] = {"roles": sorted(roles), "institution": institution}
        self._change(name, **row, departments=sorted(departments), confidant=confidant)

    def signed_in(self, name: str, *, at: datetime) -> None:
        """They have logged in."""
        self._conn.execute(update(t.users).where(t.users.c.name == name).values(signed_in_at=at))

    def hold(self) -> None:
        """Let nobody else change users until this unit ends: whether the last admin goes is asked of all of them."""
        if self._conn.dialect.name == "postgresql":  # SQLite has one writer
            self._conn.execute(text("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE"))

    def disable(self, name: str, *, disabled: bool = True) -> None:
        """Shut the user out, or let them in again. Raises: NoSuchUser."""
        self._change(name, disabled=disabled)

    def add_session(self, id_hash: str, user: str, csrf: str, *, at: datetime, expires: datetime) -> None:
        """Begin a session; the cookie holds what *id_hash* is the hash of."""
        row = {"id": id_hash, "user": user, "csrf": csrf, "created_at": at, "seen_at": at, "expires_at": expires}
        self._conn.execute(insert(t.sessions).values(row))

    def session(self, id_hash: str, *, now: datetime) -> tuple[User, str] | None:
        """The user and the CSRF token, unless the session is over or the user disabled."""
        c = t.sessions.c
        joined = t.sessions.join(t.users, c.user == t.users.c.name)
        live = (c.id == id_hash, c.expires_at > now, t.users.c.disabled.is_(False))
        row = self._conn.execute(select(*USER, c.csrf).select_from(joined).where(*live)).one_or_none()
        return None if row is None else (_user(row), str(row.csrf))

    def touch(self, id_hash: str, *, at: datetime, expires: datetime | None = None) -> None:
        """The session was used; *expires* lets it last longer."""
        values = {"seen_at": at} if expires is None else {"seen_at": at, "expires_at": expires}
        self._conn.execute(update(t.sessions).where(t.sessions.c.id == id_hash).values(values))

    def end_session(self, id_hash: str) -> None:
        """Log out."""
        self._conn.execute(delete(t.sessions).where(t.sessions.c.id == id_hash))

    def end_sessions(self, user: str) -> None:
        """Log out everywhere."""
        self._conn.execute(delete(t.sessions).where(t.sessions.c.user == user))

    def sweep(self, now: datetime) -> int:
        """Throw away the sessions that are over; how many."""
        return self._conn.execute(delete(t.sessions).where(t.sessions.c.expires_at <= now)).rowcount

    def add_token(
        self,
        token_hash: str,
        name: str,
        role: str,
        institution: str | None,
        scope: str,
        *,
        at: datetime,
        departments: Iterable[str] = (),
        expires: datetime | None = None,
    ) -> None:
        """Let a program in. One whose time is over gives its name away. Raises: TokenExists."""
        c = t.tokens.c
        over = update(t.tokens).where(c.name == name, c.revoked_at.is_(None), c.expires_at <= at)
        self._conn.execute(over.values(revoked_at=at))
        row: dict[str, Any] = {"hash": token_hash, "name": name, "role": role, "scope": scope}
        row |= {"institution": institution, "departments": sorted(departments), "expires_at": expires, "created_at": at}
        entry = insert_into(self._conn, t.tokens).values(row)
        once = entry.on_conflict_do_nothing(index_elements=["name"], index_where=t.LIVE)
        if self._conn.execute(once.returning(c.name)).one_or_none() is None:
            raise TokenExists(name)

    def token(self, token_hash: str, *, now: datetime) -> Token | None:
        """The program whose token has that hash, unless it was revoked or its time is over."""
        c = t.tokens.c
        live = (c.hash == token_hash, c.revoked_at.is_(None), or_(c.expires_at.is_(None), c.expires_at > now))
        row = self._conn.execute(select(*TOKEN).where(*live)).one_or_none()
        return None if row is None else Token(**_listed(row))

    def use_token(self, token_hash: str, *, at: datetime) -> None:
        """Its program was here."""
        self._conn.execute(update(t.tokens).where(t.tokens.c.hash == token_hash).values(used_at=at))

    def tokens(self) -> list[TokenRow]:
        """Every token there ever was, by name, the oldest first."""
        rows = self._conn.execute(select(*TOKEN_ROW).order_by(t.tokens.c.name, t.tokens.c.created_at))
        return [TokenRow(**_listed(row)) for row in rows]

    def revoke_token(self, name: str, *, at: datetime) -> None:
        """Shut that program out. Raises: NoSuchToken."""
        c = t.tokens.c
        live = update(t.tokens).where(c.name == name, c.revoked_at.is_(None))
        if not self._conn.execute(live.values(revoked_at=at)).rowcount:
            raise NoSuchToken(name)

    def _change(self, name: str, **values: Any) -> None:
        if not self._conn.execute(update(t.users).where(t.users.c.name == name).values(values)).rowcount:
            raise NoSuchUser(name)
        self.end_sessions(name)


def _user(row: Row[*tuple[Any, ...]]) -> User:
    told = {key: getattr(row, key) for key in User.__annotations__}
    return User(**told | {"roles": frozenset(told["roles"]), "departments": tuple(told["departments"])})


def _listed(row: Row[Any]) -> dict[str, Any]:
    told = row._asdict()
    return told | {"departments": tuple(told["departments"])}


def _officer(row: Row[Any]) -> Officer:
    told = row._asdict()
    return Officer(**told | {"roles": frozenset(told["roles"]), "departments": tuple(told["departments"])})
