"""People with the fake WeChat in their hands: what they do opens windows and is pushed to the account's server.

Each action returns once the push is answered or given up; ``asyncio.create_task`` it to do something meanwhile.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tests.fakes.wechat_rest import DOT
from tests.fakes.wechat_windows import MESSAGE, TOUCH, opened
from tests.fakes.wechat_world import Account, Bubble, User, World, bubble

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fakes.wechat_pusher import Push, Pusher

PICTURE = DOT
VOICE = b"#!AMR\n" + bytes(32)
FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(32)
PictureKind = Literal["pic_sysphoto", "pic_photo_or_album", "pic_weixin"]


class NoFollower(Exception):
    """Who does not follow an account has no conversation with it."""


@dataclass
class Person:
    """Somebody and the account they talk to. ``base``: the fake's own address, for PicUrl."""

    world: World
    pusher: Pusher
    account: Account
    user: User
    base: str

    @property
    def view(self) -> list[Bubble]:
        return self.user.view

    @property
    def read(self) -> list[str]:
        """The texts that the account sent them."""
        return [shown.text for shown in self.view if shown.who == "account"]

    # -- messages ----------------------------------------------------------------------------------------------------

    async def say(self, text: str, *, menu_id: str = "") -> Push:
        """Write; ``menu_id`` makes it a tap on an item of a msgmenu."""
        extra: dict[str, Any] = {"bizmsgmenuid": menu_id} if menu_id else {}
        opening = TOUCH if menu_id else MESSAGE
        return await self._send("text", bubble("me", "text", text), opening=opening, Content=text, **extra)

    async def menu_tap(self, item: str | int) -> Push:
        """Tap an item of the newest msgmenu that has it: by id, by text, or by its number from 0."""
        for shown in reversed(self.view):
            for number, choice in enumerate(shown.items):
                if item in (choice["id"], choice["content"], number):
                    return await self.say(choice["content"], menu_id=choice["id"])
        raise LookupError(f"no msgmenu with {item!r}")

    async def image(self, data: bytes = PICTURE, filename: str = "", content_type: str = "image/jpeg") -> Push:
        file = self.world.keep("image", data, filename or "photo.jpg", content_type)
        shown = bubble("me", "image", url=f"/media/{file.id}")
        return await self._send("image", shown, PicUrl=f"{self.base}/pic/{file.id}", MediaId=file.id)

    async def voice(self, data: bytes = VOICE, *, coding: str = "amr", recognition: str = "") -> Push:
        """Recognition comes empty since the platform gave it up."""
        file = self.world.keep("voice", data, "voice.amr", "audio/amr")
        shown = bubble("me", "voice", recognition, url=f"/media/{file.id}")
        return await self._send("voice", shown, MediaId=file.id, Format=coding, Recognition=recognition)

    async def video(self, data: bytes = FILM, *, short: bool = False, content_type: str = "video/mp4") -> Push:
        file = self.world.keep("video", data, "video.mp4", content_type)
        thumb = self.world.keep("thumb", PICTURE, "thumb.jpg", "image/jpeg")
        shown = bubble("me", "video", url=f"/media/{file.id}")
        return await self._send("shortvideo" if short else "video", shown, MediaId=file.id, ThumbMediaId=thumb.id)

    async def location(self, lat: float, lon: float, label: str = "", *, scale: int = 16) -> Push:
        """Send a place. Degrees as WeChat has them: GCJ-02."""
        shown = bubble("me", "location", label, fields={"lat": str(lat), "lon": str(lon)})
        return await self._send("location", shown, Location_X=lat, Location_Y=lon, Scale=scale, Label=label)

    async def link(self, title: str, description: str, url: str) -> Push:
        shown = bubble("me", "link", title, link=url)
        return await self._send("link", shown, Title=title, Description=description, Url=url)

    async def file(self, title: str, data: bytes) -> Push:
        """Send a file; nobody could verify this push, its fields are from hearsay."""
        md5 = hashlib.md5(data).hexdigest()  # noqa: S324
        fields: dict[str, Any] = {"Title": title, "Description": "", "FileKey": self.world.fresh("file")[:40]}
        return await self._send("file", bubble("me", "file", title), **fields, FileMd5=md5, FileTotalLen=len(data))

    async def mini_program(self, title: str, path: str) -> Push:
        thumb = self.world.keep("thumb", PICTURE, "thumb.jpg", "image/jpeg")
        where: dict[str, Any] = {"AppId": "wxabcdef1234567890", "Title": title, "PagePath": path}
        shown = bubble("me", "miniprogrampage", title)
        return await self._send("miniprogrampage", shown, **where, ThumbUrl="", ThumbMediaId=thumb.id)

    async def unheard_of(self, kind: str = "poem", **fields: Any) -> Push:
        """Send a message of a kind that nobody documented yet."""
        return await self._send(kind, bubble("me", kind), **fields)

    async def happens(self, name: str = "poem_event", **fields: Any) -> Push:
        """An event that nobody documented yet, or one that is not the person's doing, such as MASSSENDJOBFINISH."""
        return await self._tell(name, "", shown=False, **fields)

    # -- following ---------------------------------------------------------------------------------------------------

    async def follow(self, *, scene: str = "", ticket: str = "") -> Push:
        """Follow; ``scene`` or ``ticket``: by scanning a QR code with parameters."""
        scene, ticket = self._code(scene, ticket)
        self.user.subscribed, self.user.since = True, int(self.world.now())
        self.user.scene = scene or self.user.scene
        opened(self.world, self.user, TOUCH)
        fields: dict[str, Any] = {"EventKey": f"qrscene_{scene}", "Ticket": ticket} if scene else {"EventKey": ""}
        return await self._tell("subscribe", "关注了公众号", **fields)

    async def scan(self, *, scene: str = "", ticket: str = "") -> Push:
        """Scan a QR code with parameters: who does not follow yet follows by it."""
        if not self.user.subscribed:
            return await self.follow(scene=scene, ticket=ticket)
        scene, ticket = self._code(scene, ticket)
        opened(self.world, self.user, TOUCH)
        return await self._tell("SCAN", "扫描了二维码", EventKey=scene, Ticket=ticket)

    async def unfollow(self) -> Push:
        self.user.subscribed = False
        self.user.windows.clear()
        return await self._tell("unsubscribe", "取消了关注", shown=False, EventKey="")

    def block(self, *, blocked: bool = True) -> None:
        """Turn off the account's messages; nobody is told."""
        self.user.blocked_receive = blocked

    # -- the menu ----------------------------------------------------------------------------------------------------

    async def click(self, key: str) -> Push:
        self._touch()
        return await self._tell("CLICK", f"菜单：{self._button(key)}", EventKey=key)

    async def open_page(self, url: str) -> Push:
        """Tap a menu item that opens a page; it opens no window."""
        self._follower()
        return await self._tell("VIEW", f"打开 {url}", shown=False, EventKey=url, MenuId=str(self.world.number())[-9:])

    async def scan_by_menu(self, key: str, result: str, *, waits: bool = True) -> Push:
        self._touch()
        info = {"ScanType": "qrcode", "ScanResult": result}
        name = "scancode_waitmsg" if waits else "scancode_push"
        return await self._tell(name, "扫码", EventKey=key, ScanCodeInfo=info)

    async def pictures_by_menu(self, key: str, pictures: Sequence[bytes], kind: PictureKind = "pic_sysphoto") -> Push:
        """Take or choose pictures from the menu: an event, then a message for each."""
        self._follower()
        sums = [{"PicMd5Sum": hashlib.md5(one).hexdigest()} for one in pictures]  # noqa: S324
        info = {"Count": len(pictures), "PicList": {"item": sums}}
        push = await self._tell(kind, "发送图片", shown=False, EventKey=key, SendPicsInfo=info)
        for one in pictures:
            push = await self.image(one)
        return push

    async def location_by_menu(self, key: str, lat: float, lon: float, label: str = "") -> Push:
        """Choose a place from the menu: an event and a message."""
        self._follower()
        info = {"Location_X": str(lat), "Location_Y": str(lon), "Scale": "16", "Label": label, "Poiname": ""}
        await self._tell("location_select", "发送位置", shown=False, EventKey=key, SendLocationInfo=info)
        return await self.location(lat, lon, label)

    async def report_location(self, lat: float, lon: float, precision: float = 40.0) -> Push:
        """Let the phone tell where it is, as it does on entering; opens no window."""
        fields = {"Latitude": lat, "Longitude": lon, "Precision": precision}
        return await self._tell("LOCATION", "", shown=False, **fields)

    # -- consents and human staff ------------------------------------------------------------------------------------

    async def accept(self, *templates: str, scene: int = 1) -> Push:
        """Allow one notice of each template in the pop-up of a page (1) or an article (2)."""
        for wanted in templates:
            self.user.grants[wanted] += 1
            self.user.refused.discard(wanted)
        return await self._answered(dict.fromkeys(templates, "accept"), scene)

    async def reject(self, *templates: str, scene: int = 1) -> Push:
        """Decline in the pop-up."""
        return await self._answered(dict.fromkeys(templates, "reject"), scene)

    async def _answered(self, said: dict[str, str], scene: int) -> Push:
        rows = [
            {"TemplateId": wanted, "SubscribeStatusString": word, "PopupScene": scene} for wanted, word in said.items()
        ]
        fields = {"SubscribeMsgPopupEvent": {"List": rows}}
        return await self._tell("subscribe_msg_popup_event", "", shown=False, **fields)

    async def turn_off(self, *templates: str) -> Push:
        """Refuse notices in the settings: what was allowed is gone."""
        for wanted in templates:
            self.user.grants[wanted] = 0
            self.user.refused.add(wanted)
        rows = [{"TemplateId": wanted, "SubscribeStatusString": "reject"} for wanted in templates]
        fields = {self.world.settings.change_event_wrapper: {"List": rows}}
        return await self._tell("subscribe_msg_change_event", "", shown=False, **fields)

    async def staff_takes_over(self, kf_account: str = "") -> Push:
        """A human answers from the console: messages go there, not to the server, until it closes or 30 min pass."""
        self.user.kf_account = kf_account or self.user.kf_account or "kf001@jiesu"
        self.user.kf_until = self.world.now() + self.world.settings.handover_lasts
        return await self._tell("kf_create_session", "", shown=False, KfAccount=self.user.kf_account)

    async def staff_passes_on(self, kf_account: str) -> Push:
        before, self.user.kf_account = self.user.kf_account, kf_account
        return await self._tell("kf_switch_session", "", shown=False, FromKfAccount=before, ToKfAccount=kf_account)

    async def staff_closes(self) -> Push:
        before, self.user.kf_account, self.user.kf_until = self.user.kf_account, "", 0.0
        return await self._tell("kf_close_session", "", shown=False, KfAccount=before)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _follower(self) -> None:
        if not self.user.subscribed:
            raise NoFollower(self.user.openid)

    def _touch(self) -> None:
        self._follower()
        opened(self.world, self.user, TOUCH)

    def _code(self, scene: str, ticket: str) -> tuple[str, str]:
        """Scene and ticket of a QR code, by either; a scene that nobody made stands for a forged print."""
        if not ticket:
            codes = (qr for qr in self.world.qr.values() if (qr.appid, qr.scene) == (self.account.appid, scene))
            found = next(codes, None)
            return scene, found.ticket if found else "gQforged==" if scene else ""
        qr = self.world.qr[ticket]
        if qr.ends is not None and qr.ends <= self.world.now():
            raise LookupError("this QR code has expired")
        return qr.scene, qr.ticket

    def _button(self, key: str) -> str:
        buttons = (self.account.menu or {}).get("button", [])
        every = [one for top in buttons for one in (top, *(top.get("sub_button") or ()))]
        return next((str(one["name"]) for one in every if one.get("key") == key), key)

    async def _send(self, kind: str, shown: Bubble, *, opening: tuple[int, float] = MESSAGE, **fields: Any) -> Push:
        self._follower()
        opened(self.world, self.user, opening)
        message = self.pusher.message(self.account, self.user, kind, **fields)
        shown.id = str(message["MsgId"])
        self.world.show(self.user, shown)
        if self.user.kf_until > self.world.now():
            return self.pusher.withheld(self.user, message)
        return await self.pusher.push(self.account, self.user, message)

    async def _tell(self, name: str, text: str, *, shown: bool = True, **fields: Any) -> Push:
        if text:
            self.world.show(self.user, bubble("me", "event", text))
        event = self.pusher.event(self.account, self.user, name, **fields)
        return await self.pusher.push(self.account, self.user, event, shown=shown)
