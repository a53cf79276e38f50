#!/usr/bin/env python
"""Django's command line, for those who know it; `python3 start.py` is the way in for everyone else."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vt_cvs.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
