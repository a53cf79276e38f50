"""Keeping the VT Register in step with the cases, and the cases with the register."""
