"""What came in and waits for a decision: neither a report nor advice yet."""
