#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A key in a real keyring: it outlives the program and the keyring's own restart, and a locked keyring keeps it.

Usage: test-keyring.py KEYRING-STEP

Runs gnome-keyring in a D-Bus session and a home of its own.
"""

import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))
import tap

STEP = sys.argv[1]
NEEDED = ('dbus-run-session', 'gnome-keyring-daemon', 'secret-tool', 'gdbus')
PASSWORD = 'a password of the tests'
KEY = 'sk-test-8a41c6f0d2'
SECRETS = 'org.freedesktop.secrets'


class Daemon:
    """gnome-keyring, unlocked if it is given the password of the keyring, which it makes at the first time."""

    def __init__(self, password=None):
        arguments = ['gnome-keyring-daemon', '--foreground', '--components=secrets']
        if password is not None:
            arguments.append('--unlock')
        self.process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        # Up to the end of the file, line breaks included.
        self.process.stdin.write((password or '').encode())
        self.process.stdin.close()

    def __enter__(self):
        subprocess.run(['gdbus', 'wait', '--session', '--timeout=20', SECRETS], check=True)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)


def step(name):
    result = subprocess.run([STEP, name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
    assert result.returncode == 0, f'{name}: {result.stdout}'
    assert KEY not in result.stdout


def test_key_survives_a_restart():
    with Daemon(PASSWORD):
        step('empty')
        step('store')
        step('read')
    with Daemon(PASSWORD):
        step('read')


def test_other_programs_find_it_where_the_desktop_keeps_keys():
    with Daemon(PASSWORD):
        result = subprocess.run(['secret-tool', 'lookup', 'provider', 'openai', 'host', 'api.openai.com'],
                                capture_output=True, text=True, check=True)
    assert result.stdout == KEY, result.stdout


def test_keyring_file_does_not_show_it():
    folder = os.path.join(os.environ['XDG_DATA_HOME'], 'keyrings')
    names = os.listdir(folder)
    assert any(name.endswith('.keyring') for name in names), names
    for name in names:
        with open(os.path.join(folder, name), 'rb') as file:
            assert KEY.encode() not in file.read(), name


def test_locked_keyring_is_not_asked_for_the_key():
    with Daemon():
        step('locked')
    with Daemon(PASSWORD):
        step('read')


def test_removed_key_is_gone():
    with Daemon(PASSWORD):
        step('clear')
    with Daemon(PASSWORD):
        step('empty')


def main():
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing:
        print(f'1..0 # SKIP {", ".join(missing)} not installed')
        return 0

    if 'TD_TEST_IN_SESSION' not in os.environ:
        with tempfile.TemporaryDirectory(prefix='tokendesk-keyring-') as home:
            run = os.path.join(home, 'run')
            os.mkdir(run, 0o700)
            environment = dict(os.environ, TD_TEST_IN_SESSION='1', HOME=home, XDG_RUNTIME_DIR=run,
                               XDG_DATA_HOME=os.path.join(home, 'data'))
            environment.pop('DBUS_SESSION_BUS_ADDRESS', None)
            environment.pop('DISPLAY', None)
            environment.pop('WAYLAND_DISPLAY', None)
            return subprocess.run(['dbus-run-session', '--', sys.executable, *sys.argv], env=environment).returncode

    tap.run(
        test_key_survives_a_restart,
        test_other_programs_find_it_where_the_desktop_keeps_keys,
        test_keyring_file_does_not_show_it,
        test_locked_keyring_is_not_asked_for_the_key,
        test_removed_key_is_gone,
    )


if __name__ == '__main__':
    sys.exit(main())
