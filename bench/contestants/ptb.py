"""python-telegram-bot as its own example customwebhookbot does it: a ConversationHandler in memory behind aiohttp.

python bench/contestants/ptb.py PORT API TOKEN
"""

from __future__ import annotations

import sys
from itertools import count
from typing import TYPE_CHECKING

import uvloop
from aiohttp import web
from six_questions import FILED, HELLO, KEYS, QUESTIONS
from telegram import Update
from telegram.ext import Application, ConversationHandler, MessageHandler, filters

if TYPE_CHECKING:
    from telegram.ext import CallbackContext

NUMBERS = count(1)


async def begin(update: Update, _context: CallbackContext) -> int:
    await update.message.reply_text(QUESTIONS[0])
    return 0


def taking(key: str, state: int):
    async def take(update: Update, context: CallbackContext) -> int:
        context.user_data[key] = update.message.text
        told = [context.user_data[each] for each in KEYS] if state + 1 == len(KEYS) else []
        await update.message.reply_text(QUESTIONS[state + 1].format(*told))
        return state + 1

    return take


async def file(update: Update, context: CallbackContext) -> int:
    context.user_data.clear()
    await update.message.reply_text(FILED.format(next(NUMBERS)))
    return ConversationHandler.END


async def main(port: int, api: str, token: str) -> None:
    application = Application.builder().token(token).base_url(f"{api}/bot").updater(None).build()
    states = {state: [MessageHandler(filters.TEXT, taking(key, state))] for state, key in enumerate(KEYS)}
    states[len(KEYS)] = [MessageHandler(filters.TEXT, file)]
    entry = MessageHandler(filters.Text([HELLO]), begin)
    application.add_handler(ConversationHandler(entry_points=[entry], states=states, fallbacks=[]))

    async def hook(request: web.Request) -> web.Response:
        await application.update_queue.put(Update.de_json(await request.json(), application.bot))
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", hook)
    async with application:
        await application.start()
        await web._run_app(app, host="127.0.0.1", port=port, access_log=None, print=None)  # noqa: SLF001


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
