"""A case as a paper: whoever sees the case may print it, as they see it."""

from __future__ import annotations

import io

import docx
import pytest
from PIL import Image

from backend.services.cases import sealing
from backend.services.office import accounts
from tests.backend.services.city import City
from tests.backend.web.officers import Officer, hire

PHONE, NAME = "13800138000", "李芳"
ANSWER = "已现场查处，店家拆除了音响。"


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1200, 900), "green").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def city(site):
    made = City(site.store)
    made.now = site.clock()
    return made


@pytest.fixture
async def number(city, site):
    li = city.citizen()
    file, _ = await site.evidence.take("现场.jpg", photo())
    li.says("幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着，昨晚十一点多", files=(file,))
    number = li.files_a_case()
    city.answer(number)
    city.unit(sealing.seal, at=city.now)
    return number


def words(body: bytes) -> str:
    document = docx.Document(io.BytesIO(body))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


async def printed(officer: Officer, path: str) -> bytes:
    response = await officer.browser.get(path)
    assert response.status == 200, await response.text()
    assert response.headers["Content-Type"].startswith("application/vnd.openxmlformats-officedocument")
    return await response.read()


async def test_the_whole_case_stands_on_paper(officer, city, number, site):
    body = await printed(officer, f"/desk/cases/{number}/file")

    told = words(body)
    row = site.store.read_now(lambda work: work.evidence.of_case(number))[0]
    seal = site.store.read_now(lambda work: work.seals.last())
    for text in ("案卷", number, "登记表", "证据清单", row.sha256, "现场.jpg", "调查记录", "时限", "流转记录", "答复", ANSWER,
                 "回访", "存证", city.case(number).head, seal.hash, "按时"):  # fmt: skip
        assert text in told, text
    assert len(docx.Document(io.BytesIO(body)).inline_shapes) == 1


async def test_who_it_was_is_masked_until_the_reader_has_asked(officer, number):
    told = words(await printed(officer, f"/desk/cases/{number}/file"))
    assert PHONE not in told
    assert "138****8000" in told
    assert "身份信息已遮盖" in told

    await officer.opens(f"/desk/cases/{number}")
    await officer.sends("/who", reason="要打电话核实")
    told = words(await printed(officer, f"/desk/cases/{number}/file"))

    assert PHONE in told
    assert "含个人信息" in told


async def test_a_paper_with_names_is_on_record_and_one_without_is_not(officer, number, city):
    await printed(officer, f"/desk/cases/{number}/file")
    looked = [what for _, what in city.history(number)].count("looked")
    await officer.opens(f"/desk/cases/{number}")
    await officer.sends("/who", reason="要打电话核实")
    await printed(officer, f"/desk/cases/{number}/file")

    assert (looked, [what for _, what in city.history(number)].count("looked")) == (0, 2)


async def test_the_page_offers_what_can_be_printed(officer, number):
    page = await officer.opens(f"/desk/cases/{number}")

    assert f"/desk/cases/{number}/file" in page.links
    assert f"/desk/cases/{number}/letter" not in page.links


async def test_an_institution_without_letter_has_none(officer, number):
    response = await officer.browser.get(f"/desk/cases/{number}/letter")

    assert response.status == 404
    assert "投诉书" in await response.text()


async def test_somebody_of_another_institution_prints_nothing(client, site, number):
    hire(site, "旁人", "handler", institution="bank")
    other = Officer(client)
    await other.comes_in("旁人")

    assert (await client.get(f"/desk/cases/{number}/file")).status in {403, 404}


async def test_nobody_prints_without_logging_in(client, number):
    response = await client.get(f"/desk/cases/{number}/file", allow_redirects=False)

    assert response.status == 303


STORY = "新城建筑公司从8月起拖欠我两个月工资，一共12000元，老板说没钱"


@pytest.fixture
def labour(city):
    wang = city.citizen("wang", "labour")
    for text in (STORY, "同意"):
        wang.says(text)
    told = {"contact": PHONE, "who": NAME, "id_number": "11010519491231002X", "address": "人民路1号",
            "claim_sum": "工资12000元，每月6000元，两个月", "target": "新城建筑公司"}  # fmt: skip
    while "submit" not in wang.choices:
        asking = city.store.read_now(lambda work: work.people.conversation(1, "labour"))["asking"]
        wang.says(told.get(asking, "没有"))
    return wang.says("提交")[0].split("编号 ")[1].split("。")[0]


async def test_a_letter_of_complaint_has_both_sides_the_claims_and_a_line_to_sign(officer, labour):
    await officer.opens(f"/desk/cases/{labour}")
    await officer.sends("/who", reason="打印给本人签字")
    told = words(await printed(officer, f"/desk/cases/{labour}/letter"))

    for text in ("投诉书", "投诉人", NAME, "11010519491231002X", "被投诉人", "新城建筑公司", "投诉请求",
                 "每月6000元", "事实和理由", "拖欠我两个月工资", "此致", "劳动保障监察投诉", "投诉人签字："):  # fmt: skip
        assert text in told, text


async def test_the_letter_is_masked_likewise(officer, labour):
    told = words(await printed(officer, f"/desk/cases/{labour}/letter"))

    assert "11010519491231002X" not in told
    assert PHONE not in told


def token(site, scope: str, role: str) -> dict[str, str]:
    """What a program with that scope sends."""
    secret = f"secret of {scope}"
    site.store.run_now(accounts.add_token, accounts.hash_secret(secret), scope, role=role, scope=scope, at=site.clock())
    return {"Authorization": f"Bearer {secret}"}


async def test_a_program_gets_the_same_paper_masked_as_its_scope_is(site, client, number):
    async def got(scope: str, role: str) -> str:
        response = await client.get(f"/api/v1/cases/{number}/file", headers=token(site, scope, role))
        assert response.status == 200, await response.text()
        return words(await response.read())

    assert PHONE not in await got("read", "handler")
    assert PHONE in await got("personal", "coordinator")


async def test_a_program_is_told_that_there_is_no_letter(site, client, number):
    response = await client.get(f"/api/v1/cases/{number}/letter", headers=token(site, "read", "handler"))

    assert response.status == 404
    assert "letter" in (await response.json())["detail"]
