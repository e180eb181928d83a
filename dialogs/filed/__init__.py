"""After filing: progress, wishes, replies to the desk, the visit-back."""
