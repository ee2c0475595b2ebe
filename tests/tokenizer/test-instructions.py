#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Instructions per byte, which no busy machine can disturb, stay within five per cent of what was written down.

Usage: test-instructions.py TESTS-FOLDER ENCODE-STRINGS COMPILER [--write]

callgrind counts them, on the processor paths that it knows (it has no AVX-512). The numbers hold for one compiler and
kind of build; with another one the test is skipped. --write puts the numbers measured now into instructions.json.
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


def scripts(rand):
    """Words of many alphabets, in blocks as a collection of translations has them."""
    alphabets = ['абвгдежзиклмнопрстуя', 'αβγδεζηθικλμνοπρσω', 'אבגדהוזחטיכלמנס', 'ابتجحدرزسشصعفقلمنهوي',
                 'अआइकखगचजटतदनपबमयरलवसह', 'กขคงจชซดตถทนบปมยรลวส', 'あいうえおかきくけこさしすせそ', '가나다라마바사아자차카타파하',
                 'aáäbcčdďeéfghiíjklmnňoóôprřsštťuúůvyýzž']
    text = []
    for _ in range(150):
        alphabet = rand.choice(alphabets)
        words = [''.join(rand.choices(alphabet, k=rand.randint(1, 9))) for _ in range(40)]
        text.append(' '.join(rand.choices(words, k=60)) + '.\n')
    return ''.join(text)


def records(rand):
    return ''.join(json.dumps({'time': f'2026-11-{rand.randint(1, 30):02}T{rand.randint(0, 23):02}:00:00Z',
                               'id': f'{rand.getrandbits(64):016x}', 'level': rand.choice(['info', 'warn']),
                               'ms': rand.randint(0, 99999) / 100, 'ok': rand.random() < 0.9}) + '\n'
                   for _ in range(1500))


TEXTS = {'english': english, 'code': code, 'chinese': chinese, 'scripts': scripts, 'json': records}
PATHS = ['avx2', 'sse2', 'portable']


def count(encoding, path, text):
    data = text.encode()
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ['valgrind', '--tool=callgrind', f'--callgrind-out-file={folder}/out', '--toggle-collect=tk_encode',
             PROGRAM, encoding], input=struct.pack('=I', len(data)) + data, capture_output=True,
            env={**os.environ, 'TOKENDESK_CPU': path, 'MALLOC_PERTURB_': '0'})
    found = re.search(rb'Collected : (\d+)', done.stderr)
    assert done.returncode == 0 and found, done.stderr.decode()
    return int(found[1]) / len(data)


def measure():
    if shutil.which('valgrind') is None:
        raise tap.Skip('valgrind is not installed')
    with open('/proc/cpuinfo', encoding='ascii', errors='replace') as info:
        paths = PATHS if re.search(r'^flags\s*:.*\bavx2\b', info.read(), re.MULTILINE) else PATHS[1:]
    return {f'{encoding} {path} {name}': round(count(encoding, path, make(random.Random(1))), 2)
            for encoding in ['cl100k_base', 'o200k_base'] for path in paths for name, make in TEXTS.items()}


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
