"""What citizens say and are asked: from a message to the answer, drafts, persons in a chat, joining, following."""
