"""What the pages of users and tokens share: names of roles, institutions to choose from, and why something was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain import rights
from backend.domain.granting import LastAdmin, NotYoursToGive, Unfit
from backend.services.office.accounts import BadName, Over, UnknownScope
from backend.services.office.desk import OnlyLooks
from backend.services.office.keeping import ChangedMeanwhile
from backend.store.accounts import NoSuchToken, NoSuchUser, TokenExists, UserExists

if TYPE_CHECKING:
    from backend.domain.case import Actor
    from backend.site import Site
    from backend.web.desk.view import Reader
    from institutions.model import Institution

WORDS: dict[type[Exception], tuple[int, str]] = {
    BadName: (422, "wrong.users.name"),
    ChangedMeanwhile: (409, "wrong.users.meanwhile"),
    LastAdmin: (409, "wrong.users.last"),
    NoSuchToken: (422, "wrong.tokens.unknown"),
    NoSuchUser: (422, "wrong.users.unknown"),
    NotYoursToGive: (403, "wrong.give"),
    OnlyLooks: (403, "wrong.users.may"),
    Over: (422, "wrong.tokens.over"),
    TokenExists: (422, "wrong.tokens.taken"),
    Unfit: (422, "wrong.unfit"),
    UnknownScope: (422, "wrong.tokens.scope"),
    UserExists: (422, "wrong.users.taken"),
}
REFUSED = tuple(WORDS)
LONGEST = 40
"""Characters of what was typed that a sentence repeats."""


def told(error: Exception, reader: Reader) -> tuple[int, str]:
    """The status and the sentence for one of ``REFUSED``."""
    status, key = WORDS[type(error)]
    if isinstance(error, NotYoursToGive | Unfit):
        return status, reader.t(f"{key}.{error.what}", which=_called(error.which, reader))
    return status, reader.t(key, name=_printable(str(getattr(error, "name", ""))))


def role_name(role: str, reader: Reader) -> str:
    """What a role is called; one that we no longer have stands for itself."""
    zh, en = rights.LABELS.get(role, (role, role))
    return en if reader.language == "en" else zh


def institutions_of(site: Site, actor: Actor) -> list[Institution]:
    """Those that this person may speak of, those that are served first."""
    homes = set(site.homes.values())
    known = [one for one in site.institutions.values() if actor.institution in {None, one.id}]
    return sorted(known, key=lambda one: (one.id not in homes, one.id))


def _called(which: str, reader: Reader) -> str:
    return role_name(which, reader) if which in rights.LABELS else _printable(which)


def _printable(name: str) -> str:
    """Without characters that show nothing or turn the rest around."""
    return "".join(letter for letter in name if letter.isprintable())[:LONGEST]
