"""Whose words these are: consent taken back, and everything forgotten on the citizen's word."""
