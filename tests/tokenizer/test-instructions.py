#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Instructions per byte, and per key of a token map, stay within five per cent of what was written down.

Usage: test-instructions.py TESTS-FOLDER ENCODE-STRINGS EDIT-STRING COMPILER [--write]

No busy machine can disturb them.
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
PROGRAM, EDIT_PROGRAM = (str(pathlib.Path(path).resolve()) for path in sys.argv[2:4])
COMPILER = sys.argv[4]


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
# Keys in text that has seams, and in runs that have none: with anchors, with tokens that move, with neither.
EDITED = {'english': english, 'code': code, 'chinese': chinese, 'letters': lambda rand: letters(rand, 'abcdefgh'),
          'capitals': lambda rand: letters(rand, '国A'), 'slashes': lambda rand: '/' * 50000,
          'digits': lambda rand: letters(rand, '0123456789')}
KEYS = 200


def letters(rand, alphabet):
    return ''.join(rand.choices(alphabet, k=50000))


def count(function, path, command, data):
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ['valgrind', '--tool=callgrind', f'--callgrind-out-file={folder}/out', f'--toggle-collect={function}', *command],
            input=data, capture_output=True, env={**os.environ, 'TOKENDESK_CPU': path, 'MALLOC_PERTURB_': '0'})
    found = re.search(rb'Collected : (\d+)', done.stderr)
    assert done.returncode == 0 and found, done.stderr.decode()
    return int(found[1])


def count_encode(encoding, path, data):
    return count('tk_encode', path, [PROGRAM, encoding], struct.pack('=I', len(data)) + data) / len(data)


def count_build(encoding, path, data):
    return count('tk_token_map_build', path, [EDIT_PROGRAM, encoding, '0'], data) / len(data)


def count_key(encoding, path, data):
    return count('tk_token_map_splice', path, [EDIT_PROGRAM, encoding, str(KEYS)], data) / KEYS


def measure():
    if shutil.which('valgrind') is None:
        raise tap.Skip('valgrind is not installed')
    with open('/proc/cpuinfo', encoding='ascii', errors='replace') as info:
        paths = PATHS if re.search(r'^flags\s*:.*\bavx2\b', info.read(), re.MULTILINE) else PATHS[1:]
    result = {'per byte': {}, 'per byte of a map': {}, 'per key': {}}
    for encoding in ['cl100k_base', 'o200k_base']:
        for path in paths:
            for name, make in TEXTS.items():
                data = make(random.Random(1)).encode()
                result['per byte'][f'{encoding} {path} {name}'] = round(count_encode(encoding, path, data), 2)
        for name, make in EDITED.items():
            data = make(random.Random(1)).encode()
            key = f'{encoding} {paths[0]} {name}'
            if name in TEXTS:
                result['per byte of a map'][key] = round(count_build(encoding, paths[0], data), 2)
            result['per key'][key] = round(count_key(encoding, paths[0], data))
    return result


def test_instructions():
    known = json.loads(FILE.read_text())
    if known['compiler'] != COMPILER:
        raise tap.Skip(f'the numbers are for {known["compiler"]}, this is {COMPILER}')
    # Without AVX2 the keys are counted on a path for which nothing was written down.
    more = [f'{name}: {now} instructions {unit}, were {known[unit][name]}' for unit, counts in measure().items()
            for name, now in counts.items() if now > known[unit].get(name, now) * SLACK]
    assert not more, '; '.join(more)


if sys.argv[5:] == ['--write']:
    FILE.write_text(json.dumps({'compiler': COMPILER, **measure()}, indent=2) + '\n')
else:
    tap.run(test_instructions)
