"""The public report form: what someone fills in is theirs until they send it, and never shows anything of a file."""
