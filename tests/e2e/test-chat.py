#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A conversation in the real window: write it, see its tokens and costs, move and remove messages, paste and copy JSON.

Usage: test-chat.py PROGRAM SOURCE-ROOT
"""

import glob
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))
import tap
from driver import Application, until

PROGRAM, ROOT = sys.argv[1:]

CHAT = ('[{"role": "system", "content": "Hello, world!"},'
        ' {"role": "user", "content": "Hello, world!", "name": "ann"}]')


def show_chat(desk):
    desk.wait_for_focus(desk.find('text', 'Text'))
    desk.key('ctrl+2')
    desk.find('button', 'Add Message')


def paste(desk, json):
    """Brings JSON in by way of the clipboard: written as a text and cut out there."""
    desk.wait_for_focus(desk.find('text', 'Text'))
    desk.type(json)
    desk.key('ctrl+a', 'ctrl+x', 'ctrl+2')
    desk.find('button', 'Paste JSON').press()


def wait_for_row(desk, model, part):
    table = desk.find('tree table', 'Models')

    def row():
        return next(table.all('table row', re.compile(re.escape(model) + ', .*')), None)

    until(lambda: row() is not None and part in row().name, lambda: '%s: wanted "%s", got "%s"' % (model, part, row().name))


def items(desk):
    """What a screen reader says of the messages."""
    return [item.name for item in desk.find('list', 'Messages').all('list item')]


def picture(desk, name):
    if 'TD_E2E_PICTURES' in os.environ:
        desk.picture(name)


def test_a_conversation_is_written():
    with Application(PROGRAM) as desk:
        show_chat(desk)
        picture(desk, 'chat-empty')
        desk.find('button', 'Add Message').press()
        desk.wait_for_focus(desk.find('text', 'Message'))
        desk.find('label', '7 tokens')
        desk.type('Hello, world!')
        # 4 of text, 3 + 1 around it, 3 for the answer
        desk.find('label', '11 tokens')
        wait_for_row(desk, 'GPT-4 (8K)', ', 11 tokens, ')
        # Another one below it, from the other side
        desk.key('ctrl+Return')
        desk.find('label', '15 tokens')
        until(lambda: len(items(desk)) == 2, 'two messages')
        desk.wait_for_focus(desk.find('text', 'Message'))
        desk.type('Hi')
        desk.find('label', '16 tokens')
        picture(desk, 'chat-editing')
        desk.key('Escape')
        until(lambda: not any(desk.all('text', 'Message')), 'Escape ends the editing')
        # Back to the text, which is empty.
        desk.key('ctrl+1')
        wait_for_row(desk, 'GPT-4 (8K)', ', 0 tokens, ')


def test_messages_are_moved_and_removed_by_keys():
    with Application(PROGRAM) as desk:
        paste(desk, CHAT)
        # 2 x (4 + 3 + 1) + (1 + 1) + 3
        desk.find('label', '21 tokens')
        until(lambda: len(items(desk)) == 2, 'two messages')
        until(lambda: items(desk)[0] == 'system, 4 tokens of text and 4 around it: Hello, world!',
              lambda: str(items(desk)))
        picture(desk, 'chat-two')
        # The first row has the focus once its text has been clicked and left.
        desk.click(desk.find('list', 'Messages').find('label', 'Hello, world!'))
        desk.wait_for_focus(desk.find('text', 'Message'))
        desk.key('Escape')
        until(lambda: not any(desk.all('text', 'Message')), 'Escape ends the editing')
        desk.key('alt+Down')
        until(lambda: items(desk)[0].startswith('user, '), lambda: str(items(desk)))
        desk.find('label', '21 tokens')
        desk.key('Delete')
        until(lambda: len(items(desk)) == 1, 'one message')
        desk.find('label', '13 tokens')
        desk.find('button', 'Undo').press()
        until(lambda: len(items(desk)) == 2, 'two messages again')


def test_bad_json_is_told_and_changes_nothing():
    with Application(PROGRAM) as desk:
        paste(desk, CHAT.replace('"user"', '"human"'))
        desk.find(re.compile('dialog|alert'), 'Not a Conversation')
        desk.find('label', re.compile('Message 2, “role”: .*“human”.*'))
        picture(desk, 'chat-bad')
        desk.key('Escape')
        desk.find('button', 'Add Message')


def test_a_narrow_window_shows_it_too():
    with Application(PROGRAM) as desk:
        paste(desk, CHAT)
        desk.find('label', '21 tokens')
        desk.resize(360, 640)
        until(lambda: desk.window.extents().width == 360, 'the window is narrow')
        desk.find('label', '21 tokens')
        picture(desk, 'chat-narrow')


def test_messages_survive_a_kill():
    drafts = os.path.join(os.environ['HOME'], '.local', 'share', 'tokendesk', 'drafts', '*.draft')
    desk = Application(PROGRAM)
    paste(desk, CHAT)
    desk.find('label', '21 tokens')
    until(lambda: any('Hello, world!' in open(path, encoding='utf-8').read() for path in glob.glob(drafts)),
          'there is a draft of the conversation')
    desk.process.kill()
    desk.process.wait()

    with Application(PROGRAM) as desk:
        desk.find('button', 'Restore…').press()
        desk.find('label', 'Unsaved Conversation')
        desk.find('label', re.compile('(?s)Hello, world!\n.*'))
        desk.find('button', 'Restore').press()
        desk.find('label', '21 tokens')
        assert len(items(desk)) == 2, str(items(desk))
        # Closing asks, and staying keeps the messages.
        desk.key('ctrl+w')
        desk.find('label', 'The conversation of this window will be lost if you don’t export it.')
        desk.key('Escape')
        until(lambda: not any(desk.all('button', 'Discard')), 'Escape closes the question')
        assert len(items(desk)) == 2, str(items(desk))
    assert not glob.glob(drafts), 'closing without exporting leaves no draft'


tap.run(*[test for name, test in list(globals().items()) if name.startswith('test_')])
