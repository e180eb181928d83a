"""Danger and distress before everything else."""
