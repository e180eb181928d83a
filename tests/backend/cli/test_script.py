"""A replay: the contract's lines in, the contract's lines out, by the script's own clock."""

from __future__ import annotations

import asyncio
import io
import json
import os
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from PIL import Image

from backend.cli.script import _play, replay
from backend.cli.script_lines import Line
from backend.domain.case import Actor
from backend.domain.lifecycle import Status
from backend.services.cases import casework
from backend.services.office import institutions

AT = datetime.fromisoformat("2026-11-21T08:30:00+08:00")
DESK = Actor("li", frozenset({"handler"}))
STORY = "昨晚十一点多幸福里3栋楼下烧烤店放音响，吵得孩子睡不着，我叫王小明，13800138000，希望安静"
FILED = ({"text": STORY}, {"choice": "同意"}, {"choice": "没有"}, {"choice": "submit"})


BODY = institutions.one("property").model_copy(
    update={"required": ("what", "when", "where", "evidence"), "optional": ()}
)
"""One that asks for little, whatever the real one asks for."""


def lines(*told, user="a"):
    first, *rest = told
    rows = [{"user": user, "at": AT.isoformat(), **first}, *({"user": user, **row} for row in rest)]
    return [json.dumps(row).encode() for row in rows]


def played(tmp_path, script):
    out: list[bytes] = []
    replay(script, "s.jsonl", folder=tmp_path, institution=BODY, write=out.append)
    return [json.loads(row) for row in out]


def texts(row):
    return "\n".join(bubble["text"] for bubble in row["say"])


def photo(path):
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    path.write_bytes(picture.getvalue())


def test_a_complaint_becomes_a_case(tmp_path):
    *said, last = played(tmp_path, lines(*FILED))

    assert [row["user"] for row in said] == ["a"] * 4
    [case] = last["cases"]
    assert case["number"].startswith("20261121-")
    assert case["number"] in texts(said[-1])
    assert (case["institution"], case["source"], case["status"]) == ("property", "terminal", "received")
    assert case["who"]["contact"] == "+8613800138000"
    assert case["filed_at"] == "2026-11-21T08:30:03+08:00"


def test_bubbles_have_a_text_and_choices_with_id_and_label(tmp_path):
    [first, _] = played(tmp_path, lines({"text": STORY}))

    assert first.keys() == {"user", "say"}
    for bubble in first["say"]:
        assert bubble.keys() == {"text", "choices"}
        assert all(choice.keys() == {"id", "label"} for choice in bubble["choices"])


def test_a_choice_is_an_id_or_a_label_and_else_words(tmp_path):
    by_label = played(tmp_path, lines(*FILED[:1], {"choice": "同意"}))
    by_id = played(tmp_path, lines(*FILED[:1], {"choice": "consent.yes"}))
    by_words = played(tmp_path, lines(*FILED[:1], {"choice": "同意吧"}))
    by_text = played(tmp_path, lines(*FILED[:1], {"text": "同意吧"}))

    assert by_label == by_id
    assert by_words == by_text


def test_the_same_id_again_is_a_redelivery(tmp_path):
    once, again, last = played(tmp_path, lines({"text": STORY, "id": "m1"}, {"text": STORY, "id": "m1"}))

    assert once == again
    assert last == {"cases": []}


def test_people_do_not_hear_each_other(tmp_path):
    script = [*lines(*FILED[:1]), *lines({"text": "水管爆了", "at": "2026-11-21T08:31:00+08:00"}, user="b")]

    a, b, _ = played(tmp_path, script)

    assert (a["user"], b["user"]) == ("a", "b")
    assert "水管" not in texts(a)
    assert "烧烤店" not in texts(b)


def test_files_of_an_album_are_all_kept(tmp_path):
    photo(tmp_path / "1.png")
    photo(tmp_path / "2.png")
    sent = [{"photo": "1.png", "album": "x"}, {"photo": "2.png", "album": "x"}]

    last = played(tmp_path, lines(*FILED[:2], *sent, *FILED[2:]))[-1]

    assert [file["filename"] for file in last["cases"][0]["evidence"]] == ["1.png", "2.png"]


def test_a_missing_file_is_answered_in_the_chat(tmp_path):
    row = played(tmp_path, lines(*FILED[:2], {"photo": "nowhere/a.jpg"}))[2]

    assert "a.jpg" in texts(row)
    assert "没有收到" in texts(row)


def test_the_words_of_a_voice_message_are_heard(tmp_path):
    (tmp_path / "v.amr").write_bytes(b"#!AMR\n" + bytes(64))

    row = played(tmp_path, lines({"voice": "v.amr", "recognition": STORY}))[0]

    assert "烧烤店" in texts(row)


def test_an_empty_script_has_no_cases(tmp_path):
    assert played(tmp_path, []) == [{"cases": []}]


def file(runner, play):
    for line in (
        Line(0, "a", AT, "0", text=STORY),
        *(Line(n, "a", AT, f"{n}", choice=FILED[n]["choice"]) for n in (1, 2, 3)),
    ):
        runner.run(play.turn(line))


