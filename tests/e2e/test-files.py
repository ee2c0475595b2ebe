#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files, folders and unsaved text in the real window: what survives when the program is killed.

Usage: test-files.py PROGRAM SOURCE-ROOT
"""

import glob
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))
import tap
from driver import Application, Atspi, until

PROGRAM, ROOT = sys.argv[1:]
HOME = os.environ['HOME']
DRAFTS = os.path.join(HOME, '.local', 'share', 'tokendesk', 'drafts', '*.draft')


def editor(desk):
    """The text, which has the focus when a window opens."""
    text = desk.find('text', 'Text')
    desk.wait_for_focus(text)
    return text


def drafts():
    """The contents of all drafts, by their paths."""
    found = {}
    for path in glob.glob(DRAFTS):
        try:
            with open(path, encoding='utf-8', newline='') as file:
                found[path] = file.read()
        except FileNotFoundError:
            # Replaced meanwhile.
            continue
    return found


def wait_for_draft(text):
    until(lambda: any(draft.endswith(text) for draft in drafts().values()),
          lambda: 'a draft ends with %r: %r' % (text, drafts()))


def kill(desk):
    """What no program can prepare for."""
    desk.process.kill()
    desk.process.wait()
    desk.log.close()


def write(name, contents):
    path = os.path.join(HOME, name)
    with open(path, 'wb') as file:
        file.write(contents)
    return path


def test_typed_text_survives_a_kill():
    desk = Application(PROGRAM)
    editor(desk)
    desk.type('Nobody saved this')
    wait_for_draft('Nobody saved this')
    kill(desk)

    with Application(PROGRAM) as desk:
        # Offered, not forced: the window is empty until somebody asks for the text.
        restore = desk.find('button', 'Restore…')
        text = desk.find('text', 'Text')
        assert text.text == '', text.text
        restore.press()
        desk.find(name=re.compile('Unsaved Text'))
        desk.find('button', 'Restore').press()
        until(lambda: text.text == 'Nobody saved this', lambda: 'the text is back: ' + text.text)
    assert not drafts(), 'closing without saving leaves no draft: %r' % drafts()


def test_a_draft_knows_its_file():
    path = write('letter.txt', b'Dear reader\r\n')
    desk = Application(PROGRAM, path)
    text = desk.find('text', 'Text')
    until(lambda: text.text == 'Dear reader\r\n', lambda: 'the file is open: ' + text.text)
    desk.wait_for_focus(text)
    desk.type('Oh ')
    wait_for_draft('Oh Dear reader\r\n')
    kill(desk)
    write('letter.txt', b'Somebody else was here\n')

    with Application(PROGRAM) as desk:
        desk.find('button', 'Restore…').press()
        desk.find('label', re.compile('(?s).*the file has been changed since.*'))
        desk.find('button', 'Restore').press()
        text = desk.find('text', 'Text')
        until(lambda: text.text == 'Oh Dear reader\r\n', lambda: 'the text is back: ' + text.text)
        until(lambda: 'letter.txt' in desk.window.name, lambda: 'the title names the file: ' + desk.window.name)
    with open(path, 'rb') as file:
        assert file.read() == b'Somebody else was here\n', 'nothing was written unasked'


def test_the_drafts_of_a_running_program_are_its_own():
    with Application(PROGRAM) as desk:
        editor(desk)
        desk.type('Still being written')
        wait_for_draft('Still being written')
        # A picture is made by a process of its own, which must leave them alone.
        picture = subprocess.run([PROGRAM, '--screenshot=' + os.path.join(HOME, 'second.png')], check=False)
        assert picture.returncode == 0
        wait_for_draft('Still being written')


def test_a_draft_that_nobody_wants_goes():
    desk = Application(PROGRAM)
    editor(desk)
    desk.type('Not worth keeping')
    wait_for_draft('Not worth keeping')
    kill(desk)

    with Application(PROGRAM) as desk:
        desk.find('button', 'Restore…').press()
        trash = desk.find('toggle button', 'Discard')
        trash.press()
        until(lambda: trash.has(Atspi.StateType.PRESSED), 'the draft is marked')
        # The dialog takes keys once it has come up.
        desk.find('button', 'Close').press()
        until(lambda: not drafts(), lambda: 'the draft is gone: %r' % drafts())


def test_another_program_changes_the_file():
    path = write('shared.txt', b'first')
    with Application(PROGRAM, path) as desk:
        text = desk.find('text', 'Text')
        until(lambda: text.text == 'first', lambda: 'the file is open: ' + text.text)
        desk.wait_for_focus(text)
        # Its own save is no reason for an alarm.
        desk.type('My ')
        desk.key('ctrl+s')
        until(lambda: open(path, 'rb').read() == b'My first', 'the file is saved')
        write('shared.txt', b'second, and longer')
        desk.find('button', 'Reload…').press()
        desk.find('button', 'Reload').press()
        until(lambda: text.text == 'second, and longer', lambda: 'the new text is shown: ' + text.text)
        os.remove(path)
        desk.find('label', re.compile('The file was deleted.*'))
        assert text.text == 'second, and longer', text.text


def test_a_file_in_an_old_encoding_is_asked_about():
    path = write('old.txt', '我是刘志军\r\n'.encode('gb18030'))
    with Application(PROGRAM, path) as desk:
        dialog = desk.find('dialog')
        preview = dialog.find('text', 'Preview')
        until(lambda: preview.text == '我是刘志军\r\n', lambda: 'the likeliest encoding is chosen: ' + preview.text)
        dialog.find('button', 'Open').press()
        text = desk.find('text', 'Text')
        until(lambda: text.text == '我是刘志军\r\n', lambda: 'the file is open: ' + text.text)
        desk.wait_for_focus(text)
        desk.type('!')
        desk.key('ctrl+s')
        until(lambda: open(path, 'rb').read() == '!我是刘志军\r\n'.encode('gb18030'), 'it is saved as it came')


def test_a_folder_becomes_a_table():
    folder = os.path.join(HOME, 'project')
    os.makedirs(os.path.join(folder, 'build'))
    write('project/.gitignore', b'/build/\n')
    write('project/name.txt', '我是刘志军'.encode())
    write('project/hello.txt', b'Hello')
    write('project/build/out.txt', b'left out')
    write('project/picture.png', b'\x89PNG\r\n\x1a\n\0\0')
    with Application(PROGRAM, folder) as desk:
        table = desk.find('tree table', 'Files')
        until(lambda: next(table.all('table row', re.compile('project/name.txt, 15 bytes, .*')), None),
              lambda: 'the file is in the table:\n' + table.outline())
        desk.find('label', re.compile('3 files, .*'))
        desk.find('toggle button', '2 left out').press()
        desk.find('label', re.compile('(?s)project/build\nignored by git'))
        desk.find('label', re.compile('(?s)project/picture.png\nbinary'))
        # An open popover takes the keys of its window.
        desk.key('Escape')
        until(lambda: not any(desk.all('label', re.compile('(?s)project/build\n.*'))), 'Escape closes the list')


def test_recent_files_are_in_a_menu_until_they_are_gone():
    path = write('lately.txt', b'Hello again')
    with Application(PROGRAM, path) as desk:
        text = desk.find('text', 'Text')
        until(lambda: text.text == 'Hello again', lambda: 'the file is open: ' + text.text)

    def open_first(desk):
        desk.find('toggle button', 'Recent Files').press()
        desk.find('menu', 'Recent Files')
        desk.key('Return')

    with Application(PROGRAM) as desk:
        text = desk.find('text', 'Text')
        open_first(desk)
        until(lambda: text.text == 'Hello again', lambda: 'the latest file is open: ' + text.text)
    os.remove(path)
    with Application(PROGRAM) as desk:
        open_first(desk)
        desk.find('label', '“lately.txt” is not there. It may have been moved, renamed or deleted.')
        desk.key('Escape')


def test_several_files_become_a_table():
    with Application(PROGRAM, write('one.txt', b'Hello'), write('two.txt', b'Hello, world!')) as desk:
        table = desk.find('tree table', 'Files')
        table.find('table row', re.compile('one.txt, 5 bytes, .*'))
        desk.find('label', re.compile('2 files, .*'))


tap.run(test_typed_text_survives_a_kill,
        test_a_draft_knows_its_file,
        test_the_drafts_of_a_running_program_are_its_own,
        test_a_draft_that_nobody_wants_goes,
        test_another_program_changes_the_file,
        test_a_file_in_an_old_encoding_is_asked_about,
        test_a_folder_becomes_a_table,
        test_recent_files_are_in_a_menu_until_they_are_gone,
        test_several_files_become_a_table)
