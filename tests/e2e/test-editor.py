#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The editor in the real window, by keys and accessible names: tokens one by one, every encoding, search, export, long lines.

Usage: test-editor.py PROGRAM SOURCE-ROOT
"""

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))
import tap
from driver import Application, Atspi, until

PROGRAM, ROOT = sys.argv[1:]
HOME = os.environ['HOME']
NAME = '我是刘志军'
# The rows of the inspector.
FACT = re.compile('Text|Part of a Character|Special Token|Id and Rank|Bytes|.* Positions|Ids in .*|Tokens in Line .*')


def editor(desk):
    """The text, which has the focus when a window opens."""
    text = desk.find('text', 'Text')
    desk.wait_for_focus(text)
    return text


def picture(desk, name):
    if 'TD_E2E_PICTURES' in os.environ:
        desk.picture(name)


def show_side_page(desk, name):
    desk.find('page tab', name).press()


def number(desk, caption):
    """The label that shows the number of that caption in the status bar."""
    return until(lambda: next((label for label in desk.all('label', caption) if label.text != caption), None),
                 'a number beside ' + caption)


def wait_for_text(control, wanted):
    until(lambda: control.text == wanted, lambda: 'wanted %r, got %r' % (wanted[:200], control.text[:200]))


def get_selected(text):
    """What is selected in TEXT."""
    if Atspi.Text.get_n_selections(text.node) == 0:
        return ''
    chosen = Atspi.Text.get_selection(text.node, 0)
    return Atspi.Text.get_text(text.node, chosen.start_offset, chosen.end_offset)


def wait_for_selection(text, wanted):
    until(lambda: get_selected(text) == wanted, lambda: 'selected is %r, not %r' % (get_selected(text), wanted))


class Announcements:
    """What the program has a screen reader say."""

    def __init__(self):
        self.said = []
        self.listener = Atspi.EventListener.new(lambda event: self.said.append(event.any_data))
        self.listener.register('object:announcement')

    def wait_for(self, wanted):
        until(lambda: wanted in self.said, lambda: 'wanted %r among %r' % (wanted, self.said))

    def end(self):
        self.listener.deregister('object:announcement')


def get_description(control):
    """The text that CONTROL is described by."""
    for relation in control.node.get_relation_set():
        if relation.get_relation_type() == Atspi.RelationType.DESCRIBED_BY:
            return relation.get_target(0).get_name()
    return ''


def facts(desk):
    """What the open inspector says, row by row: "Bytes: E5 88"."""
    return ['%s: %s' % (item.name, get_description(item)) for item in desk.all('list item', FACT)]


def wait_for_facts(desk, *wanted):
    until(lambda: set(wanted) <= set(facts(desk)), lambda: 'wanted %s among %s' % (wanted, facts(desk)))


def test_tokens_are_gone_through_by_keys():
    announcements = Announcements()
    with Application(PROGRAM) as desk:
        text = editor(desk)
        desk.type('Hello, world!')
        wait_for_text(text, 'Hello, world!')
        desk.key('ctrl+Home', 'ctrl+bracketright')
        wait_for_selection(text, 'Hello')
        announcements.wait_for('Token 1 of 4: Hello, id 13225, bytes 48 65 6C 6C 6F')
        desk.key('ctrl+bracketright', 'ctrl+bracketright')
        wait_for_selection(text, ' world')
        announcements.wait_for('Token 3 of 4: ␣world, id 2375, bytes 20 77 6F 72 6C 64')
        desk.key('ctrl+bracketleft')
        wait_for_selection(text, ',')
        # The cursor inside a token selects that token.
        desk.key('ctrl+Home', 'Right', 'Right', 'ctrl+bracketright')
        wait_for_selection(text, 'Hello')
        until(lambda: number(desk, 'Tokens').text == '1 of 4', lambda: number(desk, 'Tokens').text)
    announcements.end()


def test_the_inspector_is_read_by_keys():
    with Application(PROGRAM) as desk:
        text = editor(desk)
        desk.type('Hello, world!')
        wait_for_text(text, 'Hello, world!')
        desk.key('ctrl+Home', 'ctrl+i')
        wait_for_facts(desk, 'Text: Hello', 'Id and Rank: 13225', 'Bytes: 48 65 6C 6C 6F', 'Byte Positions: 0–4',
                       'Character Positions: 0–4', 'Ids in cl100k_base: 9906', 'Tokens in Line 1: 4')
        picture(desk, 'inspector')
        # The keys of the editor work in it, and what is read has the focus.
        desk.key('ctrl+bracketright', 'ctrl+bracketright')
        wait_for_facts(desk, 'Text: ,', 'Id and Rank: 11', 'Byte Positions: 5')
        desk.key('Tab', 'Tab')
        desk.wait_for_focus(desk.find('list item', 'Text'))
        desk.key('Down')
        desk.wait_for_focus(desk.find('list item', 'Id and Rank'))
        desk.key('ctrl+bracketright')
        wait_for_facts(desk, 'Text: ␣world')
        desk.wait_for_focus(desk.find('list item', 'Text'))
        desk.key('Escape')
        until(lambda: not facts(desk), 'Escape closes the inspector')
        desk.wait_for_focus(text)


def test_both_tokens_of_a_character_are_told():
    announcements = Announcements()
    with Application(PROGRAM) as desk:
        text = editor(desk)
        desk.type(NAME)
        wait_for_text(text, NAME)
        desk.find('radio button', 'GPT-3.5 & GPT-4').press()
        until(lambda: number(desk, 'Tokens').text == '7', 'seven tokens')
        desk.click(text)
        desk.wait_for_focus(text)
        desk.key('ctrl+Home', 'Right', 'Right', 'ctrl+bracketright')
        wait_for_selection(text, '刘')
        announcements.wait_for('Tokens 3–4 of 7: part of a character, id 6701, bytes E5 88; '
                               'part of a character, id 246, bytes 98')
        desk.key('ctrl+i')
        wait_for_facts(desk, 'Id and Rank: 6701', 'Bytes: E5 88', 'Id and Rank: 246', 'Bytes: 98')
        desk.find('list', 'Token 3 of 7')
        desk.find('list', 'Token 4 of 7')
        picture(desk, 'inspector-split')
        desk.key('Escape')
    announcements.end()


def test_every_encoding_is_seen_at_a_glance():
    with Application(PROGRAM) as desk:
        text = editor(desk)
        desk.type(NAME)
        wait_for_text(text, NAME)
        show_side_page(desk, 'Encodings')
        for encoding, tokens in (('r50k_base', 9), ('cl100k_base', 7), ('o200k_base', 4)):
            row = desk.find('radio button', encoding)
            until(lambda: row.node.get_description().startswith('%d tokens, ' % tokens), row.node.get_description)
            # It switches the editor.
            desk.click(row)
            until(lambda: number(desk, 'Tokens').text == str(tokens), lambda: number(desk, 'Tokens').text)
        desk.find('image', 'Split: 我是│刘│志│军')
        picture(desk, 'encodings')
        show_side_page(desk, 'Cost')


def test_statistics_follow_the_selection():
    with Application(PROGRAM) as desk:
        text = editor(desk)
        desk.type('one two\nthree')
        wait_for_text(text, 'one two\nthree')
        show_side_page(desk, 'Statistics')
        desk.find('heading', 'Whole Text')
        # A number is named by its caption, so what it says is its text.
        until(lambda: '13' in [label.text for label in desk.all('label', 'Bytes in UTF-8')], 'thirteen bytes')
        desk.key('ctrl+Home', 'ctrl+shift+Right')
        desk.find('heading', re.compile('Selection, .*'))
        until(lambda: '3' in [label.text for label in desk.all('label', 'Bytes in UTF-8')], 'three bytes are selected')
        picture(desk, 'statistics')
        show_side_page(desk, 'Cost')


def test_special_tokens_are_parsed_on_request():
    with Application(PROGRAM) as desk:
        text = editor(desk)
        desk.type('a<|endoftext|>b')
        wait_for_text(text, 'a<|endoftext|>b')
        until(lambda: int(number(desk, 'Tokens').text) > 6, 'the spelling is text')
        desk.find('toggle button', 'View').press()
        desk.find('menu', 'View')
        desk.key('p')
        until(lambda: number(desk, 'Tokens').text == '3', lambda: number(desk, 'Tokens').text)
        show_side_page(desk, 'Encodings')
        desk.find('image', 'Split: a│<|endoftext|>│b')
        picture(desk, 'special')
        show_side_page(desk, 'Cost')
        desk.find('toggle button', 'View').press()
        desk.find('menu', 'View')
        desk.key('p')
        until(lambda: int(number(desk, 'Tokens').text) > 6, 'the spelling is text again')


def test_text_is_found_and_replaced():
    with Application(PROGRAM) as desk:
        text = editor(desk)
        desk.type('one two one three')
        wait_for_text(text, 'one two one three')
        desk.key('ctrl+Home', 'ctrl+h')
        desk.find(name='Replace With')
        desk.type('one')
        wait_for_selection(text, 'one')
        desk.click(desk.find('text', 'Replace With'))
        desk.wait_for_focus(desk.find('text', 'Replace With'))
        desk.type('six')
        desk.find('button', 'Replace All').press()
        wait_for_text(text, 'six two six three')
        desk.key('Escape')
        desk.wait_for_focus(text)


def test_zoom_changes_the_size_of_the_text():
    with Application(PROGRAM) as desk:
        text = editor(desk)
        desk.type('mmmm')
        wait_for_text(text, 'mmmm')

        def get_width():
            return Atspi.Text.get_range_extents(text.node, 0, 4, Atspi.CoordType.WINDOW).width

        usual = until(get_width, 'a width')
        desk.key('ctrl+plus', 'ctrl+plus')
        until(lambda: get_width() > usual, 'the letters are wider')
        desk.key('ctrl+0')
        until(lambda: get_width() == usual, 'the letters are as before')


def test_tokens_are_selected_and_copied_in_the_list():
    announcements = Announcements()
    with Application(PROGRAM) as desk:
        text = editor(desk)
        desk.type('Hello, world!')
        wait_for_text(text, 'Hello, world!')
        desk.key('ctrl+Home')
        desk.find('toggle button', 'View').press()
        desk.find('menu', 'View')
        desk.key('d')
        row = desk.find('list item', re.compile('From token 1: .*'))
        # Beside its tokens, of which there are few.
        desk.click(row)
        desk.wait_for_focus(row)
        desk.key('Right', 'Right')
        announcements.wait_for('Token 2 of 4: ,, id 11, bytes 2C')
        desk.key('shift+Right')
        announcements.wait_for('2 tokens selected')
        until(lambda: number(desk, 'Tokens').text == '2 of 4', lambda: number(desk, 'Tokens').text)
        picture(desk, 'list-selection')
        desk.key('ctrl+c')
        announcements.wait_for('Ids copied')
        # Enter shows them in the text.
        desk.key('Return')
        text = desk.find('text', 'Text')
        desk.wait_for_focus(text)
        wait_for_selection(text, ', world')
        desk.key('ctrl+a', 'ctrl+v')
        wait_for_text(text, '11 2375')
    announcements.end()


def test_every_format_of_the_export():
    with Application(PROGRAM) as desk:
        text = editor(desk)
        desk.type('Hi!')
        wait_for_text(text, 'Hi!')
        # How many times Down is pressed for a format, and what its copy looks like as text.
        for steps, part in ((0, '[12194, 0]'), (1, '"id":'), (2, 'id'), (3, '| '), (4, '<!DOCTYPE html>'), (5, None), (6, None)):
            desk.key('ctrl+a')
            desk.type('Hi!')
            wait_for_text(text, 'Hi!')
            desk.key('ctrl+e')
            desk.wait_for_focus(desk.find('combo box', 'Format'))
            if steps > 0:
                desk.key('space', *['Down'] * steps, 'Return')
            desk.find('button', 'Copy').press()
            desk.find('label', 'Copied.')
            if steps == 4:
                picture(desk, 'export')
            desk.key('Escape')
            until(lambda: not any(desk.all('dialog')), 'the dialog is closed')
            desk.wait_for_focus(text)
            desk.key('ctrl+a', 'ctrl+v')
            if part is not None:
                until(lambda: part in text.text, lambda: 'wanted %r in %r' % (part, text.text))
            else:
                # A picture is no text, which is said, and the text stays.
                desk.find(re.compile('dialog|alert'), 'Nothing to Paste')
                picture(desk, 'paste-picture')
                desk.key('Escape')
                until(lambda: not any(desk.all(re.compile('dialog|alert'))), 'the message is closed')
                wait_for_text(text, 'Hi!')


def test_a_line_of_a_megabyte_is_typed_in():
    contents = '{"name": "value", "list": [1, 2, 3]}, ' * 27000
    path = os.path.join(HOME, 'line.json')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(contents)

    def count(text):
        return int(subprocess.run([os.path.join(os.path.dirname(PROGRAM), 'tokendesk-cli'), 'count', '--encoding', 'o200k_base'],
                                  input=text, check=True, capture_output=True, text=True).stdout)

    with Application(PROGRAM, path) as desk:
        text = desk.find('text', 'Text')
        tokens = number(desk, 'Tokens')
        until(lambda: tokens.text == '{:,}'.format(count(contents)), lambda: tokens.text)
        desk.wait_for_focus(text)
        desk.key('ctrl+Home', 'Next', 'Next', 'Next')
        desk.key('ctrl+End')
        desk.type('The end')
        until(lambda: tokens.text == '{:,}'.format(count(contents + 'The end')), lambda: tokens.text)
        picture(desk, 'long-line')
        # Tab over all of it replaces it, and is undone.
        desk.key('ctrl+a', 'Tab')
        wait_for_text(text, '\t')
        desk.key('ctrl+z', 'ctrl+s')
        until(lambda: open(path, encoding='utf-8').read() == contents + 'The end', 'the file has the line')


tap.run(test_tokens_are_gone_through_by_keys,
        test_the_inspector_is_read_by_keys,
        test_both_tokens_of_a_character_are_told,
        test_every_encoding_is_seen_at_a_glance,
        test_statistics_follow_the_selection,
        test_special_tokens_are_parsed_on_request,
        test_text_is_found_and_replaced,
        test_zoom_changes_the_size_of_the_text,
        test_tokens_are_selected_and_copied_in_the_list,
        test_every_format_of_the_export,
        test_a_line_of_a_megabyte_is_typed_in)
