"""The file of days off: read beside the settings, laid under every institution, refused by name where it is bad."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from backend.domain.clock import Due, due
from backend.domain.workdays import LAST_KNOWN
from backend.services.office import institutions
from backend.services.office.yearly import days
from backend.settings import BadSettings, load
from institutions.calendar import USUAL
from institutions.catalog import BUILT_IN

SHANGHAI = ZoneInfo("Asia/Shanghai")
YEAR = LAST_KNOWN + 1
LAW = ", ".join(f"{YEAR}-{day}" for day in ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03"))


def test_a_file_beside_the_settings_makes_every_institutions_deadline_sure(tmp_path):
    (tmp_path / "jiesu.toml").write_text('calendar = "calendar.toml"')
    (tmp_path / "calendar.toml").write_text(f"[{YEAR}]\nholidays = [{LAW}, {YEAR}-07-01]\n")

    settings = load(None, {}, here=tmp_path)
    hours = institutions.load(days(settings.calendar_place))["hotline"].hours
    before = datetime(YEAR, 6, 30, 10, tzinfo=SHANGHAI)

    thursday_off = datetime(YEAR, 7, 2, 17, 30, tzinfo=SHANGHAI)
    assert due(before, "1wd", zone=SHANGHAI, hours=hours) == Due(thursday_off, provisional=False)


def test_without_a_file_nothing_is_known_beyond_the_notices():
    assert days(load(None, {}, here=BUILT_IN).calendar_place) == USUAL


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"[{YEAR}]\nholidays = [{LAW}]\nworkdays = [{YEAR}-10-01]", f": {YEAR}.workdays: {YEAR}-10-01 is a day off"),
        (f"[{YEAR}]\nholidays = []", f": {YEAR}.holidays: {YEAR}-01-01 is a day off by law and is missing"),
        ("[2027", ": is not TOML"),
        (b"\xff\xfe", ": is not UTF-8"),
        (None, ": cannot be read: No such file"),
    ],
)
def test_a_bad_file_is_named_with_key_and_reason(tmp_path, text, reason):
    path = tmp_path / "calendar.toml"
    if text is not None:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    with pytest.raises(BadSettings) as refused:
        days(path)

    assert str(refused.value).startswith(f"{path}{reason}")
