#!/usr/bin/env python3
"""The way in: `python3 start.py` starts the demo, `python3 start.py test` runs every check.

Only the standard library, and nothing newer than Python 3.6 in this file, so that an old Python gets a sentence too.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    versie = ".".join(str(deel) for deel in sys.version_info[:2])
    sys.exit("Python 3.11 of nieuwer is nodig, dit is Python " + versie + ": typ bijvoorbeeld python3.11 start.py.")

from vt_cvs.opstart.hoofd import hoofd

if __name__ == "__main__":
    sys.exit(hoofd(sys.argv[1:]))
