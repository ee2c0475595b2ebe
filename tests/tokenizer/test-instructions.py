#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Instructions per byte, which no busy machine can disturb, stay within five per cent of what was written down.

Usage: test-instructions.py TESTS-FOLDER ENCODE-STRINGS COMPILER [--write]

callgrind counts them, on a processor path that it knows. The numbers hold for one compiler and kind of build;
with another one the test is skipped. --write puts the numbers measured now into instructions.json.
"""

import json
import pathlib
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, sys.argv[1])
import os  # noqa: E402

import tap  # noqa: E402

FILE = pathlib.Path(__file__).resolve().with_name('instructions.json')
SLACK = 1.05
PROGRAM, COMPILER = str(pathlib.Path(sys.argv[2]).resolve()), sys.argv[3]


def english(rand):
    """Words by a few rules, common ones often: what matters is the mixture, not the sense."""
    syllables = 'an ber con de er for ing ment or pre ra st ter un ver wi'.split()
    words = [''.join(rand.choices(syllables, k=rand.randint(1, 4))) for _ in range(3000)]
    weights = [1 / (rank + 1) for rank in range(len(words))]
    text = []
    for word in rand.choices(words, weights, k=40000):
        text.append(word.capitalize() if rand.random() < 0.1 else word)
        text.append(rand.choices([' ', ', ', '. ', '.\n\n', "'s "], [80, 8, 6, 2, 1])[0])
    return ''.join(text)


def code(rand):
    lines = []
    for _ in range(6000):
        name = rand.choice(['value', 'getLength', 'n_items', 'HTMLParser', 'x', 'buffer'])
        lines.append('    ' * rand.randint(0, 4) + rand.choice([
            f'if ({name} != NULL)', f'return {name} + {rand.randint(0, 99999)};', '{', '}', '', f'// {name}: see below',
            f"{name} = self->{name}[i]->call(\"{name}\", '\\n');"]))
    return '\n'.join(lines)


def chinese(rand):
    characters = [chr(0x4e00 + int(rand.paretovariate(0.7) * 40) % 20000) for _ in range(2000)]
    return ''.join(rand.choice(characters) if rand.random() < 0.9 else rand.choice('，。、：\n') for _ in range(60000))


TEXTS = {'english': english, 'code': code, 'chinese': chinese}


def count(encoding, text):
    data = text.encode()
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ['valgrind', '--tool=callgrind', f'--callgrind-out-file={folder}/out', '--toggle-collect=tk_encode',
             PROGRAM, encoding], input=struct.pack('=I', len(data)) + data, capture_output=True,
            env={**os.environ, 'TOKENDESK_CPU': 'avx2', 'MALLOC_PERTURB_': '0'})
    found = re.search(rb'Collected : (\d+)', done.stderr)
    assert done.returncode == 0 and found, done.stderr.decode()
    return int(found[1]) / len(data)


def measure():
    if shutil.which('valgrind') is None:
        raise tap.Skip('valgrind is not installed')
    with open('/proc/cpuinfo', encoding='ascii', errors='replace') as info:
        if not re.search(r'^flags\s*:.*\bavx2\b', info.read(), re.MULTILINE):
            raise tap.Skip('this processor has no AVX2')
    return {f'{encoding} {name}': round(count(encoding, make(random.Random(1))), 2)
            for encoding in ['cl100k_base', 'o200k_base'] for name, make in TEXTS.items()}


def test_instructions():
    known = json.loads(FILE.read_text())
    if known['compiler'] != COMPILER:
        raise tap.Skip(f'the numbers are for {known["compiler"]}, this is {COMPILER}')
    more = [f'{name}: {now} instructions per byte, were {known["per byte"][name]}'
            for name, now in measure().items() if now > known['per byte'][name] * SLACK]
    assert not more, '; '.join(more)


if sys.argv[4:] == ['--write']:
    FILE.write_text(json.dumps({'compiler': COMPILER, 'per byte': measure()}, indent=2) + '\n')
else:
    tap.run(test_instructions)
