"""Voice notes whose words nobody has: written down by a person, they count as the citizen's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.domain.case import Actor
from backend.services.cases.casework import Empty
from backend.services.files import transcribing
from backend.services.office.desk import OnlyLooks
from backend.services.talks import intake
from backend.services.talks.intake import StoredFile
from backend.store.evidence import NoSuchEvidence
from dialogs.messages import Inbound, Media, Peer
from tests.backend.services.city import OFFICER, City

HOMES = {"web": "hotline"}
WORDS = "昨晚11点幸福里3栋楼下烧烤店放音响，吵得睡不着，我的电话13800138000"


def voice(n: int) -> StoredFile:
    """A note of a few seconds."""
    return StoredFile("voice", "audio/amr", f"{n}.amr", f"{n:064}", 900)


class Town(City):
    """One where an officer listens to voice notes."""

    def waiting(self, by: Actor = OFFICER) -> list[int]:
        """The notes that wait, by id."""
        return [row.id for row, _ in self.store.read_now(transcribing.waiting, HOMES, by=by)]

    def writes(self, note: int, text: str, by: Actor = OFFICER) -> bool:
        """The officer types what a note says."""
        words = transcribing.heard(text, self.institutions["hotline"], at=self.now)
        done: bool = self.unit(
            transcribing.transcribe, self.institutions, HOMES, note, words, by=by, at=self.later(minutes=1)
        )
        return done


@pytest.fixture
def town(store):
    return Town(store)


def files_by_voice(town: Town) -> str:
    """Somebody spoken to slowly who only sends voice notes; the number of the case."""
    citizen = town.citizen()
    for text in ("慢一点", "你好", "可以"):
        citizen.says(text)
    for n in range(1, 9):
        if "submit" in citizen.choices:
            break
        citizen.says(files=(voice(n),))
    return citizen.says("对")[0].split("编号 ")[1].split("。")[0]


def test_a_case_told_by_voice_alone_gets_its_facts_when_somebody_has_listened(town):
    number = files_by_voice(town)
    assert town.case(number).facts["what"] == "（语音留言，等工作人员听写）"
    first, *others = town.waiting()

    assert town.writes(first, WORDS)

    facts = town.case(number).facts
    assert facts["what"] == WORDS
    assert facts["where"]["text"] == "幸福里3栋楼下"
    assert facts["when"]["start"].startswith("2026-11-20T23")
    assert town.waiting() == others


def test_the_history_says_whose_words_they_are_and_who_wrote_them_down(town):
    number = files_by_voice(town)
    town.writes(town.waiting()[0], WORDS)

    said = [event for event in town.store.read_now(lambda work: work.cases.history(number)) if event.what == "said"]
    assert [(event.by, event.detail["written_by"], event.private["text"]) for event in said] == [
        ("citizen", OFFICER.name, WORDS)
    ]


def test_who_stays_nameless_stays_so_where_that_is_allowed(town):
    number = files_by_voice(town)
    town.writes(town.waiting()[0], WORDS)

    assert town.case(number).facts["who"]["contact"] is None


def test_what_the_case_knows_is_not_changed_by_a_note(town):
    citizen = town.citizen()
    number = citizen.files_a_case()
    citizen.says(files=(voice(1),))
    before = town.case(number).facts

    town.writes(town.waiting()[0], "昨天下午三点在人民公园门口")

    after = town.case(number).facts
    assert (after["where"], after["when"], after["what"]) == (before["where"], before["when"], before["what"])


def test_words_written_down_while_the_draft_is_open_go_into_it(town):
    citizen = town.citizen()
    for text in ("慢一点", "你好", "可以"):
        citizen.says(text)
    citizen.says(files=(voice(1),))
    town.writes(town.waiting()[0], WORDS)
    while "submit" not in citizen.choices:
        citizen.says("跳过")

    number = citizen.says("对")[0].split("编号 ")[1].split("。")[0]
    facts = town.case(number).facts
    assert (facts["what"], facts["where"]["text"]) == (WORDS, "幸福里3栋楼下")
    assert facts["who"]["contact"] == "+8613800138000"


def test_who_comes_second_changes_nothing(town):
    number = files_by_voice(town)
    note = town.waiting()[0]
    town.writes(note, WORDS)

    assert not town.writes(note, "别的话")
    assert town.case(number).facts["what"] == WORDS


def test_a_note_with_the_platforms_words_waits_for_nobody(town):
    institution = town.institutions["hotline"]
    message = Inbound(Peer("web", "li"), "1", media=(Media("voice", "x", recognition="楼下烧烤店半夜放音响"),))
    prepared = intake.prepare(message, institution, at=town.now, files=(voice(1),))
    town.unit(intake.receive, town.institutions, prepared, at=town.now)

    assert town.waiting() == []


def test_only_those_who_work_here_may_listen_and_only_to_their_own(town):
    files_by_voice(town)
    elsewhere, auditor = replace(OFFICER, institution="property"), Actor("审计员", frozenset({"auditor"}))
    note = town.waiting()[0]

    assert town.waiting(elsewhere) == []
    with pytest.raises(NoSuchEvidence):
        town.writes(note, WORDS, by=elsewhere)
    with pytest.raises(OnlyLooks):
        town.waiting(auditor)


def test_nothing_is_no_transcription(town):
    with pytest.raises(Empty):
        town.writes(1, "  ")
