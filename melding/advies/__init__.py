"""Advice: nothing of it ever reaches a report.

So this package and `melding.meldingen` never import each other, not even through a third (WVT-3, an import contract).
"""
