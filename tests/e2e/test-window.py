#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job in the real window: type, see tokens and costs change at once, switch the encoding, open files.

Usage: test-window.py PROGRAM SOURCE-ROOT
"""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))
import tap
from driver import Application, until

PROGRAM, ROOT = sys.argv[1:]

NAME = '我是刘志军'
# The encodings as the window calls them, and what NAME is in each.
ENCODINGS = {'GPT-3': 9, 'GPT-3.5 & GPT-4': 7, 'GPT-4o and newer': 4}


def editor(desk):
    """The text, which has the focus when a window opens."""
    text = desk.find('text', 'Text')
    desk.wait_for_focus(text)
    return text


class Numbers:
    """The numbers of the status bar and of the table, found once and then read again and again."""

    def __init__(self, desk):
        self.labels = {caption: until(lambda: [label for label in desk.all('label', caption) if label.text != caption],
                                      'a number beside ' + caption)[0]
                       for caption in ('Tokens', 'Characters', 'Words')}
        self.table = desk.find('tree table', 'Models')

    def wait_for(self, **wanted):
        def shown():
            return {caption: self.labels[caption].text for caption in wanted}

        texts = {caption: str(number) for caption, number in wanted.items()}
        until(lambda: shown() == texts, lambda: 'wanted %s, got %s' % (texts, shown()))

    def row(self, model):
        """What a screen reader says of MODEL."""
        return until(lambda: next(self.table.all('table row', re.compile(re.escape(model) + ', .*')), None),
                     model + ' is in the table').name

    def wait_for_row(self, model, part):
        until(lambda: part in self.row(model), lambda: '%s: wanted "%s", got "%s"' % (model, part, self.row(model)))


def test_an_empty_window_counts_nothing():
    with Application(PROGRAM) as desk:
        editor(desk)
        Numbers(desk).wait_for(Tokens=0, Characters=0, Words=0)


def test_typing_changes_counts_and_costs_at_once():
    with Application(PROGRAM) as desk:
        editor(desk)
        numbers = Numbers(desk)
        desk.type('Hello')
        numbers.wait_for(Tokens=1, Characters=5, Words=1)
        # A token at $30 a million, and the answer: 500 tokens at $60 a million.
        numbers.wait_for_row('GPT-4 (8K)', ', 1 token, $0.03003,')
        desk.type(', world!')
        numbers.wait_for(Tokens=4, Characters=13, Words=2)
        numbers.wait_for_row('GPT-4 (8K)', ', 4 tokens, $0.03012,')
        desk.key('ctrl+a', 'BackSpace')
        numbers.wait_for(Tokens=0, Characters=0, Words=0)
        numbers.wait_for_row('GPT-4 (8K)', ', 0 tokens, $0.03,')


def test_each_encoding_counts_the_name_as_its_models_do():
    with Application(PROGRAM) as desk:
        text = editor(desk)
        numbers = Numbers(desk)
        desk.type(NAME)
        until(lambda: text.text == NAME, lambda: 'the editor holds the name: ' + text.text)
        for encoding, tokens in ENCODINGS.items():
            desk.find('radio button', encoding).press()
            numbers.wait_for(Tokens=tokens, Characters=len(NAME))
        # Every model goes on counting with its own encoding.
        numbers.wait_for_row('GPT-3.5 Turbo', ', 7 tokens,')
        numbers.wait_for_row('GPT-5.6 Sol', ', 4 tokens,')


def test_a_file_from_the_command_line_is_shown():
    path = os.path.join(ROOT, 'data', 'example.txt')
    with open(path, encoding='utf-8') as file:
        wanted = file.read()
    with Application(PROGRAM, path) as desk:
        text = desk.find('text', 'Text')
        until(lambda: text.text == wanted, lambda: 'the editor holds the file: ' + text.text)
        Numbers(desk).wait_for(Characters=len(wanted))
        until(lambda: 'example.txt' in desk.window.name, lambda: 'the title names the file: ' + desk.window.name)


def test_a_file_that_is_not_there_is_told_of_and_does_no_harm():
    with Application(PROGRAM, os.path.join(os.environ['HOME'], 'nowhere.txt')) as desk:
        desk.find(name=re.compile('.*nowhere.txt.*'))
        desk.key('Escape')
        desk.type('Hello')
        Numbers(desk).wait_for(Tokens=1)


def test_the_example_is_one_press_away():
    with Application(PROGRAM) as desk:
        desk.find('button', 'Show Example').press()
        text = desk.find('text', 'Text')
        until(lambda: NAME in text.text, lambda: 'the example is shown: ' + text.text)
        Numbers(desk).wait_for(Characters=len(text.text))


def test_a_narrow_window_keeps_the_comparison_in_a_sheet():
    with Application(PROGRAM) as desk:
        editor(desk)
        desk.type('Hello')
        desk.resize(370, 640)
        until(lambda: not any(desk.all('tree table', 'Models')), 'the panel makes room')
        desk.find('toggle button', 'Side Panel').press()
        table = desk.find('tree table', 'Models')
        until(lambda: any(table.all('table row', re.compile('GPT-4 .*, 1 token, .*'))), 'the sheet shows the costs')
        # The next window takes over the size, and its test looks at a wide one.
        desk.resize(1090, 710)
        until(lambda: any(desk.all('tree table', 'Models')), 'the panel is back beside the text')


tap.run(test_an_empty_window_counts_nothing,
        test_typing_changes_counts_and_costs_at_once,
        test_each_encoding_counts_the_name_as_its_models_do,
        test_a_file_from_the_command_line_is_shown,
        test_a_file_that_is_not_there_is_told_of_and_does_no_harm,
        test_a_narrow_window_keeps_the_comparison_in_a_sheet,
        test_the_example_is_one_press_away)
