# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs tokendesk-cli for the tests, whose first argument it is."""

import json
import os
import subprocess
import sys
import tempfile
from decimal import Decimal

PROGRAM = os.path.abspath(sys.argv[1])
NAME = '我是刘志军'
FOLDER = tempfile.TemporaryDirectory(prefix='tokendesk-cli-')


def run(*arguments, text=b'', env=None, **options):
    """Runs the program; TEXT is its standard input. Returns exit status, standard output and error output."""
    if isinstance(text, str):
        text = text.encode()
    done = subprocess.run([PROGRAM, *arguments], input=text, capture_output=True, timeout=120,
                          env={**os.environ, 'XDG_DATA_HOME': FOLDER.name, **(env or {})}, **options)
    return done.returncode, done.stdout, done.stderr.decode()


def good(*arguments, **options):
    """Runs the program, which has to succeed in silence, and returns what it prints."""
    status, out, err = run(*arguments, **options)
    assert (status, err) == (0, ''), (arguments, status, err)
    return out.decode()


def bad(expected, *arguments, **options):
    """Runs the program, which has to exit with EXPECTED after one line, and returns that."""
    status, out, err = run(*arguments, **options)
    assert status == expected, (arguments, status, out, err)
    assert out == b'', (arguments, out)
    assert err.startswith('tokendesk-cli: ') and err.endswith('\n') and err.count('\n') == 1, (arguments, err)
    return err


def write(name, content):
    path = os.path.join(FOLDER.name, name)
    with open(path, 'wb') as file:
        file.write(content.encode() if isinstance(content, str) else content)
    return path


def compare(*arguments, text='x'):
    return json.loads(good('compare', '--format', 'json', *arguments, text=text), parse_float=Decimal)


def rows(*arguments, text='x'):
    return {row['model']: row for row in compare(*arguments, text=text)['models']}
