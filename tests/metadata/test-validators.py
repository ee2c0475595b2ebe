#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's own validators over what the build made; their warnings are errors.

Usage: test-validators.py DESKTOP-FILE METAINFO-FILE SCHEMA-FOLDER
"""

import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))
import tap

DESKTOP_FILE, METAINFO_FILE, SCHEMA_FOLDER = sys.argv[1:]


def validate(*command):
    """Runs a validator; returns what it printed. Fails unless it ended with 0."""
    if not shutil.which(command[0]):
        raise tap.Skip(command[0] + ' is not installed')
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert result.returncode == 0, '%s ended with %d:\n%s' % (' '.join(command), result.returncode, result.stdout)
    return result.stdout


def test_desktop_file_is_valid():
    printed = validate('desktop-file-validate', '--no-hints', DESKTOP_FILE)
    assert not printed, printed


def test_metainfo_is_valid():
    printed = validate('appstreamcli', 'validate', '--no-net', '--explain', '--pedantic', '--strict', METAINFO_FILE)
    # Capital letters are what GNOME names its applications with; nothing else may be complained about.
    complaints = [line for line in printed.splitlines()
                  if re.match('[EWIP]: ', line) and 'cid-contains-uppercase-letter' not in line]
    assert not complaints, printed


def test_schema_is_valid():
    validate('glib-compile-schemas', '--strict', '--dry-run', SCHEMA_FOLDER)


tap.run(test_desktop_file_is_valid, test_metainfo_is_valid, test_schema_is_valid)
