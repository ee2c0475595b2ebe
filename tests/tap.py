# SPDX-License-Identifier: GPL-3.0-or-later
"""The Test Anything Protocol for the tests written in Python: one line a test; details go to the error output."""

import sys
import traceback


class Skip(Exception):
    """Raised by a test that cannot run here; its text is the reason."""


def run(*tests):
    """Runs TESTS, functions named test_what_holds, and exits with 1 if one of them failed.

    A test fails by raising anything but Skip; a plain assert with a message is the usual way.
    """
    failed = 0
    print('1..%d' % len(tests), flush=True)
    for number, test in enumerate(tests, 1):
        name = test.__name__.removeprefix('test_').replace('_', ' ')
        try:
            test()
        except Skip as reason:
            print('ok %d - %s # SKIP %s' % (number, name, reason))
        except Exception as error:
            failed += 1
            told = isinstance(error, AssertionError) and error.args
            print('%s: %s' % (name, error if told else traceback.format_exc()), file=sys.stderr)
            print('not ok %d - %s' % (number, name))
        else:
            print('ok %d - %s' % (number, name))
        sys.stdout.flush()
    sys.exit(1 if failed else 0)
