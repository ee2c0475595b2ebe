#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The built Flatpak: installed, started in its sandbox, used, and taken away again.

Usage: test-flatpak.py SOURCE-ROOT VERSION

TOKENDESK_FLATPAK names the built repository and the installation that holds the runtime, separated by a colon.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))
import tap
from driver import Atspi, until, xdotool
from gi.repository import Gio, GLib
from sandbox import APP, DATA, HOME, Installation, Portals, SandboxedApplication, Service, can_unshare, traffic

ROOT, VERSION = sys.argv[1:]
NEEDED = ('flatpak', 'bwrap', 'xdg-dbus-proxy', 'gnome-keyring-daemon', 'gdbus', 'xdotool')
KEY = 'sk-test-of-the-sandbox-0123456789'
NAME = '我是刘志军'
# What every sandbox has, and graphics. Nothing that hears, sees or writes to disks.
DEVICES = {'console', 'core', 'dri', 'fd', 'full', 'null', 'ptmx', 'pts', 'random', 'shm', 'stderr', 'stdin', 'stdout', 'tty',
           'udmabuf', 'urandom', 'zero', 'kfd', 'mali', 'mali0', 'nvidia0', 'nvidiactl', 'nvidia-modeset', 'nvidia-uvm',
           'nvidia-uvm-tools', 'umplock'}

installation = None


def editor(desk):
    text = desk.find('text', 'Text')
    desk.wait_for_focus(text)
    return text


def number(desk, caption):
    return until(lambda: [label for label in desk.all('label', caption) if label.text != caption], 'a number beside ' + caption)[0]


def wait_for_tokens(desk, count):
    label = number(desk, 'Tokens')
    until(lambda: label.text == str(count), lambda: 'wanted %s tokens, got %s' % (count, label.text))


def wait_for_row(desk, model, part):
    row = desk.find('table row', re.compile(re.escape(model) + ', .*'))
    until(lambda: part in row.name, lambda: '%s: wanted "%s", got "%s"' % (model, part, row.name))


def test_the_command_line_inside_says_its_version():
    printed = installation.do('run', '--command=tokendesk-cli', APP, '--version')
    assert VERSION in printed, printed


def test_the_desktop_can_start_it():
    exports = pathlib.Path(os.environ['FLATPAK_USER_DIR']) / 'exports/share'
    desktop = (exports / 'applications' / (APP + '.desktop')).read_text(encoding='utf-8')
    assert re.search(r'^Exec=.*\bflatpak run .*' + APP, desktop, re.MULTILINE), desktop
    assert 'DBusActivatable=true' in desktop and 'Comment[zh_CN]=' in desktop, desktop
    service = (exports / 'dbus-1/services' / (APP + '.service')).read_text(encoding='utf-8')
    assert re.search(r'^Exec=.*\bflatpak run .*--gapplication-service', service, re.MULTILINE), service
    for icon in ('scalable/apps/%s.svg', 'symbolic/apps/%s-symbolic.svg'):
        assert (exports / 'icons/hicolor' / (icon % APP)).exists(), icon


def test_the_home_is_out_of_reach():
    secret = HOME / 'letter.txt'
    secret.write_text('not for it', encoding='utf-8')
    seen = installation.sh(f'cat {secret} 2> /dev/null; ls -A {HOME}; echo x > {HOME}/written && cat {HOME}/written')
    assert 'not for it' not in seen and seen.split() == ['.var', 'x'], seen
    assert not (HOME / 'written').exists(), 'the sandbox wrote into the home'
    # The machine's own system is not the sandbox's.
    assert installation.sh(f'test ! -e {ROOT}/meson.build && echo hidden').strip() == 'hidden'


def test_only_declared_devices_are_there():
    devices = set(installation.sh('ls /dev').split())
    assert devices <= DEVICES, 'besides what was declared: ' + ', '.join(sorted(devices - DEVICES))
    assert 'null' in devices, devices


def test_other_names_on_the_bus_are_out_of_reach():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    owned = bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'RequestName',
                          GLib.Variant('(su)', ('org.example.Foreign', 0)), None, Gio.DBusCallFlags.NONE, -1, None)
    assert owned.unpack() == (1,), owned
    assert 'org.freedesktop.secrets' in names(None), 'the keyring runs outside'
    seen = names(installation)
    assert not {'org.example.Foreign', 'org.freedesktop.secrets', 'org.gnome.keyring'} & seen, seen
    call = 'gdbus call --session --dest %s --object-path / --method org.freedesktop.DBus.Peer.Ping 2>&1; echo ended $?'
    for name in ('org.example.Foreign', 'org.freedesktop.secrets'):
        printed = installation.sh(call % name)
        assert 'ended 0' not in printed and ('ServiceUnknown' in printed or 'AccessDenied' in printed), printed
    # The same question to one who may be asked, so that a broken question does not pass for a refusal.
    assert 'ended 0' in installation.sh(call % 'org.freedesktop.portal.Desktop')
    assert installation.sh('test ! -e /run/dbus/system_bus_socket && echo hidden').strip() == 'hidden'


def names(inside):
    command = ('gdbus call --session --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus '
               '--method org.freedesktop.DBus.ListNames')
    printed = inside.sh(command) if inside else subprocess.run(command.split(), capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"'([a-z][^']*)'", printed))


def test_permissions_are_those_of_the_manifest():
    shown = installation.do('info', '--show-permissions', APP)
    wanted = {'shared': {'network', 'ipc'}, 'sockets': {'x11', 'wayland', 'fallback-x11'}, 'devices': {'dri'}}
    found = {key: set(filter(None, values.split(';'))) for key, values in re.findall(r'^(\S+)=(.*)$', shown, re.MULTILINE)}
    assert found == wanted, shown


