"""The desk's own business: its users, lists, alerts, duty, institutions, learning, topics."""
