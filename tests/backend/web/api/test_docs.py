"""The OpenAPI document is whole, right for 3.1, and shown as a page without scripts."""

from __future__ import annotations

import html
import json
import re
import shlex

import pytest

from backend.web.api.calls import PREFIX
from backend.web.api.docs import kind
from backend.web.api.routes import CALLS
from backend.web.problems import KINDS
from tests.backend.web.programs import Program, call_of, program


@pytest.fixture
async def document(client):
    async with client.get(f"{PREFIX}/openapi.json") as response:
        assert response.status == 200
        assert response.headers["Content-Type"].startswith("application/json")
        return await response.json()


def references(part):
    """Every $ref of the document."""
    if isinstance(part, dict):
        own = [part["$ref"]] if "$ref" in part else []
        return own + [ref for value in part.values() for ref in references(value)]
    return [ref for item in part for ref in references(item)] if isinstance(part, list) else []


def resolved(document, reference):
    """What a reference points at. Raises: KeyError."""
    found = document
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found


async def test_every_call_stands_in_the_document_and_every_reference_leads_somewhere(document):
    assert document["openapi"] == "3.1.0"
    written = {(path, method.upper()) for path, item in document["paths"].items() for method in item}
    assert written == {(f"{PREFIX}{call.path}", call.method) for call in CALLS}
    assert references(document)
    for reference in references(document):
        assert resolved(document, reference)


async def test_every_path_parameter_is_declared_once_and_every_operation_has_its_own_name(document):
    names = []
    for path, item in document["paths"].items():
        for operation in item.values():
            names.append(operation["operationId"])
            told = [p["name"] for p in operation.get("parameters", []) if p["in"] == "path"]
            assert told == re.findall(r"{(\w+)}", path)
    assert len(names) == len(set(names))


async def test_schemas_are_those_of_3_1(document):
    text = json.dumps(document)

    assert '"nullable"' not in text, "3.0's way to say null"
    assert '"$defs"' not in text
    assert document["components"]["schemas"]["Case"]["properties"]["matter"]["anyOf"][1] == {"type": "null"}
    assert "from" in document["components"]["schemas"]["LifecycleMove"]["properties"]


async def test_a_body_is_required_and_every_problem_has_its_media_type(document):
    move = document["paths"][f"{PREFIX}/cases/{{number}}/moves"]["post"]

    assert move["requestBody"]["required"] is True
    assert {"400", "401", "403", "404", "409", "413", "415", "422", "429"} <= set(move["responses"])
    for name in KINDS:
        assert list(document["components"]["responses"][name]["content"]) == ["application/problem+json"]


async def test_the_page_names_every_call_and_problem_and_runs_no_script(client):
    async with client.get("/api/docs") as response:
        page = await response.text()

    assert response.status == 200
    assert "<script" not in page
    assert " style=" not in page
    for call in CALLS:
        assert f'id="{call.name}"' in page
    for name in KINDS:
        assert f'id="{name}"' in page
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links <= set(re.findall(r'id="([^"]+)"', page))


async def test_the_examples_of_the_page_are_calls_that_there_are(client, site):
    async with client.get("/api/docs") as response:
        page = html.unescape(await response.text())
    examples = [
        shlex.split(text.replace("\\\n", "")) for text in re.findall(r"<code>(curl .*?)</code>", page, re.DOTALL)
    ]

    assert len(examples) == 2
    for words in examples:
        address = next(word for word in words if word.startswith("http"))
        path = address.removeprefix(site.settings.url + PREFIX).partition("?")[0]
        call = call_of("POST" if "-d" in words else "GET", path)
        assert call is not None
        if call.body:
            assert "Content-Type: application/json" in words
            call.body.model_validate_json(words[words.index("-d") + 1])


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({"type": "array", "items": {"$ref": "#/components/schemas/Case"}}, "list of Case"),
        ({"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]}, "time or null"),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "object of string"),
        ({"enum": ["a", "b"], "type": "string"}, "a | b"),
        ({}, "anything"),
    ],
)
def test_a_schema_is_told_in_words(schema, told):
    assert kind(schema) == told


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v2/cases", "/api/v1/cases/1/2/3", "/api/v1/"])
async def test_an_unknown_path_is_a_problem(client, path):
    async with client.get(path) as response:
        told = await response.json(content_type="application/problem+json")

    assert (response.status, told["status"]) == (404, 404)
    assert "/api/docs" in told["detail"]


async def test_a_wrong_method_is_a_problem_that_names_the_right_ones(site, client):
    answer = await program(site, client, scope="write").send("DELETE", "/cases")

    assert answer.status == 405
    assert set(answer.headers["Allow"].split(",")) == {"GET", "HEAD"}


async def test_while_the_database_is_away_programs_are_told_to_come_back(site, client):
    sync = program(site, client)
    site.store.close()

    answer = await Program(client, sync.token).get("/cases")

    assert answer.status == 503
    assert answer.headers["Retry-After"]
    assert "Traceback" not in answer.text
