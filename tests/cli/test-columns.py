#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The columns of tokendesk-cli: those of the window by their names there, in every format.

Usage: test-columns.py PROGRAM
"""

import json
import os
import re
import sys
from decimal import Decimal

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))
import tap
from program import NAME, bad, compare, good

# The columns of the window, then those of written reports only.
COLUMNS = ['model', 'vendor', 'tokens', 'input-cost', 'output-cost', 'total-cost', 'thousand-cost', 'calls-cost',
           'budget-calls', 'ratio', 'context-share', 'context-window', 'input-price', 'output-price', 'released',
           'cached-input-price', 'encoding', 'exactness', 'remarks']


def test_columns_are_chosen_in_every_format():
    scenario = ['--models', 'gpt-4,gpt-6-sol,claude-sonnet-5', '--on', '2026-11-24', '--calls', '30', '--budget', '5']
    everything = compare(*scenario, text=NAME)['models']
    chosen = compare(*scenario, '--columns', ','.join(COLUMNS), text=NAME)['models']
    fields = [name.replace('-', '_') if name != 'tokens' else 'input_tokens' for name in COLUMNS]
    for whole, row in zip(everything, chosen):
        assert list(row) == fields, row
        # The same numbers, under the same names.
        assert {name: row[name] for name in fields[:-1]} == {name: whole[name] for name in fields[:-1]}
    assert [row['remarks'] for row in chosen] == ['shut-down last-price', '', ''], chosen
    assert good('compare', *scenario, '--columns', 'total-cost, model', '--format', 'csv', text=NAME) == \
        'total_cost,model\n0.00021,gpt-4\n0.000008,gpt-6-sol\n,claude-sonnet-5\n'
    markdown = good('compare', *scenario, '--columns', 'released,tokens', '--format', 'markdown', text=NAME)
    assert markdown.startswith('| Released | Tokens |\n|---:|---:|\n| 14 Mar 2023 | 7 |\n| 22 Sep 2026 | ≈ 4 |\n'), markdown
    table = good('compare', *scenario, '--columns', 'model,calls-cost,budget-calls', text=NAME)
    # 30 x 0.00021 = 0.0063; 5 / 0.00021 = 23,809.5
    assert re.search(r'^Model +30 calls +Calls for \$5\.00\ngpt-4 +\$0\.0063 +23809\n', table), table


def test_columns_of_models_are_those_without_a_text():
    day = ['models', '--on', '2026-11-24', '--vendor', 'deepseek']
    wanted = [name for name in COLUMNS if name not in (
        'tokens', 'input-cost', 'output-cost', 'total-cost', 'thousand-cost', 'calls-cost', 'budget-calls', 'ratio',
        'context-share')]
    found = json.loads(good(*day, '--columns', ','.join(wanted), '--format', 'json'), parse_float=Decimal)['models']
    assert found == [{
        'model': 'deepseek-v4-flash', 'vendor': 'deepseek', 'context_window': 1000000, 'input_price': Decimal('0.22'),
        'output_price': Decimal('0.66'), 'released': None, 'cached_input_price': Decimal('0.007'), 'encoding': None,
        'exactness': 'not-bundled', 'remarks': 'time-of-day'}], found
    assert good(*day, '--columns', 'model,input-price', '--format', 'csv') == \
        'model,input_price\ndeepseek-v4-flash,0.22\n'
    assert good(*day, '--columns', 'input-price,model').startswith('Input/M  Model\n  $0.22  deepseek-v4-flash\n')
    assert good(*day, '--format', 'markdown').startswith('| Model | Vendor | Encoding | Window |')
    assert good(*day, '--format', 'csv').startswith('model,vendor,encoding,context_window,input_price,')
    assert 'compare' in bad(2, *day, '--columns', 'model,tokens')


def test_columns_that_cannot_be():
    err = bad(2, 'compare', '--columns', 'model,colour')
    assert 'colour' in err and all(name in err for name in COLUMNS), err
    for names in ('', 'model,', 'total_cost', 'Model', 'model,model'):
        bad(2, 'compare', '--columns', names)
        bad(2, 'models', '--columns', names)
    assert '--calls' in bad(2, 'compare', '--columns', 'calls-cost')
    assert '--budget' in bad(2, 'compare', '--columns', 'budget-calls')
    for command in ('compare', 'models'):
        assert '\nColumns: model, vendor, ' in good(command, '--help'), command


tap.run(*[test for name, test in list(globals().items()) if name.startswith('test_')])
