"""Files that citizens sent: fetched while the platform still has them, three days at most.

The platform says "no such file" in a good answer, and of a video only where it
lies; so what comes is looked into before it is believed to be a file.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bots import ChannelDown, Fetched, Gone, NotSent, TooLarge
from bots.wechat_api.client import BROKEN, whole
from bots.wechat_api.failures import LOST, UNABLE, Refusal, failure
from bots.wechat_api.inbound import NOT_PASSED_ON

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import aiohttp

    from bots.wechat_api.client import Client
    from dialogs.messages import Media

PATH = "/cgi-bin/media/get"
PICTURES = (".qpic.cn", ".qlogo.cn")
"""Where WeChat keeps pictures that anybody may fetch. Nowhere else is looked: a forged push could name any address."""
NAMES = {"photo": "photo.jpg", "video": "video.mp4", "voice": "voice.amr"}
_FILENAME = re.compile(r'filename="?([\w.-]{1,100})"?', re.ASCII)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A file's answer, of which the first bytes were read."""

    response: aiohttp.ClientResponse
    first: bytes


async def fetch(client: Client, media: Media, *, most: int, allowed: bool) -> Fetched:
    """A file of at most *most* bytes; ``allowed``: this account may fetch by id. Raises: as the channel."""
    if media.ref == NOT_PASSED_ON:
        raise Gone("微信不把聊天里的文件交给公众号，请改发照片或截图", code="not passed on")
    key, picture = _ways(media.ref)
    try:
        if key and allowed:
            return await _by_id(client, media, key, most)
    except Gone:
        if not picture:
            raise
    if not picture or not _is_picture(client, picture):
        raise Gone("此公众号没有取文件的权限（未认证），请改发文字或照片", code=str(UNABLE))
    begun = await _told(client, picture, most)
    if isinstance(begun, str):
        raise Gone("微信已经没有这张照片了")
    return Fetched(_name(media, begun.response), _pieces(begun, most))


async def _by_id(client: Client, media: Media, key: str, most: int) -> Fetched:
    async def once(token: str) -> _Begun | str:
        return await _begin(client, client.api_base + PATH, {"access_token": token, "media_id": key}, most)

    try:
        begun = await client.with_token(PATH, once)
    except Refusal as refused:
        raise _lost(refused) from None
    if isinstance(begun, str):
        begun = await _told(client, begun, most)
    if isinstance(begun, str):
        raise Gone("微信没有给出视频")
    return Fetched(_name(media, begun.response), _pieces(begun, most))


async def _told(client: Client, url: str, most: int) -> _Begun | str:
    """A file at an address that WeChat told; it needs no token. Raises: as fetch."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise Gone("微信给的文件地址读不懂")
    try:
        return await _begin(client, url, {}, most)
    except Refusal as refused:
        raise _lost(refused) from None


async def _begin(client: Client, url: str, params: dict[str, str], most: int) -> _Begun | str:
    """The beginning of a file, or the address where a video lies. Raises: Refusal, Gone, TooLarge, NotSent."""
    response = await client.get(url, params)
    try:
        _check(response, most)
        first = await response.content.readany()
        if not first.lstrip().startswith(b"{"):
            return _Begun(response, first)
        said = first + await whole(response)
    except BROKEN as error:
        response.close()
        raise _broken(error) from None
    except BaseException:
        response.close()
        raise
    response.close()
    return _said(said)


def _check(response: aiohttp.ClientResponse, most: int) -> None:
    """Raises: NotSent, Gone, TooLarge."""
    status, code = response.status, f"http {response.status}"
    if status >= 500:
        raise NotSent(f"从微信取文件失败（HTTP {status}）", code=code)
    if status != 200:
        raise Gone(f"微信已经没有这个文件了（HTTP {status}）", code=code)
    if (response.content_length or 0) > most:
        raise TooLarge(_too_large(most))


def _broken(error: Exception) -> NotSent:
    return NotSent(f"从微信取文件时断了（{type(error).__name__}）")


def _said(body: bytes) -> str:
    """Where the video is. Raises: Refusal, Gone."""
    try:
        told = json.loads(body)
    except ValueError:
        told = {}
    if isinstance(told, dict) and isinstance(code := told.get("errcode", 0), int) and code:
        raise Refusal(code, str(told.get("errmsg", "")))
    url = told.get("video_url") if isinstance(told, dict) else None
    if not isinstance(url, str):
        raise Gone("微信给的不是文件")
    return url


async def _pieces(begun: _Begun, most: int) -> AsyncIterator[bytes]:
    """Raises: TooLarge, NotSent: it broke off."""
    size = 0
    try:
        piece = begun.first
        while piece:
            size += len(piece)
            if size > most:
                raise TooLarge(_too_large(most))
            yield piece
            piece = await begun.response.content.readany()
    except BROKEN as error:
        raise _broken(error) from None
    finally:
        begun.response.close()


def _lost(refused: Refusal) -> Exception:
    if refused.code in LOST:
        return Gone("微信已经没有这个文件了（只保存3天）", code=str(refused.code))
    if refused.code == UNABLE:
        return Gone("此公众号没有取文件的权限（未认证）", code=str(UNABLE))
    told = failure(refused)
    return told if isinstance(told, NotSent | ChannelDown) else Gone(str(told), code=told.code)


def _ways(ref: str) -> tuple[str, str]:
    """The id and the address that a reference holds; "" where it holds none."""
    words = ref.split(" ")
    keys = [word for word in words if "://" not in word]
    return "".join(keys[:1]), next((word for word in words if "://" in word), "")


def _is_picture(client: Client, url: str) -> bool:
    """Whether that address is WeChat's own."""
    host = urlsplit(url).hostname or ""
    return host.endswith(PICTURES) or urlsplit(url).netloc == urlsplit(client.api_base).netloc


def _name(media: Media, response: aiohttp.ClientResponse) -> str:
    found = _FILENAME.search(response.headers.get("Content-Disposition", ""))
    return media.filename or (found[1] if found else NAMES.get(media.kind, "file"))


def _too_large(most: int) -> str:
    return f"文件超过 {most // (1 << 20)} MB"
