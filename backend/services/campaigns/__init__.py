"""Survey campaigns: planned by managers, sent by a job, answered in the chat, read as results."""
