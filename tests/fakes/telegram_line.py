"""How the updates of one bot leave: by its webhook or by polls, never both; and the methods that say which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.fakes.telegram_errors import Failure, Json, bad, too_many
from tests.fakes.telegram_queue import NOT_BY_DEFAULT
from tests.fakes.telegram_world import Webhook

if TYPE_CHECKING:
    from tests.fakes.telegram_polling import Polling
    from tests.fakes.telegram_pusher import Pusher
    from tests.fakes.telegram_requests import Query
    from tests.fakes.telegram_world import Bot

PORTS = (443, 80, 88, 8443)
KINDS = NOT_BY_DEFAULT | {
    *("message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "inline_query"),
    *("chosen_inline_result", "poll", "poll_answer", "my_chat_member", "chat_join_request", "chat_boost"),
    *("removed_chat_boost", "business_connection", "business_message", "edited_business_message"),
    *("deleted_business_messages", "shipping_query", "pre_checkout_query", "purchased_paid_media"),
}


@dataclass(frozen=True)
class Done:
    """A result with a word about it."""

    result: Any
    description: str


@dataclass
class Line:
    """The way out of one bot. ``local``: as the platform's server with --local: http, any port."""

    bot: Bot
    pusher: Pusher
    polling: Polling
    local: bool = True

    def __post_init__(self) -> None:
        self.bot.queue.changed = self.wake

    def wake(self) -> None:
        self.pusher.wake()
        self.polling.wake()

    async def set_webhook(self, query: Query) -> Done:
        """Raises: Failure."""
        self.hurry()
        url = query.text("url").strip()
        if not url:
            return await self.remove(drop=query.yes("drop_pending_updates"))
        self.check(url, query.text("secret_token"))
        hook = Webhook(url, query.text("secret_token"), connections(query), "certificate" in query.files)
        kinds = allowed(query, self.bot.queue.allowed)
        drop = query.yes("drop_pending_updates")
        if self.same(hook) and kinds == self.bot.queue.allowed and not drop:
            return Done(result=True, description="Webhook is already set")
        self.polling.end()
        await self.pusher.stop()
        if drop:
            self.bot.queue.clear()
        self.bot.webhook, self.bot.queue.allowed = hook, kinds
        self.pusher.start()
        return Done(result=True, description="Webhook was set")

    def hurry(self) -> None:
        """Raises: Failure: it was changed less than a second ago."""
        now = self.bot.now()
        if now < self.bot.next_webhook_at:
            raise too_many(1)
        self.bot.next_webhook_at = now + 1

    def same(self, hook: Webhook) -> bool:
        now = self.bot.webhook
        return now is not None and (now.url, now.secret, now.connections, now.certificate) == (
            *(hook.url, hook.secret, hook.connections),
            hook.certificate,
        )

    def check(self, url: str, secret: str) -> None:
        """Raises: Failure: the platform calls no such place, or takes no such secret."""
        if len(secret) > 256:
            raise bad("secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret, re.ASCII):
            raise bad("secret token contains unallowed characters")
        parts = urlsplit(url if "://" in url else f"https://{url}")
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise bad("bad webhook: invalid webhook URL specified")
        if not self.local and parts.scheme != "https":
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if not self.local and (parts.port or 443) not in PORTS:
            raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")

    async def delete_webhook(self, query: Query) -> Done:
        self.hurry()
        return await self.remove(drop=query.yes("drop_pending_updates"))

    async def remove(self, *, drop: bool) -> Done:
        was, self.bot.webhook = self.bot.webhook, None
        await self.pusher.stop()
        self.bot.queue.restart()
        if drop:
            self.bot.queue.clear()
        return Done(result=True, description="Webhook was deleted" if was else "Webhook is already deleted")

    def info(self) -> Json:
        hook, queue = self.bot.webhook, self.bot.queue
        told: Json = {"url": hook.url if hook else "", "has_custom_certificate": bool(hook and hook.certificate)}
        told["pending_update_count"] = len(queue.pending)
        if hook:
            told |= {"max_connections": hook.connections, "ip_address": "127.0.0.1"}
        if hook and hook.last_error:
            told |= {"last_error_date": int(hook.last_error_at), "last_error_message": hook.last_error}
        return told | ({"allowed_updates": queue.allowed} if queue.allowed else {})

    async def method(self, query: Query) -> Any:
        """One of METHODS. Raises: Failure."""
        match query.method.lower():
            case "setwebhook":
                return await self.set_webhook(query)
            case "deletewebhook":
                return await self.delete_webhook(query)
            case "getwebhookinfo":
                return self.info()
            case "getupdates":
                return await self.polling.poll(query)
        raise Failure(404, "Not Found: method not found")


METHODS = frozenset({"setwebhook", "deletewebhook", "getwebhookinfo", "getupdates"})


def connections(query: Query) -> int:
    return min(100, max(1, query.number("max_connections", 40)))


def allowed(query: Query, now: list[str]) -> list[str]:
    """The kinds that are wanted: as said; unknown ones are skipped; not said: as before; none: the default ones."""
    said = query.data("allowed_updates", "allowed updates") if "allowed_updates" in query.args else now
    return [kind for kind in said or [] if kind in KINDS]
