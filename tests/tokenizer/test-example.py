#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program outside TokenDesk can use the tokenizer: the example was built against the two public headers alone.

Usage: test-example.py TESTS-FOLDER TOKENIZER-EXAMPLE
"""

import subprocess
import sys

sys.path.insert(0, sys.argv[1])
import tap  # noqa: E402


def run(*arguments):
    done = subprocess.run([sys.argv[2], *arguments], capture_output=True)
    return done.returncode, done.stdout.decode(errors='replace'), done.stderr.decode()


def test_tokens_with_their_places_and_an_edit():
    status, output, errors = run('cl100k_base', "I'm paying 12345 tokens.<|endoftext|>")
    assert (status, errors) == (0, ''), errors
    assert output.splitlines() == [
        '0: 40 "I"', '1: 2846 "\'m"', '3: 12798 " paying"', '10: 220 " "', '11: 4513 "123"', '14: 1774 "45"',
        '16: 11460 " tokens"', '23: 13 "."', '24: 100257 "<|endoftext|>"',
        '1 tokens from number 4 on became 2; 6 in all'], output


def test_bad_text_is_told_with_its_place():
    status, output, errors = run('o200k_base', b'ab\xff')
    assert (status, output) == (1, ''), output
    assert errors == 'The text is not UTF-8 at byte 2 (byte 2)\n', errors


def test_an_unknown_encoding():
    assert run('nothing', '')[0] == 2


tap.run(*[test for name, test in list(globals().items()) if name.startswith('test_')])
