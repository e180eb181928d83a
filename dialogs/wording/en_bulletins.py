"""The same in English: what is said of the monthly bulletin, and the bulletin itself."""

BULLETINS = {
    "bulletin.ask": "Which monthly bulletin would you like? It comes once at the beginning of each month. "
    "It tells the sums of the month before: how many matters came, what about, how soon they were answered, how many on time and solved. "
    "Send “stop the bulletin” at any time to end it.",
    "bulletin.on": "Done: the monthly bulletin of “{name}”. It comes once at the beginning of each month, by day. "
    "It tells the sums of the month before: how many matters came, what about, how soon they were answered, "
    "how many on time and solved. It says nothing about any single case. Send “stop the bulletin” to end it.",
    "bulletin.twice": "You get the monthly bulletin of “{name}” already, once at the beginning of each month. "
    "Send “stop the bulletin” to end it.",
    "bulletin.many": "You get as many bulletins as we send. To change one, send “stop the bulletin” first, then choose again.",
    "bulletin.off": "All right, no more bulletins. You will still hear about what you reported. "
    "To get it again, send “monthly bulletin”.",
    "bulletin.none": "You get no bulletin. If you would like one, send “monthly bulletin”.",
    "bulletin.title": "[Monthly bulletin] {name}, {year}-{month}",
    "bulletin.empty": "Nothing was reported in this month.",
    "bulletin.few": "Fewer than {few} people reported something; to protect them, no more is told.",
    "bulletin.received": "Matters received: {n}.",
    "bulletin.kinds": "Most were about: {kinds}.",
    "bulletin.kind": "{name} ({n})",
    "bulletin.days": "Answered within, for half of them: {n} days.",
    "bulletin.waits": "More than half are not answered yet.",
    "bulletin.on_time": "On time: {share} %.",
    "bulletin.solved": "Solved, say those who were asked: {share} %.",
    "bulletin.stop": "Send “stop the bulletin” to end this.",
}
