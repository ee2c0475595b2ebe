# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop session for the Flatpak: an installation of its own, the portals, a keyring, and a network that counts.

Runs inside build-aux/with-display, which brings the X server, the D-Bus session and an empty home.
"""

import fcntl
import http.server
import os
import pathlib
import socket
import struct
import subprocess
import threading

from driver import DEADLINE, Application, xdotool

APP = 'com.example.TokenDesk'
HOME = pathlib.Path(os.environ['HOME'])
# What the application sees as its home's data.
DATA = HOME / '.var/app' / APP / 'data'


def can_unshare():
    """Enters a network of its own, where nothing but this test is. Returns whether the machine allows it."""
    user, group = os.getuid(), os.getgid()
    try:
        if user == 0:
            os.unshare(os.CLONE_NEWNET)
        else:
            os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
            pathlib.Path('/proc/self/setgroups').write_text('deny', encoding='ascii')
            pathlib.Path('/proc/self/uid_map').write_text(f'{user} {user} 1', encoding='ascii')
            pathlib.Path('/proc/self/gid_map').write_text(f'{group} {group} 1', encoding='ascii')
    except OSError:
        return False
    # ifconfig lo up
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, 0x8914, struct.pack('16sh', b'lo', 0x1 | 0x40))
    return True


def traffic():
    """How often something in this network opened a connection, sent a datagram, or had no way to where it wanted to go."""
    counters = {}
    lines = [line.split() for line in pathlib.Path('/proc/self/net/snmp').read_text(encoding='ascii').splitlines()]
    for names, values in zip(lines[::2], lines[1::2]):
        counters.update({names[0] + name: int(value) for name, value in zip(names[1:], values[1:])})
    for line in pathlib.Path('/proc/self/net/snmp6').read_text(encoding='ascii').splitlines():
        name, value = line.split()
        counters[name] = int(value)
    return {name: counters[name] for name in ('Tcp:ActiveOpens', 'Udp:OutDatagrams', 'Ip:OutNoRoutes',
                                              'Udp6OutDatagrams', 'Ip6OutNoRoutes')}


class Installation:
    """A Flatpak installation that nobody else has; the runtime comes from the one at RUNTIME."""

    def __init__(self, runtime, repository):
        self.repository = repository
        self.environment = {
            'FLATPAK_USER_DIR': str(HOME.parent / 'flatpak'),
            'FLATPAK_SYSTEM_DIR': runtime,
            'FLATPAK_CONFIG_DIR': str(HOME.parent / 'flatpak-config'),
        }
        os.environ.update(self.environment)

    @staticmethod
    def flatpak(*arguments, **options):
        return subprocess.run(['flatpak', *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=DEADLINE * 2, check=False, **options)

    def do(self, *arguments):
        result = self.flatpak(*arguments)
        assert result.returncode == 0, f'flatpak {" ".join(arguments)}: {result.stdout}'
        return result.stdout

    def install(self):
        self.do('--user', 'remote-add', '--no-gpg-verify', 'built', self.repository)
        self.do('--user', 'install', '--noninteractive', '--no-deps', '--no-related', 'built', APP)

    def sh(self, script):
        """Runs SCRIPT in the sandbox; returns what it printed."""
        return self.do('run', '--command=sh', APP, '-c', script)


class Portals:
    """The Secret portal with gnome-keyring behind it, and no other: there is nobody to choose files."""

    def __enter__(self):
        config = HOME / '.config/xdg-desktop-portal/portals.conf'
        config.parent.mkdir(parents=True)
        config.write_text('[preferred]\ndefault=none\norg.freedesktop.impl.portal.Secret=gnome-keyring\n', encoding='utf-8')
        self.keyring = subprocess.Popen(['gnome-keyring-daemon', '--foreground', '--components=secrets', '--unlock'],
                                        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.keyring.stdin.write(b'a password of the tests')
        self.keyring.stdin.close()
        subprocess.run(['gdbus', 'wait', '--session', '--timeout=60', 'org.freedesktop.secrets'], check=True)
        program = next(path for path in ('/usr/libexec/xdg-desktop-portal', '/usr/lib/xdg-desktop-portal')
                       if os.path.exists(path))
        self.portal = subprocess.Popen([program], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run(['gdbus', 'wait', '--session', '--timeout=60', 'org.freedesktop.portal.Desktop'], check=True)
        return self

    def __exit__(self, *_):
        for process in (self.portal, self.keyring):
            process.terminate()
            process.wait(DEADLINE)


class Service:
    """Stands in for a provider's service on this machine's own address; notes down what it is asked."""

    def __enter__(self):
        requests = self.requests = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                requests.append((self.path, self.headers.get('Authorization')))
                body = b'{"object": "list", "data": [{"id": "gpt-4", "object": "model", "created": 1, "owned_by": "openai"}]}'
                self.send_response(200)
                self.send_header('Content-Type', 'application/json')
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.HTTPServer(('127.0.0.1', 0), Handler)
        self.address = 'http://127.0.0.1:%d/v1' % self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()


class SandboxedApplication(Application):
    """TokenDesk started as the desktop starts it. Its process has another number inside than outside."""

    # GTK does without the portals that are not there, such as the one to choose files; libsecret still uses the one for keys.
    ENVIRONMENT = {'GSK_RENDERER': 'cairo', 'GDK_DEBUG': 'no-portals', 'GDK_DISABLE': 'vulkan'}

    def __init__(self, *arguments):
        super().__init__('flatpak', 'run', APP, *arguments)

    def is_mine(self, node):
        return 'tokendesk' in node.get_name().lower()

    def find_windows(self):
        return xdotool('search', '--onlyvisible', '--class', 'tokendesk')

    def kill(self):
        # What runs in the sandbox outlives the process that started it.
        if self.process.poll() is None:
            Installation.flatpak('kill', APP)
        super().kill()
