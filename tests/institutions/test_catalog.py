"""Reading institutions: what is refused, and in which words."""

from pathlib import Path

import pytest

from institutions.catalog import BadInstitution, check_slots, check_stages, load_all, read

SCHOOL = """
id = "school"
code = "SC"
name = "学校食堂投诉"
name_en = "School canteen"
accepts = "食堂的饭菜、服务和价格，都可以在这里说。"
accepts_en = "Food, service and prices of the canteen."
default_department = "office"
required = ["what", "where"]
stages = ["archived"]

[[departments]]
id = "office"
name = "办公室"

[[departments]]
id = "kitchen"
name = "膳食科"

[[categories]]
id = "hygiene"
name = "食品卫生"
department = "kitchen"
words = "虫子:3 发霉:3 头发:2"

[[categories]]
id = "price"
name = "价格"
department = "office"
words = "太贵:2 涨价:2"

  [[categories.matters]]
  id = "refund"
  name = "退费"
  words = "退饭卡:3"
  clocks = { answer = "2d" }

[clocks.answer]
label = "答复"
stops = ["answered", "closed"]
length = { urgent = "24h", ordinary = "7d" }
"""


@pytest.fixture
def school(tmp_path: Path) -> Path:
    path = tmp_path / "school.toml"
    path.write_text(SCHOOL, encoding="utf-8")
    return path


def changed(school: Path, old: str, new: str) -> str:
    """What is said of the file after one change."""
    assert old in SCHOOL
    school.write_text(SCHOOL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInstitution) as refusal:
        read(school)
    return str(refusal.value)


def test_a_good_file_becomes_an_institution(school: Path) -> None:
    institution = read(school)

    assert institution.name == "学校食堂投诉"
    assert institution.category("hygiene").words == {"虫子": 3.0, "发霉": 3.0, "头发": 2.0}
    assert institution.department_for("hygiene").name == "膳食科"


def test_a_matter_without_a_department_goes_to_its_category_s(school: Path) -> None:
    institution = read(school)

    assert institution.matter("price/refund").name == "退费"
    assert institution.department_for("price", "price/refund").id == "office"


@pytest.mark.parametrize("path", ["price", "price/hygiene", "nowhere/refund", "/"])
def test_a_path_that_leads_nowhere_is_a_key_error(school: Path, path: str) -> None:
    institution = read(school)

    with pytest.raises(KeyError):
        institution.matter(path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'department = "kitchen"',
            'department = "cellar"',
            "school.toml: categories.0.department: there is no department 'cellar' (categories.0 is 'hygiene')",
        ),
        (
            'name = "退费"',
            'name = "退费"\n  department = "x"',
            "categories.1.matters.0.department: there is no department 'x'",
        ),
        ('default_department = "office"', 'default_department = "x"', "default_department: there is no department 'x'"),
        ('code = "SC"\n', "", "school.toml: code: this key is missing"),
        ('code = "SC"', 'code = "sc"', "school.toml: code: 'sc' does not fit here; it must look like HL"),
        (
            'id = "price"',
            'id = "Price 1"',
            "categories.1.id: 'Price 1' does not fit here; it must look like road_works",
        ),
        ('id = "school"', 'id = "university"', "school.toml: id: 'university' must be the file's name, 'school'"),
        ('code = "SC"', 'code = "SC"\ncolour = "red"', "school.toml: colour: there is no such key"),
        ('name = "价格"', 'name = "价格"\nfee = 3', "categories.1.fee: there is no such key (categories.1 is 'price')"),
        ('name = "学校食堂投诉"', "name = 12", "school.toml: name: this must be text in quotation marks, not 12"),
        ('code = "SC"', 'code = "SC"\nanonymous = "perhaps"', "anonymous: this must be true or false, not 'perhaps'"),
        ('code = "SC"', 'code = "SC"\nanonymous = [1]', "anonymous: this must be true or false, not [1]"),
        ('required = ["what", "where"]', 'required = "what"', "required: this must be a list in [ ], not 'what'"),
        (
            'required = ["what", "where"]',
            'required = ["what", "what"]',
            "required and optional: 'what' stands there twice",
        ),
        ('code = "SC"', 'code = "SC"\noptional = ["what"]', "required and optional: 'what' stands there twice"),
        ('code = "SC"', 'code = "SC"\nkinds = ["rant"]', "kinds.0: 'rant' is not one of 'complaint', 'report'"),
        ('code = "SC"', 'code = "SC"\ntimezone = "Mars/Base"', "timezone: there is no time zone 'Mars/Base'"),
        ('code = "SC"', 'code = "SC"\nsurvey = 3', "survey: this must be a table of keys and values, not 3"),
        ('id = "price"', 'id = "hygiene"', "school.toml: categories: 'hygiene' stands there twice"),
        ('id = "kitchen"', 'id = "office"', "there is no department 'kitchen'"),
        (
            "虫子:3",
            "虫子:many",
            "categories.0.words: '虫子:many' should be a word, a colon and a number, as in 物业费:3",
        ),
        (
            "虫子:3",
            "虫子:0",
            "categories.0.words: the weight of '虫子' must be above 0; -虫子:1 makes a word speak against",
        ),
        ("虫子:3", ":3", "categories.0.words: ':3' has no word before its weight"),
        ("虫子:3", "发霉:1", "categories.0.words: '发霉' stands there twice"),
        ('"虫子:3 发霉:3 头发:2"', '{ "虫子" = "many" }', "categories.0.words.虫子: this must be a number, not 'many'"),
        (
            'answer = "2d"',
            'answer = "2 days"',
            "categories.1.matters.0.clocks.answer: '2 days' is no duration; write minutes 30m",
        ),
        ('answer = "2d"', 'result = "2d"', "categories.1.matters.0.clocks.result: there is no clock 'result'"),
        ("[clocks.answer]", "[clocks.reply]", "there is no clock 'answer' under clocks"),
        ('{ urgent = "24h", ordinary = "7d" }', '"soon"', "school.toml: clocks.answer.length: 'soon' is no duration"),
        ('urgent = "24h"', 'urgent = "soon"', "school.toml: clocks.answer.length.urgent: 'soon' is no duration"),
        ('urgent = "24h"', 'hasty = "24h"', "clocks.answer.length.hasty: 'hasty' is not one of 'emergency', 'urgent'"),
        ('{ urgent = "24h", ordinary = "7d" }', "7", "clocks.answer.length: this must be"),
        ('label = "答复"', "", "clocks.answer.label: this key is missing"),
        (
            'code = "SC"',
            'code = "SC"\nhours = { spans = [["9", "noon"]] }',
            "hours.spans.0: '9 noon' should be two times of day",
        ),
        (
            'code = "SC"',
            'code = "SC"\nhours = { spans = [["18:00", "08:00"]] }',
            "hours.spans.0: it closes at 08:00, before it opens at 18:00",
        ),
        ('id = "school"', 'id = school"', "school.toml: line 2: this is not TOML: "),
        ('length = { urgent = "24h", ordinary = "7d" }', 'length = "24h', "school.toml: line 41: this is not TOML: "),
        ('code = "SC"', 'code = "SC"\ncode = "SD"', "school.toml: line 4: this is not TOML: "),
    ],
)
def test_a_bad_file_is_refused_with_file_key_and_reason(school: Path, old: str, new: str, said: str) -> None:
    refusal = changed(school, old, new)

    assert refusal.startswith("school.toml: ")
    assert said in refusal


