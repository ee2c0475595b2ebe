#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ids are tiktoken's: random strings through the npm package tiktoken and through ours.

Usage: test-tiktoken.py TESTS-FOLDER ENCODE-STRINGS

The package is looked for where build-aux puts what only development needs. TOKENDESK_TEST_STRINGS sets the number of
strings for each encoding.
"""

import os
import pathlib
import random
import shutil
import subprocess
import sys

sys.path.insert(0, sys.argv[1])
import tap  # noqa: E402

ENCODINGS = ['r50k_base', 'p50k_base', 'cl100k_base', 'o200k_base']
HERE = pathlib.Path(__file__).resolve().parent


def package_folder():
    cache = pathlib.Path(os.environ.get('XDG_CACHE_HOME') or pathlib.Path.home() / '.cache')
    return cache / 'tokendesk' / 'npm'


def compare(encoding):
    node = shutil.which('node') or shutil.which('nodejs')
    if node is None:
        raise tap.Skip('node is not installed')
    folder = package_folder()
    if not (folder / 'node_modules' / 'tiktoken').is_dir():
        raise tap.Skip('the npm package tiktoken is not there; build-aux/bench tokenizer fetches it')
    n = os.environ.get('TOKENDESK_TEST_STRINGS', '5000')
    seed = random.randrange(1 << 30)
    program = pathlib.Path(sys.argv[2]).resolve()
    done = subprocess.run([node, HERE / 'compare-tiktoken.cjs', program, encoding, n, str(seed)], cwd=folder,
                          capture_output=True, text=True)
    assert done.returncode == 0, f'seed {seed}: {done.stdout}{done.stderr}'


def make_test(encoding):
    def test():
        compare(encoding)
    test.__name__ = f'test_{encoding}'
    return test


tap.run(*map(make_test, ENCODINGS))
