"""Screens of the services: fetch, ask, act, answer."""
