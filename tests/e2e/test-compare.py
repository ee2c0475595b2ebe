#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The comparison in the real window: the same numbers as the command line's, columns, filters, refreshed prices.

Usage: test-compare.py PROGRAM SOURCE-ROOT COMMAND-LINE-PROGRAM

The screen is so high that every row of the table is on it.
"""

import csv
import http.server
import io
import json
import os
import re
import shutil
import socketserver
import subprocess
import sys
import threading
from decimal import Decimal

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))
import tap
from driver import Application, Atspi, until

PROGRAM, ROOT, CLI = sys.argv[1:]
HOME = os.environ['HOME']
KEYFILE = os.path.join(HOME, '.config', 'glib-2.0', 'settings', 'keyfile')
OVERLAY = os.path.join(HOME, '.local', 'share', 'tokendesk', 'overlay.json')
TEXT = 'Hello, 我是刘志军. ' * 200

# The titles of the window's columns, and their names on the command line.
COLUMNS = {'Model': 'model', 'Vendor': 'vendor', 'Tokens': 'tokens', 'Input': 'input-cost', 'Output': 'output-cost',
           'Total': 'total-cost', 'Per 1,000': 'thousand-cost', 'Per Month': 'calls-cost', 'Calls': 'budget-calls',
           '× Base': 'ratio', 'Context': 'context-share', 'Window': 'context-window', 'Input/M': 'input-price',
           'Output/M': 'output-price', 'Released': 'released'}
ADDED = ('vendor', 'thousand-cost', 'context-window', 'input-price', 'output-price', 'released')


def settings(**values):
    """Sets what the next window finds, and forgets everything else."""
    os.makedirs(os.path.dirname(KEYFILE), exist_ok=True)
    with open(KEYFILE, 'w', encoding='utf-8') as file:
        file.write('[com/example/TokenDesk]\nwindow-width=1690\nwindow-height=3280\n')
        for name, value in values.items():
            file.write('%s=%s\n' % (name.replace('_', '-'), value))


def cli(*arguments):
    return subprocess.run([CLI, *arguments], input=TEXT, capture_output=True, text=True, check=True, timeout=60).stdout


def picture(desk, name):
    if 'TD_E2E_PICTURES' in os.environ:
        desk.picture(name)


def enter(desk, title, text):
    """Types into the entry of a dialog and takes it over."""
    entry = desk.find('dialog').find('text', title)
    for _ in range(50):
        if entry.has(Atspi.StateType.FOCUSED):
            break
        desk.key('Tab')
    desk.wait_for_focus(entry)
    desk.type(text)
    until(lambda: entry.text == text, lambda: '%s holds %s: %s' % (title, text, entry.text))
    desk.key('Return')


def close_dialog(desk):
    desk.find('dialog').find('button', 'Close').press()
    until(lambda: not any(desk.all('dialog')), 'the dialog is closed')


def open_menu(desk, name, *path):
    """Opens a menu of the panel and presses its items by their number: GTK gives them no name of their own."""
    desk.find('toggle button', name).press()
    for index in path:
        items = until(lambda: list(desk.find('menu').all('menu item')), 'the menu has items')
        items[index].press()


def names_shown(desk):
    return [row.name.split(', ')[0] for row in desk.find('tree table', 'Models').all('table row') if ', ' in row.name]


def read_table(desk):
    """The cells of the table as a screen reader has them: a dictionary of titles and texts for each row."""
    table = desk.find('tree table', 'Models')
    header, body = list(table.children())[:2]

    def in_order(cells):
        # From left to right, which is not the order in which they were made.
        return [cell.name for _, cell in sorted(((cell.extents().x, cell) for cell in cells), key=lambda pair: pair[0])]

    titles = in_order(header.children())
    rows = []
    for row in body.children():
        cells = in_order(row.children())
        assert len(cells) == len(titles), (titles, cells)
        rows.append(dict(zip(titles, cells)))
        # The model's cell also holds buttons and marks; the row begins with its name.
        rows[-1]['Model'] = row.name.split(', ')[0]
    return titles, rows


def check_number(shown, exact, what):
    """Is SHOWN, as people read it, EXACT rounded half away from zero at its own last digit?"""
    if exact is None:
        assert shown == '—', (what, shown, exact)
        return
    digits = re.sub(r'[^0-9.-]', '', shown)
    assert digits, (what, shown, exact)
    value = Decimal(digits)
    scale = 100 if shown.endswith('%') else 1
    places = Decimal(1).scaleb(value.as_tuple().exponent)
    # JSON has six significant digits of a ratio, whose last is rounded itself.
    slack = abs(exact) * scale / 1000000 if '×' in shown or '%' in shown else 0
    if '.' not in digits and ('×' in shown or '%' in shown):
        places = max(places, Decimal(10) ** (len(digits) - (3 if '×' in shown else 2)))
    assert abs(exact * scale - value) <= places / 2 + slack, (what, shown, exact)


def compare_with_command_line(desk, *arguments):
    """Every cell of the table against JSON, CSV and Markdown of the same text and scenario. Returns the cells."""
    arguments = ('compare', '--models', 'all', *arguments)
    until(lambda: not any('…' in cell for row in read_table(desk)[1] for cell in row.values()), 'all is counted')
    exact = json.loads(cli(*arguments, '--format', 'json'), parse_float=Decimal, parse_int=Decimal)['models']
    lines = list(csv.DictReader(io.StringIO(cli(*arguments, '--format', 'csv'))))
    titles, rows = read_table(desk)
    names = [COLUMNS[title] for title in titles]
    markdown = cli(*arguments, '--format', 'markdown', '--columns', ','.join(names)).split('\n')[2:2 + len(exact)]
    by_name = {row['name']: (row, line, written.strip('| ').split(' | '))
               for row, line, written in zip(exact, lines, markdown)}
    assert len(rows) == len(exact) == len(by_name), (len(rows), len(exact), len(by_name))
    for row in rows:
        wanted, line, written = by_name[row['Model']]
        for title, name, text in zip(titles, names, written):
            what = '%s of %s' % (title, row['Model'])
            shown = row[title].replace('\u00a0', ' ')
            if name == 'total-cost' and 'ratio' not in names and ' ' in shown:
                # The multiple of the baseline stands below it where it has no column.
                shown, ratio = shown.split(' ')
                check_number(ratio, wanted['ratio'], what)
            if name != 'model':
                assert shown == text, (what, shown, text)
            field = 'input_tokens' if name == 'tokens' else name.replace('-', '_')
            if name not in ('model', 'vendor', 'released'):
                check_number(shown, wanted[field], what)
                in_csv = '' if wanted[field] is None else str(wanted[field])
                assert line[field] == in_csv, (what, line[field], in_csv)
    return {row['Model']: row for row in rows}


def start(path=None):
    if path is None:
        path = os.path.join(HOME, 'text.txt')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(TEXT)
    return Application(PROGRAM, path)


def test_every_cell_is_what_the_command_line_says():
    settings()
    with start() as desk:
        rows = compare_with_command_line(desk, '--output-tokens', '500')
        assert {'Tokens', 'Input', 'Output', 'Total', '× Base', 'Context'} <= set(rows['GPT-4 (8K)']), rows['GPT-4 (8K)']
        picture(desk, 'table')


def test_every_added_column_is_there_and_right():
    settings(compare_columns='{%s}' % ', '.join("'%s': true" % name for name in ADDED))
    with start() as desk:
        rows = compare_with_command_line(desk, '--output-tokens', '500')
        assert {COLUMNS[title] for title in rows['GPT-4 (8K)']} >= set(ADDED), rows['GPT-4 (8K)']


def test_a_whole_scenario_in_yuan():
    settings(currency="'CNY'", exchange_rates="{'CNY': ('6.9', '2023-04-18')}", expected_output_tokens='700',
             scenario_service="'batch'", scenario_cached_percent='40', scenario_cache_write_percent='50',
             scenario_reasoning_tokens='300', scenario_images='2', scenario_image_width='1024',
             scenario_image_height='768', scenario_calls='30', scenario_budget="'69'")
    with start() as desk:
        rows = compare_with_command_line(
            desk, '--currency', 'CNY', '--rate', '6.9', '--output-tokens', '700', '--batch', '--cached-share', '40%',
            '--cache-write-share', '50%', '--reasoning-tokens', '300', '--images', '2', '--image-size', '1024x768',
            '--calls', '30', '--budget', '69')
        assert {'Per Month', 'Calls'} <= set(rows['GPT-4o']), rows['GPT-4o']
        desk.find('label', '1 USD = 6.9 CNY, set on 18 Apr 2023')
        desk.find('label', 'Budget: CN¥69.00')
        desk.find('label',
                  re.compile('.*Batch · 40% cached · 50% written to the cache · 300 for reasoning · 2 images.*'))


def test_the_article_of_april_2023():
    global TEXT
    before, TEXT = TEXT, ' a' * 1000
    settings(currency="'CNY'", exchange_rates="{'CNY': ('6.9', '2023-04-19')}", expected_output_tokens='0')
    try:
        with start() as desk:
            desk.find('button', 'Scenario…').press()
            enter(desk, 'Prices on (empty: today)', '2023-04-19')
            picture(desk, 'scenario')
            close_dialog(desk)
            rows = compare_with_command_line(desk, '--on', '2023-04-19', '--currency', 'CNY', '--rate', '6.9')
            # 1,000 × $2 / 1,000,000 = $0.002; × 6.9 = CN¥0.0138; GPT-4 15 times as much, the large one 30 times
            assert (rows['GPT-3.5 Turbo']['Tokens'], rows['GPT-3.5 Turbo']['Total']) == ('1,000', 'CN¥0.0138'), rows
            assert (rows['GPT-4 (8K)']['Total'], rows['GPT-4 (8K)']['× Base']) == ('CN¥0.207', '15×'), rows['GPT-4 (8K)']
            assert rows['GPT-4 32K']['× Base'] == '30×', rows['GPT-4 32K']
            assert rows['GPT-4o']['Total'] == '—', rows['GPT-4o']
            shown = [row.name for row in desk.find('tree table', 'Models').all('table row')]
            assert any(name.startswith('GPT-4o, ') and 'Not until 13 May 2024' in name for name in shown), shown
            desk.find('label', re.compile('Prices as of .*'))
            desk.find('label', 'Prices on 19 Apr 2023')
            picture(desk, 'april')
    finally:
        TEXT = before


def test_columns_are_chosen_and_remembered():
    settings()
    with start() as desk:
        assert 'Vendor' not in read_table(desk)[0]
        # The second item of the menu leads to the columns; after the way back the first of them is the vendor.
        open_menu(desk, 'Comparison Menu', 1)
        until(lambda: any(item.has(Atspi.StateType.CHECKED) for item in desk.find('menu').all('menu item')),
              'the columns can be chosen')
        items = list(desk.find('menu').all('menu item'))
        picture(desk, 'columns')
        items[1].press()
        until(lambda: 'Vendor' in read_table(desk)[0], lambda: 'the vendor is shown: %s' % read_table(desk)[0])
    with start() as desk:
        until(lambda: 'Vendor' in read_table(desk)[0], 'the vendor is still shown')


def test_filters_are_those_of_the_command_line():
    settings(pinned_models='@as []')
    with start() as desk:
        until(lambda: len(names_shown(desk)) > 40, 'all models are shown')
        desk.find('toggle button', 'Search and Filter').press()
        open_menu(desk, re.compile('Filter|Choose Which Models Are Shown'), 0)
        picture(desk, 'filter')
        wanted = {row['name'] for row in json.loads(cli('compare', '--available', '--format', 'json'))['models']}
        # The baseline stays, whatever is left out.
        until(lambda: set(names_shown(desk)) - {'GPT-3.5 Turbo'} == wanted - {'GPT-3.5 Turbo'},
              lambda: 'those that can be called: %s' % (set(names_shown(desk)) ^ wanted))


class Lists(http.server.BaseHTTPRequestHandler):
    """A price list, or whatever ANSWER says instead."""

    FEED = json.dumps([{'id': 'openai', 'name': 'OpenAI', 'models': [
        {'id': 'gpt-5.6-sol', 'match': {'equals': 'gpt-5.6-sol'}, 'prices': {'input_mtok': 3.5, 'output_mtok': 200}},
        {'id': 'gpt-9-nova', 'match': {'equals': 'gpt-9-nova'}, 'prices': {'input_mtok': 1, 'output_mtok': 2}}]}])
    PRICE = '[{"id": "openai", "models": [{"id": "a", "match": {"equals": "a"}, "prices": {"input_mtok": %s}}]}]'
    ANSWERS = {
        'html': '<!DOCTYPE html><script>alert(1)</script>',
        'truncated': FEED[:150],
        'negative': PRICE % '-1',
        'huge number': PRICE % ('9' * 400),
        'not a number': PRICE % 'NaN',
        'twice': '[{"id": "openai", "id": "openai", "models": []}]',
        'deep': '[' * 100000 + ']' * 100000,
        'huge': '[' + ' ' * 5000000 + ']',
        'name of markup': FEED.replace('gpt-9-nova', '<b>gpt</b>'),
        'redirect': '',
    }
    # What the window says of them.
    REASONS = {'html': 'not valid JSON', 'truncated': 'not complete', 'negative': 'below 0', 'huge number': 'absurdly high',
               'not a number': 'not valid JSON', 'twice': '“id” stands in it twice', 'deep': 'nested too deeply',
               'huge': 'too large', 'name of markup': 'no name, or one that no model can have',
               'redirect': 'must not be followed'}
    answer = 'good'
    statuses = []

    def do_GET(self):
        body = self.ANSWERS.get(self.answer, self.FEED).encode()
        if self.answer == 'redirect':
            self.send_response(302)
            self.send_header('Location', 'http://example.com/prices.json')
            body = b''
        elif self.answer == 'good' and self.headers['If-None-Match'] == '"v1"':
            self.send_response(304)
            body = b''
        else:
            self.send_response(200)
            if self.answer == 'good':
                self.send_header('ETag', '"v1"')
        self.statuses.append(304 if b'' == body and self.answer == 'good' else 200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            # The program has seen enough.
            pass

    def log_message(self, *arguments):
        pass


def with_server(test):
    server = socketserver.ThreadingTCPServer(('127.0.0.1', 0), Lists)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    os.environ['GIO_USE_PROXY_RESOLVER'] = 'dummy'
    shutil.rmtree(os.path.join(HOME, '.cache', 'tokendesk'), ignore_errors=True)
    settings(price_feed_url="'http://127.0.0.1:%d/prices.json'" % server.server_address[1])
    try:
        with start() as desk:
            test(desk)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_hostile_answers_leave_the_catalogue_untouched():
    def test(desk):
        total = next(row for row in read_table(desk)[1] if row['Model'] == 'GPT-5.6 Sol')['Total']
        open_menu(desk, 'Comparison Menu', 4)
        dialog = desk.find('dialog')
        button = dialog.find('button', 'Fetch Price List')
        for answer in Lists.ANSWERS:
            Lists.answer = answer
            asked = len(Lists.statuses)
            button.press()
            until(lambda: len(Lists.statuses) > asked, lambda: answer + ' is asked for:\n' + dialog.outline())
            dialog.find('label', 'Prices Stay as They Are')
            reasons = [label.name for label in dialog.all('label') if label.name.endswith('.')]
            assert any(re.search(Lists.REASONS[answer], reason) for reason in reasons), (answer, reasons)
            button = dialog.find('button', 'Try Again')
            picture(desk, 'refresh-error')
        assert not os.path.exists(OVERLAY)
        close_dialog(desk)
        assert next(row for row in read_table(desk)[1] if row['Model'] == 'GPT-5.6 Sol')['Total'] == total

    with_server(test)


def test_prices_are_refreshed_accepted_and_undone():
    def open_dialog(desk):
        open_menu(desk, 'Comparison Menu', 4)
        desk.find('button', 'Fetch Price List').press()
        return desk.find('button', re.compile('Accept . Changes?'))

    def test(desk):
        Lists.answer = 'good'
        del Lists.statuses[:]
        accept = open_dialog(desk)
        picture(desk, 'refresh')
        # The output, ten times the old one, and the new model are not marked.
        assert accept.name == 'Accept 1 Change', accept.name
        boxes = {box.name.split(',')[0]: box for box in desk.find('dialog').all('check box')}
        assert len(boxes) == 3, list(boxes)
        assert not os.path.exists(OVERLAY)
        accept.press()
        until(lambda: not any(desk.all('dialog')), 'the dialog is closed')
        with open(OVERLAY, encoding='utf-8') as file:
            assert [(change['field'], change['new']) for change in json.load(file)['changes']] == [('input', '3.5')]
        desk.find('label', re.compile('Prices as of .*, 1 changed by you'))
        assert next(row for row in read_table(desk)[1] if row['Model'] == 'GPT-5.6 Sol')['Input'] == '$0.005604'

        # Again: the server says that nothing is new, and what was accepted is no change any more.
        accept = open_dialog(desk)
        assert Lists.statuses == [200, 304], Lists.statuses
        assert not any(box.name.startswith('GPT-5.6 Sol: Input') for box in desk.find('dialog').all('check box'))
        close_dialog(desk)

        open_menu(desk, 'Comparison Menu', 5)
        desk.find('dialog').find('button', re.compile('Undo Change, .*'))
        picture(desk, 'own-prices')
        desk.find('dialog').find('button', re.compile('Undo Change, .*')).press()
        until(lambda: not json.load(open(OVERLAY, encoding='utf-8'))['changes'], 'the change is undone')
        close_dialog(desk)
        desk.find('label', re.compile('Prices as of [^,]*'))
        compare_with_command_line(desk, '--output-tokens', '500')

    with_server(test)


tap.run(*[test for name, test in list(globals().items()) if name.startswith('test_')])
