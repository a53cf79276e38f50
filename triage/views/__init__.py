"""The pages of triage: the VHT, the proposal of the triagebesluit, and signing it."""
