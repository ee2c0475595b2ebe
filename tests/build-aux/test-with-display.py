# SPDX-License-Identifier: GPL-3.0-or-later
"""What build-aux/with-display gives to the program it runs, and what it leaves behind."""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import tap

PROGRAM = pathlib.Path(sys.argv[1], 'with-display')


def with_display(script, **variables):
    return subprocess.run([PROGRAM, 'bash', '-c', script], env={**os.environ, **variables}, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=False)


def test_the_status_is_the_programs():
    assert with_display('exit 0').returncode == 0
    assert with_display('exit 7').returncode == 7
    assert with_display('kill -SEGV $$').returncode == 128 + signal.SIGSEGV


def test_there_is_a_display_of_the_wanted_size():
    done = with_display('xdpyinfo', WITH_DISPLAY_SIZE='640x480', DISPLAY=':12345', WAYLAND_DISPLAY='wayland-0')
    assert done.returncode == 0, done.stderr
    assert 'dimensions:    640x480 pixels' in done.stdout, done.stdout


def test_there_is_a_bus_and_a_private_home():
    with tempfile.TemporaryDirectory() as home:
        done = with_display('''
          dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetId > /dev/null || exit 1
          stat -c %a "$XDG_RUNTIME_DIR"; echo "$HOME"; echo "${XDG_CONFIG_HOME-unset}"; echo "${WAYLAND_DISPLAY-unset}"''',
                            HOME=home, XDG_CONFIG_HOME=home, WAYLAND_DISPLAY='wayland-0')
        assert done.returncode == 0, done.stderr
        mode, new_home, config_home, wayland = done.stdout.split()
        assert mode == '700', mode
        assert new_home != home and (config_home, wayland) == ('unset', 'unset'), done.stdout
        assert not os.path.exists(new_home), 'the home was left behind'


def test_variables_of_the_test_reach_the_program_but_not_the_bus():
    done = with_display('''
      echo "$G_DEBUG"
      bus=$(dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / \\
              org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.DBus)
      tr '\\0' '\\n' < "/proc/${bus##* }/environ" | grep -c '^G_DEBUG=\\|^DISPLAY=' ''', G_DEBUG='fatal-warnings')
    # What is left is the display, which the services started from the bus need.
    assert done.stdout.split() == ['fatal-warnings', '1'], done.stdout + done.stderr


def test_two_at_once_do_not_meet():
    first = subprocess.Popen([PROGRAM, 'bash', '-c', 'echo "$DISPLAY $DBUS_SESSION_BUS_ADDRESS"; read -r _'],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    display, bus = first.stdout.readline().split()
    other = with_display('echo "$DISPLAY $DBUS_SESSION_BUS_ADDRESS"').stdout.split()
    first.communicate('\n')
    assert first.returncode == 0
    assert display != other[0] and bus != other[1], (display, bus, other)


def children(parent):
    """Names of the processes started by parent, by their numbers."""
    found = {}
    for status in pathlib.Path('/proc').glob('[0-9]*/status'):
        try:
            fields = dict(line.split(':\t', 1) for line in status.read_text().splitlines() if ':\t' in line)
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields['PPid']) == parent:
            found[int(fields['Pid'])] = fields['Name'].strip()
    return found


def test_nothing_is_left_after_it_was_terminated():
    with tempfile.TemporaryDirectory() as folder:
        running = subprocess.Popen([PROGRAM, 'bash', '-c', 'echo ready; exec sleep 1000'], stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, text=True, env={**os.environ, 'TMPDIR': folder})
        assert running.stdout.readline() == 'ready\n'
        started = children(running.pid)
        assert {'Xvfb', 'dbus-daemon'} < set(started.values()), started
        running.terminate()
        # The pipe is closed only when everything that inherited it is gone.
        running.communicate()
        assert running.returncode == 128 + signal.SIGTERM, running.returncode
        assert os.listdir(folder) == [], os.listdir(folder)
        # By process, as another test's server may have taken the number of ours the moment it was free.
        left = [name for process, name in started.items() if os.path.exists(f'/proc/{process}')]
        assert left == [], left


def test_without_a_program_it_explains_itself():
    done = subprocess.run([PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and done.stderr.startswith('Usage:'), done


tap.run(*[test for name, test in list(globals().items()) if name.startswith('test_')])
