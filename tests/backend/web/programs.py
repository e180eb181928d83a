"""A program with a token that calls the API over real HTTP; every answer is held against the OpenAPI document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aiohttp.test_utils import TestClient
from aiohttp.web import Application, Request

from backend.services.office import accounts
from backend.web.api.calls import PREFIX
from backend.web.api.document import kinds_of
from backend.web.api.models import ProblemDetail
from backend.web.api.routes import CALLS
from backend.web.problems import CONTENT_TYPE, KINDS

if TYPE_CHECKING:
    from aiohttp import ClientResponse

    from backend.site import Site
    from backend.web.api.calls import Call

Client = TestClient[Request, Application]


class Answer:
    """What came back."""

    def __init__(self, response: ClientResponse, text: str) -> None:
        self.status, self.headers, self.text = response.status, response.headers, text
        self.json: Any = json.loads(text) if text else None

    @property
    def detail(self) -> str:
        """The sentence of a problem."""
        return str(self.json["detail"])


class Program:
    """Something that calls with one token."""

    def __init__(self, client: Client, token: str) -> None:
        self.client, self.token = client, token

    async def get(self, path: str, **query: str) -> Answer:
        return await self.send("GET", path, params=query)

    async def post(self, path: str, body: Any) -> Answer:
        return await self.send("POST", path, json=body)

    async def move(self, number: str, to: str, **given: str | None) -> Answer:
        return await self.post(f"/cases/{number}/moves", {"to": to, **given})

    async def send(self, method: str, path: str, **options: Any) -> Answer:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        options["headers"] = headers | options.pop("headers", {})
        async with self.client.request(method, f"{PREFIX}{path}", **options) as response:
            answer = Answer(response, await response.text())
        conforms(method, path, answer)
        return answer


def program(site: Site, client: Client, name: str = "sync", **rights: str | None) -> Program:
    """A program let in with those rights; ``scope="write"``, ``role=``, ``institution=``."""
    secret = f"token-of-{name}"
    hashed = accounts.hash_secret(secret)
    site.store.run_now(accounts.add_token, hashed, name, at=site.clock(), **rights)  # type: ignore[arg-type]
    return Program(client, secret)


def conforms(method: str, path: str, answer: Answer) -> None:
    """The answer is one that the document promises for that call."""
    call, kind = call_of(method, path), answer.headers["Content-Type"].partition(";")[0]
    if answer.status == 200:
        assert kind == "application/json"
        if call and call.answer:
            call.answer.model_validate_json(answer.text)
        return
    assert kind == CONTENT_TYPE
    problem = ProblemDetail.model_validate_json(answer.text)
    name = problem.type.partition("#")[2]
    assert (problem.status, problem.title) == (answer.status, KINDS[name].title)
    assert call is None or name in kinds_of(call)


def call_of(method: str, path: str) -> Call | None:
    """The call that serves this path."""
    parts = path.split("/")
    for call in CALLS:
        wanted = call.path.split("/")
        fits = len(wanted) == len(parts) and all(
            w.startswith("{") or w == p for w, p in zip(wanted, parts, strict=True)
        )
        if fits and call.method == method:
            return call
    return None
