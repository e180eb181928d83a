"""Photos that come together are answered once."""

from __future__ import annotations

from dialogs.effects import Add
from dialogs.messages import Say
from tests.dialogs.talking import NUMBER, Citizen, brief


def said(citizen: Citizen) -> int:
    """How many bubbles there were so far."""
    return len(citizen.did(Say))


def test_an_album_is_answered_when_no_more_of_it_comes(citizen):
    citizen.says("楼下烧烤店半夜放音响，吵得睡不着")
    before = said(citizen)
    for number in range(9):
        citizen.says("在幸福里3栋" if number == 4 else "", photos=1, album="a")
    assert said(citizen) == before

    answer = citizen.photos_over()
    assert "收到9张照片" in answer
    assert "幸福里3栋" in answer
    assert said(citizen) == before + 1
    assert len(citizen.now.draft.evidence) == 9


def test_an_album_stands_in_the_order_in_which_it_was_sent(citizen):
    citizen.says("楼下烧烤店半夜放音响，吵得睡不着")
    for number in (3, 1, 9, 2):
        citizen.says(photos=1, album="a", sent=f"7-{number:020d}")
    citizen.photos_over()

    assert [key for key, _ in citizen.now.draft.evidence] == [2, 4, 1, 3]


def test_the_first_photo_of_a_burst_is_answered_at_once_and_the_others_together(citizen):
    first = citizen.says(photos=1)
    for _ in range(29):
        citizen.later(seconds=0.5).says(photos=1, album="")

    assert "收到1张照片" in first
    assert len(citizen.now.draft.evidence) == 30


def test_a_danger_in_a_caption_does_not_wait(citizen):
    answer = citizen.says("楼道着火了，有人被困", photos=1, album="a")

    assert "119" in answer
    assert citizen.now.album is None


def test_photos_out_of_nothing_go_to_the_case_that_is_open(citizen):
    citizen.mine = (brief(),)
    citizen.says(photos=1, album="a")
    citizen.says(photos=1, album="a")
    citizen.photos_over()

    assert [(each.number, each.evidence) for each in citizen.did(Add)] == [(NUMBER, (1, 2))]


def test_what_is_wrong_with_many_files_is_told_once(citizen):
    answer = citizen.says(remarks=tuple(("file.quota", f"{n}.png") for n in range(30)))

    assert "0.png等30个文件" in answer
    assert answer.count("没有收下") == 1


def test_photos_while_a_name_is_asked_for_are_kept_and_the_name_is_asked_again(citizen):
    citizen.says("昨晚十一点幸福里3栋楼下烧烤店放音响，吵得睡不着")
    citizen.says("同意")
    citizen.says("没有")
    assert citizen.now.asking == "who"

    assert "怎么称呼" in citizen.says(photos=3)
    assert len(citizen.now.draft.evidence) == 3
