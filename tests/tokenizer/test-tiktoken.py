#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ids are tiktoken's: the same texts through the npm package tiktoken and through ours.

Usage: test-tiktoken.py TESTS-FOLDER ENCODE-STRINGS

build-aux/test fetches the package into the cache. Random strings, weighted to the edges of every rule; every code point
in company; and texts: those of build-aux/bench where they have been made, and always some that are at hand. With
TOKENDESK_TEST_FULL=1 there are a million strings, and the texts are not cut short. TOKENDESK_TEST_STRINGS and
TOKENDESK_TEST_SEED choose the number of strings for each encoding, and which.
"""

import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, sys.argv[1])
import tap  # noqa: E402

ENCODINGS = ['r50k_base', 'p50k_base', 'cl100k_base', 'o200k_base']
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CACHE = pathlib.Path(os.environ.get('XDG_CACHE_HOME') or pathlib.Path.home() / '.cache') / 'tokendesk'
FULL = bool(os.environ.get('TOKENDESK_TEST_FULL'))
SLICE = 200_000


def compare(encoding, *arguments):
    node = shutil.which('node') or shutil.which('nodejs')
    if node is None:
        raise tap.Skip('node is not installed')
    folder = next((f for f in (CACHE / 'reference', CACHE / 'npm') if (f / 'node_modules/tiktoken').is_dir()), None)
    if folder is None:
        missing = CACHE / 'reference/missing'
        reason = missing.read_text().strip() if missing.exists() else 'build-aux/test fetches it'
        raise tap.Skip(f'the npm package tiktoken is not there: {reason}')
    program = pathlib.Path(sys.argv[2]).resolve()
    done = subprocess.run([node, HERE / 'compare-tiktoken.cjs', program, encoding, *map(str, arguments)], cwd=folder,
                          capture_output=True, text=True)
    assert done.returncode == 0, f'{" ".join(map(str, arguments))}: {done.stdout}{done.stderr}'
    print(f'# {encoding}: {done.stdout.strip()}')


def strings_test(encoding):
    def test():
        n = os.environ.get('TOKENDESK_TEST_STRINGS') or ('250000' if FULL else '20000')
        compare(encoding, 'strings', n, os.environ.get('TOKENDESK_TEST_SEED') or random.randrange(1 << 30))
    test.__name__ = f'test_random_strings_in_{encoding}'
    return test


def code_points_test(encoding):
    def test():
        compare(encoding, 'code-points')
    test.__name__ = f'test_every_code_point_in_{encoding}'
    return test


def read(*patterns):
    """What files of the source tree, or of the system by an absolute path, hold together."""
    texts = []
    for pattern in patterns:
        root, pattern = (pathlib.Path('/'), pattern[1:]) if pattern.startswith('/') else (ROOT, pattern)
        texts += [path.read_text(encoding='utf-8', errors='ignore') for path in sorted(root.glob(pattern))
                  if path.is_file()]
    return '\n'.join(texts)


def texts_at_hand():
    """English, code, Chinese, the world's scripts (as the C library's locales write them) and JSON."""
    return [read('README.md', 'NEWS', 'docs/*.md', 'LICENSE'), read('src/app/*.c', 'src/tokenizer/*.c', 'tests/*/*.py'),
            read('po/zh_CN.po'), read('/usr/share/i18n/locales/*'), read('data/*.json', '*.json')]


def cut(data, size):
    """SIZE bytes of whole characters from the middle."""
    start = max(0, (len(data) - size) // 2)
    return data[start:start + size].decode(errors='ignore').encode()


def texts_test(encoding):
    def test():
        made = [CACHE / f'texts/{name}.txt' for name in ('en', 'code', 'zh', 'multi', 'json')]
        made = [path.read_bytes() for path in made if path.exists()]
        assert not FULL or len(made) == 5, 'build-aux/test has not made the texts'
        size = 10_000_000 if FULL else SLICE
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for text in made + [text.encode() for text in texts_at_hand()]:
                paths.append(pathlib.Path(folder) / f'{len(paths)}.txt')
                paths[-1].write_bytes(cut(text, size))
            compare(encoding, 'texts', *paths)
    test.__name__ = f'test_texts_in_{encoding}'
    return test


tap.run(*map(strings_test, ENCODINGS), *map(code_points_test, ENCODINGS[2:]), *map(texts_test, ENCODINGS))
