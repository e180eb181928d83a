"""What the bot says in English about who somebody is: their phone, without a name, in confidence, for others."""

IDENTITY = {
    "anonymous.kept": "All right, you stay anonymous: we cannot call you, and the result comes to this chat only.",
    "anonymous.refused": "A name and phone are needed here, and they are kept private. If you really would rather not, tap “Skip”.",
    "confidential": "Confidential",
    "confidential.kept": "All right, it is kept secret: neither those complained of nor the handlers see your name or phone.",
    "confidential.contact": "May we have a phone number? The handlers do not see it, only a few managers do.",
    "named.kept": "All right, with your name.",
    "summary.secret": "{name} (confidential)",
    "behalf.noted": "Noted: you write for someone else ({whom}). We will still contact you.",
    "agent.noted": "Noted: you act as {role}. We will contact you.",
    "agent.paper": "Noted: you act as {role}. Please send a photo of the {name}, later is fine: {why}.",
    "joint.noted": "Noted: you bring this together. The others may tell us here too.",
    "reject.contact.short": "This mobile number has only {n} digits; one seems to be missing. It needs 11. Please send it again.",
    "reject.contact.long": "This mobile number has {n} digits; that is too many. It needs 11. Please send it again.",
    "reject.contact.unknown": "This number cannot be called. Please check and send it again, a landline with its area code.",
    "reject.contact.hidden": "Some digits of the number are hidden. Please send it whole; only the handlers see it.",
    "contact.as_told": "All right, it is noted as you wrote it. The handler will check.",
}
