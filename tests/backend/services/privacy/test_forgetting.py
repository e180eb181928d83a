"""Forgotten on one's word, in one unit and on both databases: what goes, what stays, and how it is found again."""

from __future__ import annotations

import pytest

from backend.domain.case import Actor
from backend.services.cases import reading, sealing
from backend.services.files import evidence
from backend.services.files.evidence import EvidenceFiles
from backend.services.talks.intake import StoredFile
from tests.backend.services.city import STORY, City

PHOTO = StoredFile("photo", "image/png", "a.png", "a" * 64, 10)
LAMP = "中山路的路灯坏了一个星期，晚上太黑"
HANDLER = Actor("陈经办", frozenset({"handler"}))
MANAGER = Actor("李经理", frozenset({"manager"}))


@pytest.fixture
def city(store):
    return City(store)


def talk(city, name="li"):
    return city.store.read_now(lambda work: work.journal.talk(work.people.find("web", name).id, limit=9999))


def told(city, name="li"):
    return "\n".join(line.text for line in talk(city, name))


def wrong(city):
    return city.store.read_now(lambda work: list(sealing.verify(work)))


def test_drafts_files_and_chat_go_and_are_counted(city):
    li = city.citizen()
    li.says(LAMP, files=(PHOTO,))
    li.says("同意")
    li.says("忘记我")
    said = li.says("删除")

    assert said == ["已删除：草稿1份、聊天记录3条、文件1个。"]
    assert "路灯" not in told(city)
    assert city.store.read_now(lambda work: work.evidence.sent_by(1, ["a" * 64])) == []
    assert city.store.read_now(lambda work: work.people.conversation(1, "hotline"))["draft"]["values"] == {}


def test_the_same_message_again_gets_the_same_answer_and_forgets_nothing_more(city):
    li = city.citizen()
    li.says(LAMP)
    li.says("忘记我")
    once = li.says("删除", message_id="yes")
    li.says(LAMP)

    assert li.says("删除", message_id="yes") == once
    assert "路灯" in told(city)


def test_a_filed_case_keeps_its_words_and_is_kept(city):
    li = city.citizen()
    number = li.files_a_case()
    li.says("你们几点上班？")
    li.says("忘记我")
    said = li.says("删除")[0]

    assert "您的1件诉求依法存档，结案满5年后删除" in said
    assert "烧烤店" in told(city)
    assert "几点上班" not in told(city)
    assert city.case(number).facts["what"] == STORY
    assert number in li.says("进度")[0]


def test_who_wants_no_more_notices_opens_the_case_by_number_and_code_elsewhere(city):
    li = city.citizen()
    number = li.files_a_case()
    li.says("忘记我")
    said = li.says("删除，也不再通知")[0]
    code = said.split("查询代码 ")[1][:9]

    assert "烧烤店" not in told(city)
    assert city.case(number).person is None
    city.answer(number)
    assert city.owed(number) == []
    assert number not in li.says("进度")[0]
    other = city.citizen("li-again")
    other.says(number)
    assert "不对" in other.says("7KDM-Q2XW")[0] or number not in other.says("进度")[0]
    other.says(number)
    assert number in other.says(code)[0]
    assert wrong(city) == []


def test_the_phone_on_file_still_opens_it_too(city):
    li = city.citizen()
    number = li.files_a_case()
    li.says("忘记我")
    li.says("删除，也不再通知")
    li.says(number)

    assert number in li.says("13800138000")[0]


def test_consent_taken_back_hides_the_citizen_from_all_but_handlers_and_is_on_record(city):
    li = city.citizen()
    number = li.files_a_case()
    li.says("撤回同意")
    li.says("撤回同意")

    def seen(by):
        case = city.store.read_now(lambda work: reading.one(work, city.institutions, number, by=by))
        assert "withheld" not in case["who"]
        return case["who"]["contact"]

    assert (seen(HANDLER), seen(MANAGER)) == ("+8613800138000", "138****8000")
    assert city.history(number)[-1] == ("citizen", "noted")
    city.answer(number)
    assert [kind for kind, _ in city.owed(number)] == ["status"] * 3
    assert wrong(city) == []


def test_a_cancelled_draft_leaves_neither_file_nor_word(city):
    li = city.citizen()
    li.says(LAMP, files=(PHOTO,))
    li.says("同意")
    li.says("取消")
    li.says("取消登记")

    assert "路灯" not in told(city)
    assert city.store.read_now(lambda work: work.evidence.known("a" * 64)) is False


def test_a_file_that_another_case_holds_too_stays(city, tmp_path):
    number = city.citizen("zhang")
    number.says(STORY, files=(PHOTO,))
    li = city.citizen()
    li.says(LAMP, files=(PHOTO,))
    li.says("忘记我")
    li.says("删除")

    assert city.store.read_now(lambda work: work.evidence.known("a" * 64)) is True


async def test_the_bytes_of_what_was_forgotten_are_swept(city, tmp_path, store):
    files = EvidenceFiles(str(tmp_path / "evidence"))
    stored, _ = await files.take("a.pdf", b"%PDF-1.4\n%%EOF\n")
    li = city.citizen()
    li.says(LAMP, files=(stored,))
    li.says("忘记我")
    li.says("删除")

    assert await evidence.sweep(store, files, before=city.now.replace(year=2100)) == 1
    with pytest.raises(FileNotFoundError):
        [piece async for piece in files.read(stored.sha256)]


def test_a_unit_that_fails_forgets_nothing(city):
    li = city.citizen()
    li.says(LAMP)

    def dies(work):
        work.forgetting.erase_words(1, since=None, upto=city.now.replace(year=2100))
        raise InterruptedError

    with pytest.raises(InterruptedError):
        city.unit(dies)
    assert "路灯" in told(city)


def test_nothing_says_any_more_which_chat_joined_a_case_of_others(city):
    number = city.citizen("li").files_a_case(
        "昨晚十一点多幸福里3栋2单元楼下烧烤店又在放音响，吵得我女儿睡不着，我是李芳，13800138000"
    )
    wang = city.citizen("wang")
    for text in ("幸福里楼下那家烧烤店每天半夜放音响，太吵了睡不着", "同意", "是同一件", "加入这件", "忘记我"):
        wang.says(text)
    said = wang.says("删除，也不再通知")[0]

    joined = [e for e in city.store.read_now(lambda work: work.cases.history(number)) if e.what == "joined"]
    assert [event.private["person"] for event in joined] == [None]
    assert "烧烤店" in (joined[0].private["text"] or "")
    assert wrong(city) == []
    assert "也能用电话查" in said
