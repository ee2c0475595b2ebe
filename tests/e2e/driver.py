# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real program as a person would: finds controls by what a screen reader says of them, presses real keys.

Runs inside build-aux/with-display, which brings the X server, the D-Bus session and an empty home.
"""

import functools
import os
import re
import signal
import subprocess
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib

# What no wait may exceed. Nothing sleeps for it: a wait ends as soon as its condition holds.
DEADLINE = 60
# GTK 4.24 says this of its own frame clock on a busy X server; the program has no part in it.
NOT_OURS = r'gdk_frame_timings_submitted\(\) called on submitted frame'


def until(condition, what):
    """Returns the first true value of CONDITION, which is asked again every twentieth of a second."""
    context = GLib.MainContext.default()
    end = time.monotonic() + DEADLINE
    ticks = []
    source = GLib.timeout_add(50, lambda: ticks.append(True) or GLib.SOURCE_CONTINUE)
    try:
        while True:
            try:
                value = condition()
            except GLib.Error:
                # The control went away between being found and being asked.
                value = None
            if value:
                return value
            if time.monotonic() > end:
                raise AssertionError('waited %d s in vain: %s' % (DEADLINE, what() if callable(what) else what))
            # What the program reports meanwhile is taken note of, but is no reason to ask again at once.
            ticks.clear()
            while not ticks:
                context.iteration(True)
    finally:
        GLib.source_remove(source)


def matches(text, wanted):
    return text is not None and (wanted.fullmatch(text) if isinstance(wanted, re.Pattern) else text == wanted)


class Control:
    """One node of the accessible tree."""

    def __init__(self, node):
        self.node = node

    @property
    def name(self):
        return self.node.get_name()

    @functools.cached_property
    def role(self):
        return self.node.get_role_name()

    @property
    def text(self):
        return Atspi.Text.get_text(self.node, 0, -1)

    def has(self, state):
        return self.node.get_state_set().contains(state)

    @property
    def showing(self):
        return self.has(Atspi.StateType.SHOWING)

    def children(self):
        for index in range(self.node.get_child_count()):
            child = self.node.get_child_at_index(index)
            if child is not None:
                yield Control(child)

    def walk(self, showing):
        """This node and those below it; with SHOWING what hangs under a hidden node is passed over."""
        yield self
        # A row has said all that its cells say.
        for child in self.children() if self.role != 'table row' else ():
            try:
                if not showing or child.showing:
                    yield from child.walk(showing)
            except GLib.Error:
                # It went away meanwhile.
                continue

    def all(self, role=None, name=None, showing=True):
        for control in self.walk(showing):
            try:
                if (role is None or matches(control.role, role)) and (name is None or matches(control.name, name)):
                    yield control
            except GLib.Error:
                continue

    def find(self, role=None, name=None, showing=True):
        """Waits for a control; ROLE and NAME are texts or patterns that match as a whole."""
        return until(lambda: next(self.all(role, name, showing), None),
                     lambda: 'a %s named %s in\n%s' % (role or 'control', name, self.outline()))

    def outline(self):
        """What can be found, for the message of a search that failed."""
        lines = []

        def add(control, depth):
            try:
                if control.name or control.has(Atspi.StateType.FOCUSABLE):
                    lines.append('%s%s "%s"' % ('  ' * depth, control.role, control.name))
                    depth += 1
                for child in control.children() if control.role != 'table row' else ():
                    add(child, depth)
            except GLib.Error:
                pass

        add(self, 0)
        return '\n'.join(lines)

    def extents(self):
        return self.node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)

    def press(self):
        """What a click or the space bar does."""
        action = self.node.get_action_iface()
        assert action is not None and action.get_n_actions() > 0, '%s "%s" cannot be pressed' % (self.role, self.name)
        assert action.do_action(0), '%s "%s" refused to be pressed' % (self.role, self.name)


class Application(Control):
    """A running TokenDesk with its first window."""

    # What the program finds in its environment besides what the test has.
    ENVIRONMENT = {
        'GSETTINGS_BACKEND': 'keyfile',
        'GSK_RENDERER': 'cairo',
        'GDK_DEBUG': 'no-portals',
        'GDK_DISABLE': 'vulkan',
        'GTK_A11Y': 'atspi',
    }

    def __init__(self, program, *arguments):
        self.log = open(os.path.join(os.environ['HOME'], 'stderr.log'), 'w+', encoding='utf-8')
        self.process = subprocess.Popen([program, *arguments], env=dict(os.environ, **self.ENVIRONMENT), stderr=self.log)
        desktop = Atspi.get_desktop(0)
        # The program's own word every time: a remembered answer may be of before the last key press.
        desktop.set_cache_mask(Atspi.Cache.NONE)

        def mine():
            assert self.process.poll() is None, 'the program ended with %s:\n%s' % (self.process.returncode, self.errors())
            for index in range(desktop.get_child_count()):
                child = desktop.get_child_at_index(index)
                if child is not None and self.is_mine(child):
                    child.set_cache_mask(Atspi.Cache.NONE)
                    return child
            return None

        try:
            super().__init__(until(mine, 'the program appears on the accessibility bus'))
            self.window = self.find('frame')
            self._focus_window()
        except BaseException:
            self.kill()
            raise

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            if kind is None:
                self.quit()
            elif 'TD_E2E_PICTURES' in os.environ:
                self.picture('failed')
        finally:
            self.kill()

    def is_mine(self, node):
        """Is NODE, one of the programs on the accessibility bus, the one that was started?"""
        return node.get_process_id() == self.process.pid

    def find_windows(self):
        """The X windows of the program, one number a line."""
        return xdotool('search', '--onlyvisible', '--pid', str(self.process.pid))

    def _focus_window(self):
        """There is no window manager to do it."""
        found = until(self.find_windows, 'the window is on the screen')
        self.xid = found.split()[0]
        xdotool('windowfocus', '--sync', self.xid)
        until(lambda: self.window.has(Atspi.StateType.ACTIVE), 'the window is active')

    def click(self, control):
        """Clicks into the middle of CONTROL with the mouse."""
        # Both are told from the same origin, which is not the corner of the window.
        frame, box = self.window.extents(), control.extents()
        xdotool('mousemove', '--sync', '--window', self.xid,
                str(box.x - frame.x + box.width // 2), str(box.y - frame.y + box.height // 2))
        xdotool('click', '1')

    def wait_for_focus(self, control):
        until(lambda: control.has(Atspi.StateType.FOCUSED), '%s "%s" has the focus' % (control.role, control.name))

    def resize(self, width, height):
        xdotool('windowsize', '--sync', self.xid, str(width), str(height))

    def key(self, *names):
        for name in names:
            xdotool('key', '--clearmodifiers', name)

    def type(self, text):
        """Types TEXT; what a keyboard does not have goes in by its number, as GTK offers it."""
        for part in re.findall(r'[ -~]+|[^ -~]', text):
            if part.isascii() and part.isprintable():
                xdotool('type', '--delay', '1', part)
            elif part == '\n':
                self.key('Return')
            else:
                self.key('ctrl+shift+u')
                xdotool('type', '--delay', '1', '%x ' % ord(part))

    def errors(self):
        """What the program has written to its error output."""
        self.log.flush()
        with open(self.log.name, encoding='utf-8') as file:
            return file.read()

    def picture(self, name):
        folder = os.environ['TD_E2E_PICTURES']
        subprocess.run(['import', '-window', 'root', os.path.join(folder, name + '.png')], check=True)

    def quit(self):
        """Leaves by the keyboard, without saving; fails on a bad status or on anything the program complained of."""
        # An open dialog takes the keys of its window.
        while any(self.all('dialog')):
            self.key('Escape')
            until(lambda: not any(self.all('dialog')), 'Escape closes the dialog')
        self.key('ctrl+q')

        def gone():
            if self.process.poll() is None:
                for button in self.all('button', 'Discard'):
                    button.press()
            return self.process.poll() is not None

        until(gone, lambda: 'Ctrl+Q ends the program:\n' + self.outline())
        status = self.process.returncode
        assert status == 0, 'the program ended with %d:\n%s' % (status, self.errors())
        complaints = [line for line in self.errors().splitlines()
                      if re.search('WARNING|CRITICAL|ERROR', line) and not re.search(NOT_OURS, line)]
        assert not complaints, '\n'.join(complaints)

    def kill(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        self.log.close()


def xdotool(*arguments):
    return subprocess.run(['xdotool', *arguments], check=False, capture_output=True, text=True, timeout=DEADLINE).stdout
