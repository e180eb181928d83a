"""The fake WeChat's files: uploaded, fetched by their id for three days, pictures also by an open address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.wechat_asked import Download
from tests.fakes.wechat_errors import Refusal

if TYPE_CHECKING:
    from tests.fakes.wechat_asked import Asked

LARGEST = {"image": 10 << 20, "voice": 2 << 20, "video": 10 << 20, "thumb": 64 << 10}
MAGIC = {
    "image": (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM"),
    "voice": (b"#!AMR", b"ID3", b"\xff\xfb", b"\xff\xf3"),
    "video": (),
    "thumb": (b"\xff\xd8\xff",),
}
WRONG = {"image": 40009, "voice": 40010, "video": 40011, "thumb": 40012}  # not of a kind that it takes


def get(asked: Asked) -> Download | dict[str, Any]:
    """GET /cgi-bin/media/get: bytes, or for a video where it lies."""
    _account(asked)
    file = asked.world.file(asked.query.get("media_id"))
    return {"video_url": f"{asked.base}/video/{file.id}"} if file.kind == "video" else Download(file)


def get_jssdk(asked: Asked) -> Download:
    """GET /cgi-bin/media/get/jssdk: a voice note in its finer coding."""
    _account(asked)
    return Download(asked.world.file(asked.query.get("media_id")))


def video(asked: Asked, media_id: str) -> Download:
    """GET /video/{id}: no token asked."""
    return Download(asked.world.file(media_id))


def picture(asked: Asked, media_id: str) -> Download:
    """GET /pic/{id}: what a PicUrl points to. No token asked; how long it lives is a setting."""
    world = asked.world
    file = world.media.get(media_id)
    if file is None or file.ends - 259_200.0 + world.settings.picture_life <= world.now():
        raise Refusal(40007)
    return Download(file)


def upload(asked: Asked) -> dict[str, Any]:
    """POST /cgi-bin/media/upload."""
    _account(asked)
    kind, given = asked.query.get("type", ""), asked.upload
    if kind not in LARGEST:
        raise Refusal(40004)
    if given is None:
        raise Refusal(41005)
    if len(given.data) > LARGEST[kind]:
        raise Refusal(45001)
    if MAGIC[kind] and not given.data.startswith(MAGIC[kind]):
        raise Refusal(WRONG[kind])
    kept = asked.world.keep(kind, given.data, given.filename, given.content_type)
    name = "thumb_media_id" if kind == "thumb" else "media_id"
    return {"type": kind, name: kept.id, "created_at": int(asked.world.now())}


def _account(asked: Asked) -> None:
    if not asked.account().verified:
        raise Refusal(48001)
