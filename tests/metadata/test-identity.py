#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The names by which the desktop, D-Bus and Flatpak know the application agree, and so do its version's places.

Usage: test-identity.py SOURCE-ROOT BUILD-ROOT BASE-ID APP-ID VERSION
"""

import configparser
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))
import tap

ROOT, BUILD, BASE_ID, APP_ID, VERSION = sys.argv[1:]
SVG = '{http://www.w3.org/2000/svg}'


def read(*path):
    with open(os.path.join(*path), encoding='utf-8') as file:
        return file.read()


def key_file(name):
    parser = configparser.ConfigParser(interpolation=None, delimiters=('=',))
    parser.optionxform = str
    parser.read_string(read(BUILD, 'data', name))
    return parser


def metainfo():
    return ElementTree.fromstring(read(BUILD, 'data', APP_ID + '.metainfo.xml'))


def test_desktop_file_and_service_name_the_application():
    entry = key_file(APP_ID + '.desktop')['Desktop Entry']
    service = key_file(APP_ID + '.service')['D-BUS Service']
    assert entry['Icon'] == APP_ID, entry['Icon']
    assert entry['DBusActivatable'] == 'true', 'not activated by D-Bus'
    assert service['Name'] == APP_ID, service['Name']
    # D-Bus starts what the desktop file starts, from a full path.
    program = entry['Exec'].split()[0]
    assert service['Exec'].startswith('/') and service['Exec'].split()[0].endswith('/' + program), service['Exec']


def test_devel_build_is_told_apart_by_name():
    name = key_file(APP_ID + '.desktop')['Desktop Entry']['Name']
    assert name == ('TokenDesk' if APP_ID == BASE_ID else 'TokenDesk (Development)'), name


def test_translations_reach_the_desktop():
    with open(os.path.join(ROOT, 'po', 'LINGUAS'), encoding='utf-8') as file:
        languages = [line.strip() for line in file if line.strip() and not line.startswith('#')]
    entry = key_file(APP_ID + '.desktop')['Desktop Entry']
    summaries = [summary.get('{http://www.w3.org/XML/1998/namespace}lang', '') for summary in metainfo().iter('summary')]
    for language in languages:
        assert entry.get('Comment[%s]' % language), 'the desktop file says nothing in ' + language
        # zh_CN has become zh-CN or zh-Hans-CN there, depending on the version of gettext.
        assert any(re.split('[-_]', summary)[0] == language.split('_')[0] for summary in summaries), \
            'the metainfo file says nothing in %s: %s' % (language, summaries)


def test_metainfo_points_at_the_desktop_file():
    component = metainfo()
    assert component.findtext('id') == APP_ID
    assert component.findtext("launchable[@type='desktop-id']") == APP_ID + '.desktop'


def test_icons_are_there_in_the_sizes_of_the_theme():
    for path, side in (('scalable/apps/%s.svg' % BASE_ID, '128'), ('scalable/apps/%s.Devel.svg' % BASE_ID, '128'),
                       ('symbolic/apps/%s-symbolic.svg' % BASE_ID, '16')):
        icon = ElementTree.fromstring(read(ROOT, 'data/icons/hicolor', path))
        assert icon.tag == SVG + 'svg', path
        assert (icon.get('width'), icon.get('height')) == (side, side), path
        assert icon.get('viewBox') == '0 0 %s %s' % (side, side), path


def test_symbolic_icon_has_one_colour_and_fills_only():
    # The desktop recolours it by its fills; a stroke would become a blot.
    icon = read(ROOT, 'data/icons/hicolor/symbolic/apps/%s-symbolic.svg' % BASE_ID)
    assert 'stroke' not in icon
    assert len(set(re.findall(r'fill="([^"]+)"', icon))) == 1


def test_screenshots_are_files_of_the_repository():
    images = [image.text for image in metainfo().iter('image')]
    assert 3 <= len(images) <= 6, images
    for image in images:
        assert '/v%s/' % VERSION in image, image
        path = os.path.join(ROOT, 'docs/screenshots', os.path.basename(image))
        assert os.path.exists(path), path + ' is missing: build-aux/screenshots makes it'


def test_manifest_is_the_one_of_this_application():
    manifest = json.loads(read(ROOT, BASE_ID + '.json'))
    assert manifest['id'] == BASE_ID
    assert manifest['runtime'] == 'org.gnome.Platform' and manifest['sdk'] == 'org.gnome.Sdk'
    assert manifest['command'] == key_file(APP_ID + '.desktop')['Desktop Entry']['Exec'].split()[0]


def test_manifest_asks_for_no_more_than_is_needed():
    # The whole list: a window, graphics, and the requests people ask for. Files and keys come through portals.
    allowed = {'--share=ipc', '--share=network', '--socket=wayland', '--socket=fallback-x11', '--device=dri'}
    asked = json.loads(read(ROOT, BASE_ID + '.json'))['finish-args']
    assert set(asked) == allowed and len(asked) == len(allowed), asked


def release_manifest(tag, commit):
    return subprocess.run([sys.executable, os.path.join(ROOT, 'build-aux/release-manifest'), tag, commit],
                          capture_output=True, text=True, check=False)


def test_manifest_of_a_release_names_tag_and_commit():
    commit = '0123456789abcdef' * 2 + '01234567'
    made = release_manifest('v' + VERSION, commit)
    assert made.returncode == 0, made.stderr
    release, here = json.loads(made.stdout), json.loads(read(ROOT, BASE_ID + '.json'))
    source, = release['modules'][0].pop('sources')
    assert (source['type'], source['tag'], source['commit']) == ('git', 'v' + VERSION, commit), source
    assert re.fullmatch(r'https://\S+\.git', source['url']), source
    # In all else a release is what developers build.
    del here['modules'][0]['sources']
    assert release == here and list(release) == list(here), made.stdout


def test_manifest_of_a_release_refuses_another_version():
    for tag, commit in (('v0.0.0', 'a' * 40), ('v' + VERSION, 'a' * 39), ('v' + VERSION, 'main')):
        made = release_manifest(tag, commit)
        assert made.returncode != 0 and not made.stdout, (tag, commit, made.stdout)


def test_version_is_the_same_everywhere():
    release = metainfo().find('releases/release')
    assert release.get('version') == VERSION, 'metainfo: ' + release.get('version')
    news = re.match(r'(\S+) \((\d{4}-\d\d-\d\d)\)\n', read(ROOT, 'NEWS'))
    assert news, 'NEWS does not begin with "VERSION (DATE)"'
    assert news.groups() == (VERSION, release.get('date')), 'NEWS: %s %s' % news.groups()


def test_news_and_release_notes_say_the_same():
    def points(items):
        return [' '.join(item.split()).rstrip('.') for item in items]

    # The file as it was written: the built one carries the translations too.
    source = ElementTree.fromstring(re.sub(r'@\w+@', '0', read(ROOT, 'data', BASE_ID + '.metainfo.xml.in.in')))
    notes = points(item.text for item in source.find('releases/release').iter('li'))
    first = re.split(r'\n(?=\d+\.)', read(ROOT, 'NEWS'))[0]
    news = points(re.findall(r'^- (.*(?:\n  .*)*)', first, flags=re.MULTILINE))
    assert notes == news, 'metainfo: %s\nNEWS: %s' % (notes, news)


tap.run(test_desktop_file_and_service_name_the_application,
        test_devel_build_is_told_apart_by_name,
        test_translations_reach_the_desktop,
        test_metainfo_points_at_the_desktop_file,
        test_icons_are_there_in_the_sizes_of_the_theme,
        test_symbolic_icon_has_one_colour_and_fills_only,
        test_screenshots_are_files_of_the_repository,
        test_manifest_is_the_one_of_this_application,
        test_manifest_asks_for_no_more_than_is_needed,
        test_manifest_of_a_release_names_tag_and_commit,
        test_manifest_of_a_release_refuses_another_version,
        test_version_is_the_same_everywhere,
        test_news_and_release_notes_say_the_same)
