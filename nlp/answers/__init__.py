"""What an answer to a citizen still lacks before it is sent: found by rules that can be read, never decided here."""
