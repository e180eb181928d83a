"""The fake WeChat's doors: from a path to its endpoint, with faults on the way and every call written down."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes import wechat_media as media
from tests.fakes import wechat_menu as menu
from tests.fakes import wechat_notices as notices
from tests.fakes import wechat_rest as rest
from tests.fakes import wechat_sending as sending
from tests.fakes import wechat_tokens as tokens
from tests.fakes.wechat_asked import Asked, Download, Redirect, Upload
from tests.fakes.wechat_errors import Refusal, traced
from tests.fakes.wechat_faults import Fault, striking
from tests.fakes.wechat_world import ApiCall

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.fakes.wechat_asked import Answer
    from tests.fakes.wechat_pusher import Pusher
    from tests.fakes.wechat_world import World

JSON = "application/json; encoding=utf-8"  # as the real one writes it
LATIN = "application/json; charset=latin-1"
PAGE = "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"

PLAIN: dict[tuple[str, str], Callable[[Asked], Answer]] = {
    ("GET", "/cgi-bin/token"): tokens.plain,
    ("POST", "/cgi-bin/stable_token"): tokens.stable,
    ("POST", "/cgi-bin/message/custom/send"): sending.custom,
    ("POST", "/cgi-bin/message/custom/typing"): sending.typing,
    ("POST", "/cgi-bin/message/template/subscribe"): notices.one_time,
    ("GET", "/mp/subscribemsg"): notices.consent,
    ("GET", "/cgi-bin/media/get"): media.get,
    ("GET", "/cgi-bin/media/get/jssdk"): media.get_jssdk,
    ("POST", "/cgi-bin/media/upload"): media.upload,
    ("POST", "/cgi-bin/qrcode/create"): rest.qr_create,
    ("GET", "/cgi-bin/showqrcode"): rest.qr_show,
    ("POST", "/cgi-bin/menu/create"): menu.create,
    ("GET", "/cgi-bin/menu/get"): menu.get,
    ("GET", "/cgi-bin/menu/delete"): menu.delete,
    ("GET", "/cgi-bin/get_current_selfmenu_info"): menu.current,
    ("GET", "/cgi-bin/user/info"): rest.user_info,
    ("GET", "/cgi-bin/user/get"): rest.user_get,
    ("GET", "/cgi-bin/ticket/getticket"): rest.page_ticket,
    ("GET", "/cgi-bin/getcallbackip"): rest.callback_ips,
    ("GET", "/connect/oauth2/authorize"): rest.authorize,
    ("GET", "/sns/oauth2/access_token"): rest.page_token,
    ("GET", "/sns/userinfo"): rest.page_user,
}
PUSHING: dict[tuple[str, str], Callable[[Asked, Pusher], Awaitable[Answer]]] = {
    ("POST", "/cgi-bin/message/template/send"): notices.template,
    ("POST", "/cgi-bin/message/subscribe/bizsend"): notices.subscription,
}
BY_ID: dict[str, Callable[[Asked, str], Download]] = {"video": media.video, "pic": media.picture}
SAY_OK = ("/send", "/typing", "/subscribe", "/bizsend", "/menu/create", "/menu/delete")


class Doors:
    """The public endpoints."""

    def __init__(self, world: World, pusher: Pusher) -> None:
        self.world, self.pusher = world, pusher

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one call, or do what a fault says instead."""
        asked = await self._read(request)
        call = ApiCall(request.path, request.method, dict(request.query), _shown(asked), self.world.now())
        self.world.calls.append(call)
        openid = call.body.get("touser", "") if isinstance(call.body, dict) else request.query.get("openid", "")
        fault = striking(self.world.faults, request.path, str(openid))
        await self.world.clock.sleep(fault.delay_s)
        if fault.drop:
            return _broken(request)
        if fault.http or fault.html:
            call.status = fault.http or 502
            kind = "text/html" if fault.html else "text/plain"
            return web.Response(status=call.status, text=PAGE if fault.html else "", content_type=kind)
        answer = await self._answered(request, asked, fault)
        call.status, call.answer = 200, answer if isinstance(answer, dict) else type(answer).__name__
        return await _sent(request, answer, fault)

    async def _read(self, request: web.Request) -> Asked:
        upload, body = None, b""
        if request.content_type == "multipart/form-data":
            part = (await request.post()).get("media")
            if isinstance(part, web.FileField):
                upload = Upload(part.filename, part.content_type, part.file.read())
        else:
            body = await request.read()
        base = f"{request.scheme}://{request.host}"
        return Asked(self.world, request.query, body, request.remote or "", base, upload)

    async def _answered(self, request: web.Request, asked: Asked, fault: Fault) -> Answer:
        try:
            answer = await self._endpoint(request, asked, fault)
        except Refusal as refusal:
            return {"errcode": refusal.code, "errmsg": traced(refusal.text, self.world.fresh("rid"))}
        if isinstance(answer, dict) and request.path.endswith(SAY_OK):
            return {"errcode": 0, "errmsg": "ok"} | answer
        return answer

    async def _endpoint(self, request: web.Request, asked: Asked, fault: Fault) -> Answer:
        if fault.errcode is not None:
            raise Refusal(fault.errcode, **fault.facts)
        where = (request.method, request.path)
        if plain := PLAIN.get(where):
            return plain(asked)
        if pushing := PUSHING.get(where):
            return await pushing(asked, self.pusher)
        first, _, media_id = request.path.strip("/").partition("/")
        if request.method == "GET" and first in BY_ID:
            return BY_ID[first](asked, media_id)
        raise Refusal(40066)


def _shown(asked: Asked) -> Any:
    """The body for the list of calls."""
    try:
        return json.loads(asked.body) if asked.body else None
    except ValueError:
        return asked.body.decode(errors="replace")


async def _sent(request: web.Request, answer: Answer, fault: Fault) -> web.StreamResponse:
    if fault.drop_after_accept:
        return _broken(request)
    if isinstance(answer, Redirect):
        return web.Response(status=302, headers={"Location": answer.url})
    if isinstance(answer, Download):
        name = f'attachment; filename="{answer.file.filename}"'
        headers = {"Content-Type": answer.file.content_type, "Content-disposition": name}
        return await _whole_or_half(request, answer.file.data, headers, fault)
    text = json.dumps(answer, ensure_ascii=False).encode()
    return await _whole_or_half(request, text, {"Content-Type": LATIN if fault.latin1 else JSON}, fault)


async def _whole_or_half(
    request: web.Request, body: bytes, headers: dict[str, str], fault: Fault
) -> web.StreamResponse:
    if not fault.truncate:
        return web.Response(body=body, headers=headers)
    response = web.StreamResponse(headers=headers)
    response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    return _broken(request, response)


def _broken(request: web.Request, response: web.StreamResponse | None = None) -> web.StreamResponse:
    """Hang up."""
    if request.transport is not None:
        request.transport.abort()
    return response or web.Response()
