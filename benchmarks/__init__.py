"""Measurements: commands that print tables. Nothing here is timed in a test."""
