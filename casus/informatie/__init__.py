"""Asking others for information and giving it: with ground and purpose, and in sight until there is an answer."""
