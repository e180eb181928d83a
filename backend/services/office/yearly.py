"""The file of days off that an office writes each year before the program knows them; every institution goes by it."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from backend.domain.announced import BadCalendar, read
from backend.settings import BadSettings
from institutions.calendar import USUAL

if TYPE_CHECKING:
    from pathlib import Path

    from institutions.calendar import Calendar
    from institutions.model import Institution


def days(path: Path | None) -> Calendar:
    """What that file says; None: nothing beyond what the program knows. Raises: BadSettings: names file, key, reason."""
    if path is None:
        return USUAL
    try:
        return read(tomllib.loads(path.read_bytes().decode("utf-8-sig")))
    except OSError as error:
        raise BadSettings(str(path), "", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadSettings(str(path), "", "is not UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadSettings(str(path), "", f"is not TOML: {error}") from error
    except BadCalendar as error:
        raise BadSettings(str(path), error.key, error.reason) from None


def going_by(institution: Institution, calendar: Calendar) -> Institution:
    """The same institution, with its working days reckoned by that calendar."""
    if institution.hours.calendar == calendar:
        return institution
    hours = institution.hours.model_copy(update={"calendar": calendar})
    return institution.model_copy(update={"hours": hours})
