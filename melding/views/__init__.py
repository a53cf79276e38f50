"""Screens of intake: signals, reports and advice."""
