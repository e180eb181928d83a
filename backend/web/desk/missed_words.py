"""Words about notices that did not arrive, and what is done about them."""

from __future__ import annotations

from typing import Final

MISSED: Final[dict[str, tuple[str, str]]] = {
    "alert.undelivered": (
        "通知没有送达，请用其他方式告诉市民",
        "A notice did not arrive; tell the citizen in another way",
    ),
    "missed.todo": (
        "请打电话、寄信或当面告诉市民，再在这里写明结果。市民再发消息时，没收到的也会自动补发。",
        "Phone, write to or see the citizen, then note here how it went. If they write again, what they missed is sent by itself.",
    ),
    "missed.unsure": (
        "平台没有回音，可能已经送到。可以再发一次，或打电话问市民。",
        "The platform gave no answer; it may have arrived. Send it again, or ask the citizen by phone.",
    ),
    "missed.how": ("怎么告诉的", "How they were told"),
    "missed.phone": ("打了电话", "By phone"),
    "missed.letter": ("寄了信", "By letter"),
    "missed.visit": ("当面说了", "In person"),
    "missed.needless": ("不用再告诉", "They need not be told"),
    "missed.note": ("结果", "How it went"),
    "missed.done": ("办好了", "Done"),
    "missed.elsewhere": ("已经从市民的另一个渠道告诉了", "Told on another channel of the same person"),
    "done.missed": ("已记下，这条通知办好了。", "Noted; this notice is done."),
    "done.missed.not": ("这条通知已经办好，或已送达。", "This notice is done already, or has arrived."),
    "wrong.missed": (
        "请选一种方式，并用不超过 300 字写明结果。",
        "Choose a way, and say in at most 300 characters how it went.",
    ),
    "was.notice.undelivered": (
        "通知没有送达，要用其他方式告诉市民",
        "A notice did not arrive; the citizen is to be told in another way",
    ),
    "was.notice.instead": ("通知改从市民的另一个渠道发出", "A notice went out on another channel of the same person"),
    "was.notice.settled": (
        "没送达的通知已用其他方式告诉市民",
        "The citizen was told in another way what did not arrive",
    ),
}
