"""Screens of the spine: fetch, ask, act, answer."""
