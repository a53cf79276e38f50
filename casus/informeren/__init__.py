"""Whom a case is about hears of the report, the file and the decision, and says what they think of it."""
