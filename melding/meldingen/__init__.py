"""Reports: taking one up, what counts of it, its melder, and what would give an anonymous melder away."""
