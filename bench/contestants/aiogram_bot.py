"""aiogram 3 with its states, in memory or in Redis, behind its own aiohttp webhook.

python bench/contestants/aiogram_bot.py PORT API TOKEN [REDIS_URL]
"""

from __future__ import annotations

import sys
from itertools import count

import uvloop
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.context import FSMContext  # noqa: TC002 - aiogram reads annotations
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.types import Message  # noqa: TC002
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web
from six_questions import FILED, HELLO, KEYS, QUESTIONS

NUMBERS = count(1)


class Asked(StatesGroup):
    """Which question is open."""

    consent = State()
    what = State()
    when = State()
    evidence = State()
    name = State()
    right = State()


STATES = (Asked.consent, Asked.what, Asked.when, Asked.evidence, Asked.name, Asked.right)


async def begin(message: Message, state: FSMContext) -> None:
    await state.set_state(STATES[0])
    await message.answer(QUESTIONS[0])


def taking(key: str, number: int):
    async def take(message: Message, state: FSMContext) -> None:
        data = await state.update_data({key: message.text})
        told = [data[each] for each in KEYS] if number + 1 == len(KEYS) else []
        await state.set_state(STATES[number + 1])
        await message.answer(QUESTIONS[number + 1].format(*told))

    return take


async def file(message: Message, state: FSMContext) -> None:
    await state.clear()
    await message.answer(FILED.format(next(NUMBERS)))


async def application(api: str, token: str, redis: str) -> web.Application:
    router = Router()
    for number, key in enumerate(KEYS):
        router.message.register(taking(key, number), STATES[number])
    router.message.register(file, STATES[-1])
    router.message.register(begin, F.text == HELLO)
    dispatcher = Dispatcher(storage=RedisStorage.from_url(redis) if redis else MemoryStorage())
    dispatcher.include_router(router)
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot).register(app, path="/hook")
    setup_application(app, dispatcher, bot=bot)
    return app


async def main(port: int, api: str, token: str, redis: str = "") -> None:
    app = await application(api, token, redis)
    await web._run_app(app, host="127.0.0.1", port=port, access_log=None, print=None)  # noqa: SLF001


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), *sys.argv[2:]))
