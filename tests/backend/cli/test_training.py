"""``jiesu train``, ``evaluate`` and ``classify`` with a table or a model, as the shell calls them."""

from __future__ import annotations

import csv
import json

import pytest

from nlp.training import model_file
from nlp.training.train import train
from tests.nlp.letters import LETTERS, silent

COLUMNS = ("--text", "标题", "--text", "内容", "--label", "类别")


def table(path, rows=LETTERS, encoding="utf-8"):
    with path.open("w", encoding=encoding, newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["标题", "内容", "类别"])
        writer.writerows((each.subject, each.detail + "\n谢谢", each.label) for each in rows)
    return str(path)


@pytest.fixture
def letters(tmp_path):
    return table(tmp_path / "letters.csv")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    path = tmp_path_factory.mktemp("models") / "kept.model"
    path.write_bytes(model_file.dump(train(LETTERS, seed=1, told=silent)))
    return str(path)


def test_a_model_is_trained_measured_and_used(jiesu, tmp_path, letters):
    dev = table(tmp_path / "dev.csv", LETTERS[::9], encoding="gb18030")

    trained = jiesu("train", "--csv", letters, *COLUMNS, "--dev", dev, "--unlabelled", dev, "--out", "my.model")
    told = json.loads(trained.out)
    used = json.loads(jiesu("classify", "停水两天了", "--model", "my.model").out)

    assert (trained.code, trained.err) == (0, "")
    assert (told["out"], told["labels"], told["dev"]["accuracy"]) == ("my.model", ["供水", "公交", "噪声"], 1.0)
    assert (used["category"], used["matter"], used["department"]) == ("供水", None, None)
    assert {why["category"] for why in used["why"]} >= {"供水"}


def test_the_figures_are_told_as_the_contract_says(jiesu, letters, kept):
    told = json.loads(jiesu("evaluate", "--csv", letters, *COLUMNS, "--model", kept, "--json").out)

    assert list(told) == [
        "n", "accuracy", "macro_f1", "top3", "decided", "right_when_decided", "ci95", "classes",
    ]  # fmt: skip
    assert told["n"] == len(LETTERS)
    assert list(told["classes"]) == ["供水", "公交", "噪声"]


def test_the_shipped_words_are_measured_the_same_way(jiesu, letters):
    shown = jiesu("evaluate", "--csv", letters, *COLUMNS, "--institution", "hotline")

    assert shown.code == 0
    assert shown.out.startswith(f"{len(LETTERS)} texts\nright ")
    assert shown.err == "not among the categories of hotline, so never right: 供水, 公交, 噪声\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_classified_in_its_own_encoding(jiesu, tmp_path, kept, encoding):
    source, out = table(tmp_path / "in.csv", LETTERS[:3], encoding=encoding), tmp_path / "out.csv"

    ended = jiesu("classify", "--csv", source, "--text", "标题", "--text", "内容", "--out", str(out), "--model", kept)

    with out.open(encoding=encoding, newline="") as file:
        rows = list(csv.DictReader(file))
    assert ended == (0, "", "")
    assert list(rows[0])[3:] == ["category", "matter", "department", "confidence", "decided", "second", "third"]
    assert [row["category"] for row in rows] == [row["类别"] for row in rows]
    assert rows[0]["内容"].endswith("\n谢谢")
    assert {rows[0]["category"], rows[0]["second"], rows[0]["third"]} == {"供水", "噪声", "公交"}


def test_a_table_is_classified_by_an_institutions_words(jiesu, tmp_path, letters):
    out = tmp_path / "out.csv"

    jiesu("classify", "--csv", letters, "--text", "内容", "--out", str(out), "--institution", "hotline")

    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["category"] and row["department"] and row["second"] for row in rows)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["train", "--csv", "none.csv", *COLUMNS, "--out", "m"], 2, "none.csv cannot be read"),
        (
            ["train", "--csv", "in.csv", *COLUMNS[:4], "--label", "no", "--out", "m"],
            2,
            "has no column no; choose among",
        ),
        (["train", "--csv", "in.csv", *COLUMNS, "--text", "x", "--out", "m"], 2, "has no column x"),
        (["train", "--csv", "in.csv", *COLUMNS, "--text", "类别", "--out", "m"], 2, "--text is given 3 times"),
        (["train", "--csv", "one.csv", *COLUMNS, "--out", "m"], 2, "one.csv: two labels are needed"),
        (["train", "--csv", "in.csv", *COLUMNS, "--out", "none/m"], 1, "none/m cannot be written"),
        (["train", "--csv", "blank.csv", *COLUMNS, "--out", "m"], 2, "blank.csv line 2 has nothing in the column 类别"),
        (["train", "--csv", "empty.csv", *COLUMNS, "--out", "m"], 2, "empty.csv has no text in the column 标题, 内容"),
        (["evaluate", "--csv", "in.csv", *COLUMNS, "--text", "类别"], 2, "--text is given 3 times"),
        (["classify", "--csv", "in.csv", "--text", "内容", "--out", "."], 1, ". cannot be written (Is a directory)"),
        (["evaluate", "--csv", "in.csv", *COLUMNS, "--model", "in.csv"], 2, "in.csv is no model: it does not begin"),
        (["classify", "x", "--model", "none.model"], 2, "none.model cannot be read"),
        (["classify", "x", "--model", "m", "--institution", "hotline"], 2, "--model and --institution exclude"),
        (["classify", "x", "--csv", "in.csv"], 2, "TEXT and a table exclude each other"),
        (["classify", "--csv", "in.csv", "--text", "内容"], 2, "there is nothing to classify"),
    ],
)
def test_what_is_wrong_is_one_sentence(jiesu, tmp_path, words, code, said):
    table(tmp_path / "in.csv", LETTERS[::9])
    table(tmp_path / "one.csv", LETTERS[:3])
    (tmp_path / "blank.csv").write_text("标题,内容,类别\na,b,\n")
    (tmp_path / "empty.csv").write_text("标题,内容,类别\n, ,a\n,,b\n,,a\n,,b\n")

    ended = jiesu(*words)

    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err
    assert ended.err.startswith("jiesu: ")
    assert ended.err.count("\n") == 1
