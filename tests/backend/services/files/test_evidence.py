"""Files are stored under their hash before anything names them, and swept when nothing ever does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from backend.services.files.evidence import EvidenceFiles, EvidenceUnavailable, collect, sweep
from tests.backend.services.city import START
from tests.backend.services.files.test_sniff import PDF, png


@pytest.fixture
def files(tmp_path):
    return EvidenceFiles(str(tmp_path / "evidence"))


async def test_a_file_can_be_read_back_by_its_hash(files):
    stored, renamed = await files.take("a.png", png())

    assert b"".join([piece async for piece in files.read(stored.sha256)]) == png()
    assert not renamed


async def test_a_part_can_be_read_by_itself(files):
    stored, _ = await files.take("a.pdf", PDF)

    assert await files.piece(stored.sha256, 1, 3) == PDF[1:4]


async def test_good_files_are_kept_and_bad_ones_remarked(files):
    stored, remarks = await collect(files, [("a.png", png()), ("b.png", b""), ("c.jpg", PDF)])

    assert [file.kind for file in stored] == ["photo", "document"]
    assert remarks == (("file.empty", "b.png"), ("file.renamed", "c.jpg"))


async def test_the_same_file_twice_is_stored_once(files, tmp_path):
    await collect(files, [("a.png", png()), ("b.png", png())])

    assert len([path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]) == 1


async def test_bytes_that_no_row_names_are_swept_and_others_stay(files, store):
    named, _ = await files.take("a.png", png())
    orphan, _ = await files.take("b.pdf", PDF)

    def name_it(work):
        person = work.people.find_or_add("web", "li", language="zh", at=START)
        work.evidence.add(
            person.id, kind="photo", media_type="image/png", filename="a.png", sha256=named.sha256, size=1, at=START
        )

    await store.run(name_it)
    removed = await sweep(store, files, before=datetime.now(UTC) + timedelta(hours=1))

    assert removed == 1
    assert [sha async for sha in files.older_than(datetime.now(UTC) + timedelta(hours=1))] == [named.sha256]
    assert orphan.sha256 != named.sha256


async def test_fresh_bytes_are_left_for_the_unit_that_is_about_to_name_them(files, store):
    await files.take("b.pdf", PDF)

    assert await sweep(store, files, before=datetime.now(UTC) - timedelta(hours=24)) == 0


def test_a_folder_that_cannot_be_made_is_said_with_what_to_do(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(EvidenceUnavailable, match="set `evidence` to a writable folder"):
        EvidenceFiles(str(tmp_path / "file" / "evidence"))
