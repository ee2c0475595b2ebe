#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every visible string can be translated, and every listed language is complete.

Usage: test-translations.py SOURCE-ROOT
"""

import gettext
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))
import tap

ROOT = sys.argv[1]

# What makes a file one with visible strings, by the end of its name. Comments are taken out of C before.
MARKS = {
    '.c': r'\b(?:_|N_|C_|NC_|Q_|ngettext|gettext|g_dgettext|g_dngettext|g_dpgettext2?)\s*\(',
    '.h': r'\b(?:_|N_|C_|NC_|Q_|ngettext|gettext|g_dgettext|g_dngettext|g_dpgettext2?)\s*\(',
    '.ui': r'translatable="(?:yes|true|1)"',
    '.gschema.xml': r'gettext-domain=',
    '.gschema.xml.in': r'gettext-domain=',
    '.desktop.in.in': r'^Name=',
    '.metainfo.xml.in.in': r'<name>',
}
# The keywords of meson's preset for GLib programs.
KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dgettext:2', 'g_dcgettext:2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3']


def require(*programs):
    for program in programs:
        if not shutil.which(program):
            raise tap.Skip(program + ' is not installed')


def lines_of(name):
    with open(os.path.join(ROOT, 'po', name), encoding='utf-8') as file:
        return [line.strip() for line in file if line.strip() and not line.startswith('#')]


def with_visible_strings():
    """The files under src/ and data/ that hold text for people, relative to the root."""
    found = set()
    for top in ('data', 'src'):
        for folder, _, names in os.walk(os.path.join(ROOT, top)):
            for name in names:
                for end, mark in MARKS.items():
                    if not name.endswith(end):
                        continue
                    path = os.path.join(folder, name)
                    with open(path, encoding='utf-8') as file:
                        text = file.read()
                    if end in ('.c', '.h'):
                        text = re.sub(r'/\*.*?\*/|//[^\n]*|^\s*#\s*define[^\n]*', '', text, flags=re.DOTALL | re.MULTILINE)
                    if re.search(mark, text, flags=re.MULTILINE):
                        found.add(os.path.relpath(path, ROOT))
    return found


def extract(folder):
    """The template of all strings, made anew from the sources; returns its path."""
    pot = os.path.join(folder, 'tokendesk.pot')
    subprocess.run(['xgettext', '--from-code=UTF-8', '--add-comments', '--output=' + pot, '--directory=' + ROOT,
                    '--files-from=' + os.path.join(ROOT, 'po', 'POTFILES')]
                   + ['--keyword=' + keyword for keyword in KEYWORDS],
                   check=True, capture_output=True, text=True)
    return pot


def test_every_file_with_visible_strings_is_listed():
    listed, found = set(lines_of('POTFILES')), with_visible_strings()
    assert found, 'no file with visible strings was found: the search is broken'
    assert found <= listed, 'not listed in po/POTFILES: ' + ', '.join(sorted(found - listed))
    gone = [path for path in sorted(listed) if not os.path.exists(os.path.join(ROOT, path))]
    assert not gone, 'listed in po/POTFILES but not there: ' + ', '.join(gone)


def test_no_string_is_cut_in_two_by_a_macro():
    # xgettext reads the text up to a macro like G_GINT64_FORMAT and drops the rest; only the PRI ones are known to it.
    cut = []
    for path in sorted(with_visible_strings()):
        if path.endswith('.c'):
            with open(os.path.join(ROOT, path), encoding='utf-8') as file:
                cut += ['%s: %s' % (path, found.group()) for found in re.finditer(
                    r'\b(?:_|N_|C_|ngettext)\s*\(\s*(?:"(?:[^"\\]|\\.)*"\s*)+(?!PRI)[A-Z]\w+', file.read())]
    assert not cut, '\n'.join(cut)


def test_lists_are_sorted():
    for name in ('POTFILES', 'LINGUAS'):
        lines = lines_of(name)
        assert lines == sorted(set(lines)), 'po/%s is not sorted or names something twice' % name


def test_every_language_is_well_formed():
    require('msgfmt')
    for language in lines_of('LINGUAS'):
        result = subprocess.run(['msgfmt', '--check', '--check-accelerators=_', '--output-file=' + os.devnull,
                                 os.path.join(ROOT, 'po', language + '.po')],
                                capture_output=True, text=True)
        assert result.returncode == 0 and not result.stderr, result.stderr


def test_every_language_is_complete():
    require('xgettext', 'msgmerge', 'msgattrib')
    with tempfile.TemporaryDirectory() as folder:
        pot = extract(folder)
        for language in lines_of('LINGUAS'):
            merged = os.path.join(folder, language + '.po')
            subprocess.run(['msgmerge', '--quiet', '--output-file=' + merged,
                            os.path.join(ROOT, 'po', language + '.po'), pot], check=True)
            for kind in ('--untranslated', '--only-fuzzy'):
                left = subprocess.run(['msgattrib', kind, '--no-obsolete', '--no-wrap', merged],
                                      check=True, capture_output=True, text=True).stdout
                # The first entry is the header, which msgattrib prints beside anything else.
                ids = re.findall(r'^msgid (.+(?:\n".*)*)', left, flags=re.MULTILINE)[1:]
                assert not ids, '%s, %s: %d\n%s' % (language, kind.strip('-'), len(ids), '\n'.join(ids))


def test_the_trial_language_is_longer_and_keeps_what_programs_read():
    require('msgfmt')
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ('in.po', 'in.mo', 'out.mo')]
        with open(paths[0], 'w', encoding='utf-8') as file:
            file.write('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
                       'msgid "Save %s in <b>_File</b>\\n"\nmsgstr "x\\n"\n\n'
                       'msgctxt "menu"\nmsgid "Open"\nmsgstr "x"\n\n'
                       'msgid "%u token"\nmsgid_plural "%u tokens"\nmsgstr[0] "x"\n')
        subprocess.run(['msgfmt', '--endianness=' + sys.byteorder, '--output-file=' + paths[1], paths[0]], check=True)
        subprocess.run([sys.executable, os.path.join(ROOT, 'build-aux/pseudo-locale'), *paths[1:]], check=True)
        with open(paths[2], 'rb') as file:
            language = gettext.GNUTranslations(file)
    assert language.gettext('Save %s in <b>_File</b>\n') == '[Šààvéé %s îñ <b>_Fîléé</b>]\n'
    assert language.pgettext('menu', 'Open') == '[Öpééñ]'
    assert language.ngettext('%u token', '%u tokens', 1) == '[%u töökééñ]'
    assert language.ngettext('%u token', '%u tokens', 2) == '[%u töökééñš]'


tap.run(test_every_file_with_visible_strings_is_listed, test_no_string_is_cut_in_two_by_a_macro, test_lists_are_sorted,
        test_every_language_is_well_formed, test_every_language_is_complete,
        test_the_trial_language_is_longer_and_keeps_what_programs_read)
