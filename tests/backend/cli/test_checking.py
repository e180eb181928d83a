"""The checks say what is wrong and where, and end with 1 when something is."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from backend.store.engine import open_store
from institutions.catalog import BUILT_IN
from tests.backend.store.samples import filed

AT = datetime(2026, 11, 21, 1, 12, tzinfo=UTC)


def in_store(tmp_path, f):
    store = open_store(f"sqlite:///{tmp_path}/var/jiesu.db")
    try:
        return store.run_now(f)
    finally:
        store.close()


def test_the_doctor_is_content_with_a_migrated_folder(migrated):
    ended = migrated("doctor")

    assert (ended.code, ended.err) == (0, "")
    assert all(line.startswith("ok ") for line in ended.out.splitlines())


def test_the_doctor_names_every_part_that_is_not_ready(jiesu, tmp_path):
    (tmp_path / "jiesu.toml").write_text('institution = "nope"\nevidence = "file/x"')
    (tmp_path / "file").touch()

    ended = jiesu("doctor")

    assert ended.code == 1
    assert "WRONG  institutions: " in ended.out
    assert "WRONG  database: " in ended.out
    assert "run jiesu migrate" in ended.out
    assert "WRONG  evidence: " in ended.out
    assert "the checks of institutions, database and evidence failed; " in ended.err


def test_the_doctor_counts_the_cases_of_an_institution_that_is_served_no_longer(migrated, tmp_path):
    in_store(tmp_path, lambda work: filed(work, institution="bakery"))

    ended = migrated("doctor")

    assert ended.code == 0
    assert "note   institutions: bakery is no longer served and has 1 case here; " in ended.out
    assert "put bakery.toml back" in ended.out


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mailtos://jiesu:SECRET@example.gov.cn", "ok     mail: its address can be used; reports go to example.gov.cn"),
        ("file:nowhere.url", "WRONG  mail: the file with its address cannot be read"),
        ("mailto://", "WRONG  mail: its url is "),
    ],
)
def test_the_doctor_looks_at_what_sends_reports_without_sending(migrated, tmp_path, url, told):
    (tmp_path / "jiesu.toml").write_text(f'[mail]\nurl = "{url}"\ndomains = ["example.gov.cn"]')

    ended = migrated("doctor")

    assert told in ended.out
    assert "SECRET" not in ended.out + ended.err


def test_the_doctor_makes_nothing(jiesu, tmp_path):
    ended = jiesu("doctor")

    assert list(tmp_path.iterdir()) == []
    assert ended.err == "jiesu: the check of the database failed; do what its line above says\n"


def test_the_doctor_finds_a_folder_that_may_not_be_written(migrated, tmp_path):
    (tmp_path / "jiesu.toml").write_text('evidence = "/proc/evidence"')

    ended = migrated("doctor")

    assert "WRONG  evidence: /proc/evidence cannot be written" in ended.out


def test_a_command_that_asks_makes_no_database(jiesu, tmp_path):
    ended = jiesu("deliveries")

    assert ended.err.endswith("is not there yet; run jiesu migrate\n")
    assert list(tmp_path.iterdir()) == []


def test_a_bad_settings_file_stops_every_command_with_file_and_key(jiesu, tmp_path):
    (tmp_path / "jiesu.toml").write_text("lissten = 1")

    for command in ("doctor", "serve", "work", "migrate", "deliveries"):
        ended = jiesu(command)
        assert ended.code == 2
        assert f"{tmp_path}/jiesu.toml: lissten: there is no such key" in ended.err


def test_a_good_institution_is_summed_up(jiesu):
    ended = jiesu("check-institution", str(BUILT_IN / "hotline.toml"))

    assert ended.code == 0
    assert "(HL), 15 categories" in ended.out


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('id = "property"', 'id = "property"\nsurprise = 1', "surprise: there is no such key"),
        ('code = "', 'code = "HL" #', "'HL' is already the code of hotline"),
    ],
)
def test_a_bad_institution_is_named_with_its_key(jiesu, tmp_path, old, new, named):
    told = (BUILT_IN / "property.toml").read_text(encoding="utf-8")
    (tmp_path / "property.toml").write_text(told.replace(old, new, 1), encoding="utf-8")

    ended = jiesu("check-institution", "property.toml")

    assert (ended.code, ended.out.count("WRONG  property.toml: "), "ok " in ended.out) == (1, 1, False)
    assert f"jiesu: property.toml: {named}" in ended.err or f"code: {named}" in ended.err


def test_all_mistakes_of_an_institution_are_told_at_once(jiesu, tmp_path):
    told = (BUILT_IN / "property.toml").read_text(encoding="utf-8")
    told = told.replace('id = "property"', 'id = "property"\nsurprise = 1', 1).replace('"when", ', '"whenn", ', 1)
    (tmp_path / "property.toml").write_text(told.replace('code = "', 'code = "HL" #', 1), encoding="utf-8")

    ended = jiesu("check-institution", "property.toml")

    assert ended.out.count("WRONG  property.toml: ") == 3
    assert "required: there is no slot 'whenn'; there are " in ended.out
    assert "perhaps you mean when\n" in ended.out
    assert ended.err == "jiesu: property.toml has 3 mistakes; correct what the lines marked WRONG tell\n"


def test_what_is_thin_is_told_and_is_no_mistake(jiesu, tmp_path):
    told = (BUILT_IN / "bank.toml").read_text(encoding="utf-8")
    (tmp_path / "bank.toml").write_text(told.partition("[[faq]]")[0], encoding="utf-8")

    ended = jiesu("check-institution", "bank.toml")

    assert ended.code == 0
    assert "thin   bank.toml: faq: 0 questions; write 8 that citizens really ask" in ended.out


def test_a_slot_or_status_that_does_not_exist_is_named(jiesu, tmp_path):
    shutil.copy(BUILT_IN / "property.toml", tmp_path)
    path = tmp_path / "property.toml"
    path.write_text(
        'stages = ["dreaming"]\n' + path.read_text(encoding="utf-8").replace("\nstages", "\n#"), encoding="utf-8"
    )

    assert "'dreaming'" in jiesu("check-institution", "property.toml").err


def test_a_file_that_is_not_there_is_wrong_use(jiesu):
    assert jiesu("check-institution", "nowhere.toml").code == 2


def test_an_untouched_history_is_whole(migrated):
    ended = migrated("audit", "verify")

    assert ended.code == 0
    assert ended.out == "ok     every history is whole; last seal none yet\n"


def test_a_seal_that_is_not_ours_fails_the_check(migrated):
    ended = migrated("audit", "verify", "--seal", "0123abcd")

    assert ended.code == 1
    assert ended.out == "WRONG  no seal has the hash 0123abcd\n"


def test_what_did_not_arrive_is_listed_and_what_did_is_not(migrated, tmp_path):
    def owe(work):
        li = work.people.find_or_add("web", "li", language="zh", at=AT)
        work.outbox.queue(li.id, number=None, kind="nudge", text="您还在吗？", at=AT)
        arrived = work.outbox.queue(li.id, number=None, kind="nudge", text="谢谢。", at=AT)
        work.outbox.record(arrived, state="delivered", at=AT)

    in_store(tmp_path, owe)

    rows = [line.split("\t") for line in migrated("deliveries").out.splitlines()]
    assert [row[:5] for row in rows] == [["1", "-", "nudge", "queued", "0"]]
    assert "您还在吗" not in str(rows)


def test_a_database_without_schema_says_run_jiesu_migrate(jiesu, tmp_path):
    in_store(tmp_path, lambda work: work.conn.info)

    ended = jiesu("deliveries")

    assert ended.code == 1
    assert ended.err.endswith("; run jiesu migrate\n")


def test_the_doctor_tells_how_many_connections_there_may_be(migrated):
    assert "ok     connections: up to " in migrated("doctor").out


def test_a_path_longer_than_any_system_takes_is_told_in_one_sentence(jiesu, tmp_path):
    (tmp_path / "jiesu.toml").write_text(f'database = "sqlite:///{"x" * 5000}.db"')

    for command in ("deliveries", "migrate"):
        ended = jiesu(command)
        assert ended.code == 1
        assert ended.err.startswith("jiesu: ")
        assert "should not" not in ended.err


def test_a_database_of_a_newer_program_says_at_once_to_install_that(migrated, tmp_path):
    with closing(sqlite3.connect(tmp_path / "var" / "jiesu.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()

    for command in ("deliveries", "work", "migrate"):
        ended = migrated(command)
        assert (ended.code, "install that version" in ended.err, "run jiesu migrate" in ended.err) == (1, True, False)


def test_an_institutions_file_may_begin_with_a_mark_and_may_not_nest_for_ever(jiesu, tmp_path):
    good = (BUILT_IN / "property.toml").read_bytes()
    (tmp_path / "property.toml").write_bytes(b"\xef\xbb\xbf" + good)
    (tmp_path / "deep.toml").write_text("x = " + "[" * 5000 + "]" * 5000)

    assert jiesu("check-institution", "property.toml").code == 0
    deep = jiesu("check-institution", "deep.toml")
    assert (deep.code, "too many brackets" in deep.err) == (1, True)


def test_what_did_not_arrive_is_sent_again_on_request(migrated, tmp_path):
    def owe(work):
        li = work.people.find_or_add("web", "li", language="zh", at=AT)
        row = work.outbox.queue(li.id, number=None, kind="message", text="您好。", at=AT)
        work.outbox.record(row, state="undelivered", reason="用户已取关。", at=AT)

    in_store(tmp_path, owe)

    assert migrated("deliveries", "--retry", "1").out.startswith("ok     1 is queued")
    assert "\tqueued\t" in migrated("deliveries").out
    assert migrated("deliveries", "--retry", "1").code == 1
    assert migrated("deliveries", "--retry", "2").code == 1
    assert migrated("deliveries", "--retry", "one").code == 2


def test_what_is_told_of_a_case_whose_institution_is_served_no_longer_is_sent_again_too(migrated, tmp_path):
    def owe(work):
        number = filed(work, institution="bakery").number
        li = work.people.find_or_add("web", "li", language="zh", at=AT)
        row = work.outbox.queue(li.id, number=number, kind="message", text="您好。", at=AT)
        work.outbox.record(row, state="undelivered", reason="用户已取关。", at=AT)

    in_store(tmp_path, owe)

    assert migrated("deliveries", "--retry", "all").out.startswith("ok     1 queued")


def test_all_that_did_not_arrive_is_sent_again_but_not_what_may_have(migrated, tmp_path):
    def owe(work):
        li = work.people.find_or_add("web", "li", language="zh", at=AT)
        for state in ("undelivered", "uncertain", "undelivered"):
            row = work.outbox.queue(li.id, number=None, kind="message", text="您好。", at=AT)
            work.outbox.record(row, state=state, reason="用户已取关，请改用其他方式联系市民。", at=AT)

    in_store(tmp_path, owe)
    assert "the citizen has unfollowed the account" in migrated("deliveries").out

    assert migrated("deliveries", "--retry", "all").out.startswith("ok     2 queued")
    assert [line.split("\t")[3] for line in migrated("deliveries").out.splitlines()] == [
        "queued",
        "uncertain",
        "queued",
    ]
    assert migrated("deliveries", "--retry", "all").out.startswith("ok     0 queued")
