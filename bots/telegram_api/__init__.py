"""The parts of the Telegram channel: reading updates, writing messages, files, polling, setting up. See bots/telegram.py."""