def test_a_refusal_keeps_its_facts(tmp_path: Path) -> None:
    with pytest.raises(BadInstitution) as refusal:
        read(tmp_path / "nobody.toml")

    assert (refusal.value.source, refusal.value.key) == ("nobody.toml", "")
    assert str(refusal.value) == "nobody.toml: cannot be read: No such file or directory"


def test_a_clock_with_a_strange_name_is_refused(school: Path) -> None:
    strange = SCHOOL.replace(
        "[clocks.answer]", '[clocks.tea]\nlabel = "茶"\nstops = []\nlength = "1h"\n\n[clocks.answer]'
    )
    school.write_text(strange, encoding="utf-8")

    with pytest.raises(BadInstitution, match=r"school.toml: clocks.tea: a clock is named one of contact, accept"):
        read(school)


def test_a_file_in_another_encoding_names_the_line(school: Path) -> None:
    school.write_bytes(SCHOOL.encode("gb18030"))

    with pytest.raises(BadInstitution, match=r"^school.toml: line 4: this is not UTF-8; save the file as UTF-8$"):
        read(school)


def test_a_code_belongs_to_one_institution(school: Path) -> None:
    school.with_name("college.toml").write_text(SCHOOL.replace('"school"', '"college"'), encoding="utf-8")

    with pytest.raises(BadInstitution, match=r"^school.toml: code: 'SC' is already the code of college.toml$"):
        load_all(school.parent)


def test_a_folder_is_read_by_id(school: Path) -> None:
    assert list(load_all(school.parent)) == ["school"]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInstitution, match="there is no institution"):
        load_all(tmp_path)


def test_a_slot_nobody_can_ask_for_is_refused(school: Path) -> None:
    institution = read(school)

    check_slots(institution, {"what", "where", "when"})
    with pytest.raises(
        BadInstitution,
        match=r"^school.toml: required: there is no slot 'where'; there are what, when; perhaps you mean when$",
    ):
        check_slots(institution, {"what", "when"})


@pytest.mark.parametrize(
    ("missing", "key"),
    [("archived", "stages"), ("received", "clocks.answer.starts"), ("closed", "clocks.answer.stops")],
)
def test_a_status_that_the_lifecycle_lacks_is_refused(school: Path, missing: str, key: str) -> None:
    known = {"received", "answered", "closed", "archived"} - {missing}

    with pytest.raises(BadInstitution, match=f"^school.toml: {key}: there is no status '{missing}'; "):
        check_stages(read(school), known)


def test_changing_what_was_loaded_does_not_change_the_next_load() -> None:
    load_all().clear()

    assert "hotline" in load_all()
