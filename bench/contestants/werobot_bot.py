"""WeRoBot with its SQLite sessions, served by the first server that its own choice ("auto") finds, which is waitress.

python bench/contestants/werobot_bot.py PORT TOKEN FILE
"""

from __future__ import annotations

import sys
from itertools import count

from six_questions import FILED, HELLO, KEYS, QUESTIONS
from werobot import WeRoBot
from werobot.session.sqlitestorage import SQLiteStorage

NUMBERS = count(1)


def answer(message, session) -> str:
    asked = session.get("asked")
    if asked is None and message.content == HELLO:
        session["asked"] = 0
        return QUESTIONS[0]
    if asked is None:
        return ""
    if asked == len(KEYS):
        session.clear()
        return FILED.format(next(NUMBERS))
    session[KEYS[asked]] = message.content
    session["asked"] = asked + 1
    told = [session[each] for each in KEYS] if asked + 1 == len(KEYS) else []
    return QUESTIONS[asked + 1].format(*told)


def main(port: int, token: str, file: str) -> None:
    robot = WeRoBot(token=token, enable_session=True, session_storage=SQLiteStorage(file))
    robot.text(answer)
    robot.run(server="auto", host="127.0.0.1", port=port, enable_pretty_logging=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
