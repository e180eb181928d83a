"""What is said where a complaint and a report are told at once, in English."""

TWOFOLD = {
    "kinds.both": "You both complain (to settle it with the other side) and report a breach of law. The two go different ways and have different time limits.",
    "kinds.complaint": "Only the complaint",
    "kinds.report": "Only the report",
    "kinds.first.complaint": "All right, one by one. First the complaint.",
    "kinds.first.report": "All right, one by one. First the report.",
    "kinds.next.complaint": "Now the complaint; nothing need be told twice.",
    "kinds.next.report": "Now the report; nothing need be told twice.",
    "kinds.kept.complaint": "I keep your complaint. Send “continue” and we go on with it.",
    "kinds.kept.report": "I keep your report. Send “continue” and we go on with it.",
}
