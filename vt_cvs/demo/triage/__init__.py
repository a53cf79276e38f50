"""The assessment of safety and the triagebesluit, in every state they know."""

from vt_cvs.demo.triage.situaties import SITUATIES

__all__ = ["SITUATIES"]