async def tell(play, number, seconds):
    """A handler says a word; the line is due as soon as time passes."""
    site = play._site
    at = AT + timedelta(seconds=seconds)
    await site.store.run(casework.say, site.institutions, number, "明天来看。", by=DESK, at=at)


def test_what_came_meanwhile_stands_first_in_the_next_line_and_the_rest_at_the_end(tmp_path):
    with _play(BODY, tmp_path) as play, asyncio.Runner() as runner:
        file(runner, play)
        [case] = runner.run(play.rest())[-1]["cases"]
        runner.run(tell(play, case["number"], 60))
        heard = runner.run(play.turn(Line(9, "a", AT + timedelta(hours=1), "9", text="谢谢")))
        runner.run(tell(play, case["number"], 7200))
        runner.run(play.pass_time(AT + timedelta(hours=3)))
        left, last = runner.run(play.rest())

    assert "明天来看。" in heard["say"][0]["text"]
    assert (left["user"], left["at"]) == ("a", "2026-11-21T10:30:00+08:00")
    assert [event["what"] for event in last["cases"][0]["events"]][-1] == "said"


def test_an_answered_case_is_asked_about_and_closed_when_its_time_comes(tmp_path):
    with _play(BODY, tmp_path) as play, asyncio.Runner() as runner:
        file(runner, play)
        site, [case] = play._site, runner.run(play.rest())[-1]["cases"]

        for to, given in (
            (Status.ACCEPTED, {}),
            (Status.ASSIGNED, {"department": case["department_id"]}),
            (Status.ANSWERED, {"answer": "已处理。"}),
        ):
            site.store.run_now(casework.move, site.institutions, case["number"], to, given, by=DESK, at=AT)
        runner.run(play.pass_time(AT + timedelta(days=60)))
        *told, last = runner.run(play.rest())

    closed = last["cases"][0]
    assert closed["status"] == "closed"
    assert any("已处理。" in texts(row) for row in told)
    moved = [event["at"] for event in closed["events"] if event["what"] == "moved"]
    assert moved == sorted(moved)
    assert moved[-1] < (AT + timedelta(days=59)).isoformat(), "it closed at its own time, not when we looked"


def test_the_same_script_gives_the_same_bytes_whatever_the_hash_seed(tmp_path):
    (tmp_path / "s.jsonl").write_bytes(b"\n".join(lines(*FILED, {"text": "进度"})))
    program = "import sys; from backend.cli import call; sys.exit(call(sys.argv[1:]))"
    words = ["chat", "--script", str(tmp_path / "s.jsonl"), "--json", "--institution", "hotline"]

    def run(seed):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, check=True, env=environment)
        return done.stdout

    assert run("1") == run("2")


def test_a_script_from_the_command_line_is_answered_in_utf_8(jiesu, tmp_path):
    (tmp_path / "s.jsonl").write_bytes(b"\n".join(lines({"text": "你好"})))

    ended = jiesu("chat", "--script", "s.jsonl", "--json", "--institution", "property")

    assert (ended.code, ended.err) == (0, "")
    assert ended == jiesu("chat", "--script", "s.jsonl", "--institution", "property")
    assert "您好" in ended.out
    assert json.loads(ended.out.splitlines()[-1]) == {"cases": []}


def test_standard_input_is_answered_line_by_line(jiesu):
    said = "\n".join(line.decode() for line in lines({"text": "你好"}, {"choice": "同意"}))

    ended = jiesu("chat", "--script", "-", "--json", stdin=said)

    assert len(ended.out.splitlines()) == 3


def test_a_bad_line_stops_with_its_number_after_the_good_ones(jiesu, tmp_path):
    (tmp_path / "s.jsonl").write_bytes(b"\n".join([*lines({"text": "你好"}), b"", b"{}"]))

    ended = jiesu("chat", "--script", "s.jsonl", "--json")

    assert ended.code == 2
    assert len(ended.out.splitlines()) == 1
    assert ended.err.startswith("jiesu: s.jsonl: line 3: nothing is said")


@pytest.mark.parametrize("words", [["--json"], ["--script", "nowhere.jsonl"], ["--script", "-", "--as", "li"]])
def test_wrong_use_of_scripts_is_named(jiesu, words):
    assert jiesu("chat", *words).code == 2


def test_a_reminder_comes_before_the_next_line_and_the_day_is_counted_from_now(tmp_path):
    *said, _ = played(
        tmp_path,
        lines(
            {"text": "楼道灯坏了没人修"},
            {"choice": "同意"},
            {"text": "昨晚八点", "at": (AT + timedelta(days=1)).isoformat()},
        ),
    )

    reminder, answer = said[2]["say"]
    assert "还没登记完" in reminder["text"]
    assert [choice["label"] for choice in reminder["choices"]] == ["继续", "不用了"]
    assert "11月21日" in answer["text"]


def test_a_code_is_the_same_at_every_run(tmp_path):
    script = lines({"text": "楼道灯坏了没人修"}, {"choice": "同意"}, {"text": "换个设备"})

    first, second = played(tmp_path, script), played(tmp_path, script)

    assert first == second
    assert "分钟内有效" in texts(first[2])
