"""Telegram: updates in, messages out, through python-telegram-bot's types and client.

Of the library we use ``Update`` and ``Bot`` over our own transport, nothing
that keeps a state or decides when to send: what came is in our journal, what
goes out in our outbox. The parts stand in bots/telegram_api/.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from typing import TYPE_CHECKING, Any

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bots import Refused, Taken, Way
from bots.telegram_api import setting_up, updates
from bots.telegram_api.courtesies import Courtesies
from bots.telegram_api.failures import about_the_bot
from bots.telegram_api.files import Files
from bots.telegram_api.pace import A_SECOND, Pace
from bots.telegram_api.polling import Poller
from bots.telegram_api.request import READ_SECONDS, AiohttpRequest
from bots.telegram_api.sending import WAY, Sender, shown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from bots import Call, Fetched, Shown
    from dialogs.messages import Media, News, Outbound, Receipt, Say

log = structlog.get_logger()

SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of a header
API = "https://api.telegram.org"


class Telegram:
    """One bot of one institution."""

    ways = (Way(WAY),)
    patient = False  # an answer to a call cannot be recorded: see ``passive``
    window = None  # whoever has spoken to a bot can be written to, until they block it

    def __init__(
        self,
        name: str,
        *,
        token: str,
        clock: Callable[[], datetime],
        secret_token: str = "",
        mode: str = "webhook",
        api_base: str = API,
        hook_url: str = "",
        groups: str = "refuse",
        news: Callable[[News], Awaitable[None]] | None = None,
        proxy: str | None = None,
        read_seconds: float = READ_SECONDS,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """What a bot needs to know.

        ``mode`` is webhook (``hook_url`` is where we are, ``secret_token`` what
        Telegram shows there) or polling; ``groups`` refuse, or bind: a group is
        then a person like any other. ``news`` hears what Telegram tells while
        we send: that a group has another number. ``clock`` is aware, UTC.
        """
        self.name, self.mode, self.hook_url = name, mode, hook_url
        self._secret, self._clock, self._pause = secret_token, clock, pause
        logging.getLogger("telegram").setLevel(logging.INFO)  # at DEBUG the library logs addresses with the token
        self._base = f"{api_base.rstrip('/')}/bot{token}"
        self._request = AiohttpRequest(read_timeout=read_seconds, proxy=proxy)
        self._bot = Bot(
            token,
            base_url=f"{api_base.rstrip('/')}/bot",
            base_file_url=f"{api_base.rstrip('/')}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )
        self._number, self._username, self._groups = token.partition(":")[0], "", groups == "bind"
        self._courtesies = Courtesies(bot=self._number, refuses=not self._groups)
        self._sender = Sender(self._say, name, news or _unheard, clock)
        self._files = Files(self._bot, self._request, f"{api_base.rstrip('/')}/file/bot{token}", pause=pause)
        self._pace = Pace(A_SECOND, pause=pause)
        self._errands: set[asyncio.Task[None]] = set()

    def read(self, call: Call) -> Taken:
        """Verify and parse a call of Telegram. Raises: Refused."""
        shown = call.headers.get(SECRET, "").encode("utf-8", "replace")
        if not self._secret or not hmac.compare_digest(shown, self._secret.encode()):
            raise Refused(403, "the secret token is missing or wrong")
        return self._reader().take(updates.parsed(call.body))

    def passive(self, call: Call, says: Sequence[Say]) -> None:
        """Nothing: what became of a message that is said in the answer to a call, nobody ever hears."""

    def acknowledged(self, call: Call) -> bytes:
        """Empty, or JSON: a courtesy that Telegram carries out for us. To be called once, after ``read`` took the call."""
        if b'"callback_query"' not in call.body and b"group" not in call.body:
            return b""
        owed = self._courtesies.owed(updates.parsed(call.body), username=self._username, at=call.at)
        return json.dumps(owed, ensure_ascii=False).encode("utf-8", "replace") if owed else b""

    def preview(self, message: Outbound) -> Shown:
        """Its messages, with the buttons below the last."""
        return shown(message)

    async def send(self, message: Outbound) -> Receipt:
        """Deliver one bubble; what answers nobody goes at a pace that leaves room for answers.

        Raises: NotSent, Uncertain, NotThisWay, Unreachable, ChannelDown.
        """
        if message.kind not in {"", "reply"}:
            await self._pace.turn()
        return await self._sender.send(message)

    async def fetch(self, media: Media, *, most: int) -> Fetched:
        """A file of a message, at most *most* bytes. Raises: NotSent, Gone, TooLarge, ChannelDown."""
        return await self._files.fetch(media, most=most)

    async def set_up(self) -> None:
        """Tell Telegram where we are and which commands there are; nothing where it knows. Raises: NotSent, ChannelDown."""
        await self.username()
        await setting_up.listen(self._bot, url=self.hook_url, secret=self._secret, mode=self.mode)
        await setting_up.offer_commands(self._bot)

    async def username(self) -> str:
        """What stands in links to the bot, https://t.me/USERNAME. Raises: NotSent, ChannelDown."""
        if not self._username:
            try:
                self._username = (await self._bot.get_me()).username or ""
            except TelegramError as error:
                raise about_the_bot(error) from None
        return self._username

    async def warnings(self) -> dict[str, str]:
        """What an operator should look at, for ``jiesu doctor``. Raises: NotSent, ChannelDown."""
        return await setting_up.warnings(self._bot, url=self.hook_url, mode=self.mode)

    async def poll(self, handle: Callable[[Taken], Awaitable[None]]) -> None:
        """Ask for updates, for ever, where Telegram cannot call us. Raises: ChannelDown.

        *handle* returns when what came is stored; if it raises it gets the same again.
        """

        async def take(raw: dict[str, Any]) -> None:
            taken = self._reader().take(raw)
            self._do(self._courtesies.owed(raw, username=self._username, at=self._clock()))
            await handle(taken)

        await Poller(self._request, self._base, pause=self._pause).run(take)

    async def close(self) -> None:
        """Let go of connections, after the courtesies that are on their way."""
        await asyncio.gather(*self._errands)
        await self._request.shutdown()

    def _reader(self) -> updates.Reader:
        return updates.Reader(self.name, self._number, self._username, self._groups)

    def _do(self, owed: dict[str, Any] | None) -> None:
        """Carry out a courtesy, beside everything else."""
        if owed is not None:
            errand = asyncio.create_task(self._call(owed))
            self._errands.add(errand)
            errand.add_done_callback(self._errands.discard)

    async def _say(self, values: dict[str, Any]) -> Any:
        """Without the library's types of all that a message may hold: of the answer we want one number."""
        return await self._request.call(f"{self._base}/sendMessage", values)

    async def _call(self, owed: dict[str, Any]) -> None:
        values = {key: value for key, value in owed.items() if key != "method"}
        try:
            await self._request.call(f"{self._base}/{owed['method']}", values)
        except TelegramError as error:  # too late for that button: nobody misses it
            log.debug("telegram courtesy not done", method=owed["method"], error=type(error).__name__)


async def _unheard(news: News) -> None:
    """Nobody wants to know."""
