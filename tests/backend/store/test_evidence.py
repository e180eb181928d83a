from __future__ import annotations

import pytest

from backend.store.evidence import EvidenceRow, NoSuchEvidence
from tests.backend.store.samples import NOON, NUMBER, a_citizen, filed

SHA = "ab" * 32


def a_photo(work, person_id=None, **changes):
    row = {
        "kind": "photo",
        "media_type": "image/jpeg",
        "filename": "灯.jpg",
        "sha256": SHA,
        "size": 3_000_000_000,
        "at": NOON,
    }
    return work.evidence.add(person_id, **row | changes)


def test_a_piece_of_evidence_is_read_as_it_was_added(work):
    person = a_citizen(work)

    added = a_photo(work, person.id)

    row = EvidenceRow(added, None, person.id, "photo", "image/jpeg", "灯.jpg", SHA, 3_000_000_000, NOON)
    assert work.evidence.get(added) == row
    assert work.evidence.known(SHA)
    assert not work.evidence.known("cd" * 32)


def test_what_somebody_sent_is_found_and_what_others_sent_is_not(work):
    one, two = a_citizen(work), a_citizen(work, "c2")
    mine = a_photo(work, one.id)
    a_photo(work, two.id)
    a_photo(work, one.id, sha256="cd" * 32)

    assert [row.id for row in work.evidence.sent_by(one.id, {SHA, "ef" * 32})] == [mine]
    assert work.evidence.sent_by(one.id, set()) == []


def test_there_is_no_evidence_with_an_unknown_id(work):
    with pytest.raises(NoSuchEvidence, match="404"):
        work.evidence.get(404)


def test_evidence_is_given_to_its_case_and_stays_there(work):
    filed(work)
    filed(work, "OTHER")
    free, theirs = a_photo(work), a_photo(work, number="OTHER")

    work.evidence.attach(NUMBER, [free, theirs])
    work.evidence.attach(NUMBER, [free])
    work.evidence.attach(NUMBER, [])

    assert [row.id for row in work.evidence.of_case(NUMBER)] == [free]
    assert [row.id for row in work.evidence.of_case("OTHER")] == [theirs]


def test_the_evidence_of_many_cases_is_told_at_once(work):
    filed(work)
    filed(work, "OTHER")
    first, second = a_photo(work, number=NUMBER), a_photo(work, number=NUMBER)

    found = work.evidence.of_cases([NUMBER, "OTHER"])

    assert {number: [row.id for row in rows] for number, rows in found.items()} == {
        NUMBER: [first, second],
        "OTHER": [],
    }


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("长" * 300 + ".jpeg", "长" * 251 + ".jpeg"),
        ("x" * 300, "x" * 256),
        ("a." + "y" * 300, "a." + "y" * 254),
        ("a\x00b.png", "a\ufffdb.png"),
        ("", ""),
    ],
)
def test_a_name_is_cut_to_what_the_column_takes(work, name, kept):
    assert work.evidence.get(a_photo(work, filename=name)).filename == kept
