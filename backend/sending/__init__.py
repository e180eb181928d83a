"""Sending what is owed: one way after the other, and what became of it is kept. Nobody is chosen here.

What follows from a failed try is domain/delivery.py's.
"""
