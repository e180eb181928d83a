"""What goes wrong with a platform while the page says so: its access is taken away, it is down, flooded or slow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.telegram_faults import Fault as TelegramFault
    from tests.fakes.wechat import FakeWechat
    from tests.fakes.wechat_faults import Fault as WechatFault

WECHAT: dict[str, dict[str, Any]] = {
    "revoked": {"endpoint": "stable_token", "errcode": 40125},
    "down": {"endpoint": "*", "drop": True},
    "flood": {"endpoint": "message/custom/send", "errcode": 45011},
    "slow": {"endpoint": "*", "delay_s": 4.0},
}
TELEGRAM: dict[str, dict[str, Any]] = {
    "flood": {"method": "sendMessage", "retry_after": 5},
    "slow": {"method": "sendMessage", "delay_s": 4.0},
}
KINDS = tuple(WECHAT)


@dataclass
class Troubles:
    """Those that are on. A platform that is down takes and gives nothing to us; what people write still arrives."""

    wechat: FakeWechat
    telegram: FakeTelegram
    on: dict[tuple[str, str], Any] = field(default_factory=dict)

    async def turn(self, platform: str, kind: str, *, on: bool) -> None:
        """Begin or end one. Raises: KeyError: there is no such trouble."""
        known = kind in KINDS and platform in {"wechat", "telegram"}
        if not known:
            raise KeyError(kind)
        if on == ((platform, kind) in self.on):
            return
        if platform == "wechat":
            self._wechat(kind, on=on)
        else:
            await self._telegram(kind, on=on)

    def _wechat(self, kind: str, *, on: bool) -> None:
        if not on:
            fault: WechatFault = self.on.pop(("wechat", kind))
            self.wechat.world.faults.remove(fault)
            return
        self.on["wechat", kind] = self.wechat.fault(times=None, **WECHAT[kind])
        if kind == "revoked":
            self.wechat.invalidate_tokens()

    async def _telegram(self, kind: str, *, on: bool) -> None:
        if kind == "revoked":
            self.telegram.bot.revoked = on
        elif kind == "down":
            await (self.telegram.refuse() if on else self.telegram.listen())
        elif not on:
            fault: TelegramFault = self.on["telegram", kind]
            self.telegram.faults.ordered.remove(fault)
        if on:
            ordered = TELEGRAM.get(kind)
            self.on["telegram", kind] = self.telegram.faults.order(times=-1, **ordered) if ordered else kind
        else:
            del self.on["telegram", kind]