def test_text_is_counted_and_compared_without_the_network():
    before = traffic()
    with SandboxedApplication() as desk:
        editor(desk)
        desk.type('Hello')
        wait_for_tokens(desk, 1)
        wait_for_row(desk, 'GPT-4 (8K)', ', 1 token, $0.03003,')
        desk.key('ctrl+a', 'BackSpace')
        desk.type(NAME)
        wait_for_tokens(desk, 4)
        wait_for_row(desk, 'GPT-3.5 Turbo', ', 7 tokens,')
    assert traffic() == before, 'nobody asked for this: %s, before %s' % (traffic(), before)


def test_a_file_is_opened_where_there_is_no_portal_to_choose_it():
    # What the application's own folder holds is all that its file chooser can show.
    DATA.mkdir(parents=True, exist_ok=True)
    path = DATA / 'letter.txt'
    path.write_text('Hello, world!\n', encoding='utf-8')
    with SandboxedApplication() as desk:
        text = editor(desk)
        desk.key('ctrl+o')
        desk.find(name='Open Text')
        # There is no window manager to give it the focus.
        window = until(lambda: xdotool('search', '--onlyvisible', '--name', 'Open Text'), 'the file chooser is on the screen')
        xdotool('windowfocus', '--sync', window.split()[0])
        desk.key('ctrl+l')
        entry = desk.find('dialog', 'Open Text').find('text')
        # In one go: what is typed is completed meanwhile.
        Atspi.EditableText.set_text_contents(entry.node, str(path))
        until(lambda: entry.text == str(path), lambda: 'the path is entered: ' + entry.text)
        desk.key('Return')
        until(lambda: text.text == 'Hello, world!\n', lambda: 'the file is shown: %r\n%s' % (text.text, desk.outline()))
        wait_for_tokens(desk, 4)


def test_a_key_is_kept_encrypted_and_used_only_where_it_belongs():
    with Service() as service:
        with SandboxedApplication() as desk:
            preferences(desk)
            enter(desk, 'text', 'Base URL', service.address)
            enter(desk, 'password text', 'API Key', KEY)
            desk.find('label', re.compile('In your keyring, for 127.0.0.1:.*'))
            desk.find('dialog', 'Preferences').find('button', 'Close').press()
        assert not service.requests, 'keeping a key asks nobody: %s' % service.requests
        kept = list((DATA / 'keyrings').iterdir())
        assert kept, 'the key is in no keyring of the application'
        for file in kept:
            assert KEY.encode() not in file.read_bytes(), str(file) + ' shows the key'

        before = traffic()
        with SandboxedApplication() as desk:
            preferences(desk)
            desk.find('label', re.compile('In your keyring, for 127.0.0.1:.*'))
            desk.find('button', 'Test Key').press()
            until(lambda: service.requests, lambda: 'the service is asked:\n' + desk.outline())
            desk.find('label', re.compile('.*works.*'))
        assert service.requests == [('/v1/models', 'Bearer ' + KEY)], service.requests
        opened = dict(before, **{'Tcp:ActiveOpens': before['Tcp:ActiveOpens'] + 1})
        assert traffic() == opened, 'one request, one connection: %s, before %s' % (traffic(), before)


def preferences(desk):
    editor(desk)
    desk.key('ctrl+comma')
    desk.find(re.compile('page tab|radio button|toggle button'), 'API Keys').press()


def enter(desk, role, name, text):
    field = desk.find(role, name)
    desk.click(field)
    desk.wait_for_focus(field)
    desk.key('ctrl+a')
    desk.type(text)
    desk.key('Return')


def test_settings_and_window_come_back():
    with SandboxedApplication() as desk:
        editor(desk)
        desk.find('radio button', 'GPT-3').press()
        desk.type(NAME)
        wait_for_tokens(desk, 9)
    with SandboxedApplication() as desk:
        editor(desk)
        desk.type(NAME)
        wait_for_tokens(desk, 9)


def test_uninstalled_it_leaves_nothing():
    installation.do('--user', 'uninstall', '--noninteractive', '--delete-data', APP)
    assert APP not in installation.do('--user', 'list', '--columns=application')
    assert not (HOME / '.var/app' / APP).exists(), 'its data is still there'
    left = [str(path) for path in (pathlib.Path(os.environ['FLATPAK_USER_DIR']) / 'exports').rglob('*' + APP + '*')]
    assert not left, left


def why_not():
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing:
        return ', '.join(missing) + ' not installed'
    if 'TOKENDESK_FLATPAK' not in os.environ:
        return 'build-aux/flatpak test builds the Flatpak and tests it'
    probe = subprocess.run(['bwrap', '--unshare-user', '--unshare-pid', '--ro-bind', '/', '/', '--proc', '/proc', 'true'],
                           stderr=subprocess.PIPE, text=True, check=False)
    if probe.returncode != 0 or not can_unshare():
        return 'user namespaces are not available here: ' + probe.stderr.strip()
    return None


def main():
    global installation
    reason = why_not()
    if reason:
        print('1..0 # SKIP ' + reason)
        return
    repository, runtime = os.environ['TOKENDESK_FLATPAK'].split(':')
    installation = Installation(runtime, repository)
    installation.install()
    with Portals():
        tap.run(test_the_command_line_inside_says_its_version, test_the_desktop_can_start_it, test_the_home_is_out_of_reach,
                test_only_declared_devices_are_there, test_other_names_on_the_bus_are_out_of_reach,
                test_permissions_are_those_of_the_manifest, test_text_is_counted_and_compared_without_the_network,
                test_a_file_is_opened_where_there_is_no_portal_to_choose_it,
                test_a_key_is_kept_encrypted_and_used_only_where_it_belongs, test_settings_and_window_come_back,
                test_uninstalled_it_leaves_nothing)


main()
