#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tokendesk-cli, from outside: what it prints, what it exits with.

Usage: test-cli.py PROGRAM MANUAL
"""

import csv
import http.server
import io
import json
import os
import re
import shutil
import signal
import socketserver
import subprocess
import sys
import tempfile
import threading
from decimal import Decimal

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))
import tap
from program import FOLDER, NAME, PROGRAM, bad, compare, good, rows, run, write

MANUAL = sys.argv[2]


# Counting ------------------------------------------------------------------------------------------------------------

def test_count_prints_the_number_alone():
    for encoding, count in [('r50k_base', 9), ('gpt2', 9), ('p50k_base', 9), ('p50k_edit', 9), ('cl100k_base', 7),
                            ('o200k_base', 4), ('o200k_harmony', 4)]:
        assert good('count', '--encoding', encoding, text=NAME) == '%d\n' % count, encoding
    for model, count in [('davinci', 9), ('gpt-3.5-turbo', 7), ('gpt-4-0613', 7), ('GPT-4', 7), ('gpt-4o', 4),
                         ('gpt-4.1-mini-2025-04-14', 4), ('ft:gpt-4o:me', 4), ('gpt-oss-20b', 4)]:
        assert good('count', '--model', model, text=NAME) == '%d\n' % count, model
    assert good('count', text=NAME) == '4\n', 'today\'s encoding without a wish'
    assert good('count', '-', text=NAME) == '4\n'
    assert good('count', text='') == '0\n'
    assert good('count', write('name.txt', NAME)) == '4\n'


def test_count_lists_several_files_with_their_sum():
    first, second = write('first.txt', NAME), write('second file.txt', 'Hello, world!')
    assert good('count', '-e', 'cl100k_base', first, second) == ' 7 %s\n 4 %s\n11 total\n' % (first, second)
    assert good('count', first, '-', text='hi') == '4 %s\n1 -\n5 total\n' % first


def test_count_goes_on_after_a_file_that_cannot_be_read():
    first, broken = write('first.txt', NAME), write('broken.txt', b'ab\xff')
    status, out, err = run('count', first, broken, FOLDER.name + '/none', FOLDER.name)
    assert status == 1
    assert out.decode() == '4 %s\n4 total\n' % first
    assert err.count('\n') == 3, err
    assert 'No such file' in err and 'Is a directory' in err and 'position 2' in err, err


def test_any_bytes_of_utf8_are_text():
    text = b'\xef\xbb\xbfa\0b\r\nc\r\xf0\x9f\x91\x8d\n\n'
    ids = good('encode', text=text)
    assert run('decode', text=ids.encode())[1] == text
    assert int(good('count', text=text)) == ids.count('\n')


def test_bad_utf8_is_a_sentence_with_its_position():
    for text, position in [(b'\xff', 0), (b'ab\xe6\x88', 2), (b'ab\xed\xa0\x80', 2),
                           (b'x' * 70000 + b'\xc0\xaf', 70000)]:
        for command in (['count'], ['encode'], ['encode', '--format', 'json'], ['encode', '--format', 'text'],
                        ['compare']):
            err = bad(1, *command, text=text)
            assert 'standard input' in err and 'UTF-8' in err and 'position %d,' % position in err, err


def test_an_assumed_encoding_is_said():
    for model in ('gpt-6-sol', 'gpt-7'):
        status, out, err = run('count', '--model', model, text=NAME)
        assert (status, out) == (0, b'4\n')
        assert '≈' in err and 'o200k_base' in err, err


def test_models_without_an_encoding_are_not_counted_wrongly():
    assert 'Anthropic' in bad(1, 'count', '--model', 'claude-sonnet-5', text=NAME)


# Encoding ------------------------------------------------------------------------------------------------------------

def test_encode_ids_are_one_a_line():
    assert good('encode', '--format', 'ids', '--encoding', 'cl100k_base', text=NAME) == \
        '37046\n21043\n6701\n246\n78228\n13828\n249\n'
    assert good('encode', '-m', 'gpt-4o', text=NAME) == '176389\n49058\n31044\n21623\n'
    assert good('encode', text='') == ''


def test_encode_json_carries_id_bytes_and_positions():
    text = NAME + ' "a\\b"\t\x01 👨‍👩‍👧'
    tokens = json.loads(good('encode', '--format', 'json', '--encoding', 'cl100k_base', text=text))
    assert [token['id'] for token in tokens[:7]] == [37046, 21043, 6701, 246, 78228, 13828, 249]
    data = text.encode()
    assert b''.join(bytes(token['bytes']) for token in tokens) == data
    end = 0
    for token in tokens:
        assert token['start'] == end
        end = token['end']
        assert bytes(token['bytes']) == data[token['start']:end]
        try:
            assert token['text'] == bytes(token['bytes']).decode()
        except UnicodeDecodeError:
            assert token['text'] is None
    assert end == len(data)
    assert json.loads(good('encode', '--format', 'json', text='')) == []


def test_encode_writes_what_other_programs_read():
    assert json.loads(good('encode', '--format', 'list', '-m', 'gpt-4o', text=NAME)) == [176389, 49058, 31044, 21623]
    rows = good('encode', '--format', 'csv', '-e', 'cl100k_base', text='Hi, "x"').splitlines()
    assert rows[:2] == ['index,id,start,end,bytes,text', '0,13347,0,2,48 69,"Hi"']
    assert '| `Hi` | 13347 | 48 69 |' in good('encode', '--format', 'markdown', '-e', 'cl100k_base', text='Hi')
    page = good('encode', '--format', 'html', '-e', 'cl100k_base', text='a<b')
    assert page.startswith('<!DOCTYPE html>') and 'a<b' not in page and '&lt;' in page


def test_encode_text_shows_the_split():
    assert good('encode', '--format', 'text', '-e', 'cl100k_base', text='Hello, world!') == 'Hello│,│ world│!\n'
    assert good('encode', '--format', 'text', '-e', 'cl100k_base', text='刘') == '\\xE5\\x88│\\x98\n'
    assert '↵\n' in good('encode', '--format', 'text', text='a\nb')


def test_special_tokens_are_text_unless_allowed():
    text = 'a<|endoftext|>'
    assert good('encode', '-e', 'cl100k_base', '--allow-special', text=text) == '64\n100257\n'
    plain = good('encode', '-e', 'cl100k_base', text=text).split()
    assert '100257' not in plain and len(plain) > 2
    assert good('count', '-e', 'cl100k_base', '--allow-special', text=text) == '2\n'
    assert good('count', '-e', 'cl100k_base', text=text) == '%d\n' % len(plain)


# Decoding ------------------------------------------------------------------------------------------------------------

def test_decode_gives_the_bytes_back():
    for text in ('', NAME, 'Hello, world!\n', '\0\r\n👍'):
        for encoding in ('r50k_base', 'cl100k_base', 'o200k_base'):
            ids = good('encode', '-e', encoding, text=text)
            assert good('decode', '--encoding', encoding, text=ids) == text
    assert run('decode', '-e', 'cl100k_base', text='[6701, 246,\n  78228]')[1].decode() == '刘志'
    assert run('decode', '-e', 'cl100k_base', text='6701')[1] == b'\xe5\x88'
    assert good('decode', '-e', 'cl100k_base', text='100257') == '<|endoftext|>'


def test_decode_refuses_what_is_no_token():
    assert '100256' in bad(1, 'decode', '-e', 'cl100k_base', text='64 100256 65')
    for text in ('-1', '12a', '1.5', '0x10', '99999999999999999999', '4294967295', 'a', '"1"'):
        bad(1, 'decode', text=text)


# Conversations -------------------------------------------------------------------------------------------------------

CHAT = json.dumps([{'role': 'system', 'content': 'Hello, world!'}, {'role': 'user', 'name': '你好', 'content': NAME}])


def test_chat_counts_message_by_message():
    # 4 + 7 tokens of text; 2 x (3 + 1) + (2 + 1) around the messages, 3 for the answer.
    told = json.loads(good('chat', '--model', 'gpt-4', '--format', 'json', text=CHAT))
    assert (told['total'], told['text'], told['overhead'], told['exactness']) == (25, 11, 14, 'exact'), told
    assert [(row['role'], row['text'], row['overhead']) for row in told['messages']] == \
        [('system', 4, 4), ('user', 7, 7)], told
    assert good('chat', '-m', 'gpt-4', '-f', 'total', write('chat.json', CHAT)) == '25\n'
    assert good('chat', '-m', 'gpt-3.5-turbo-0301', '-f', 'total', text=CHAT) == '25\n'
    assert good('chat', '-f', 'total', text=CHAT) == '21\n'
    table = good('chat', '-m', 'gpt-4', text=CHAT)
    assert '25 tokens for GPT-4' in table and NAME in table and 'cookbook' in table, table
    rows = list(csv.DictReader(io.StringIO(good('chat', '-m', 'gpt-4', '-f', 'csv', text=CHAT))))
    assert [row['total'] for row in rows] == ['8', '14'] and rows[1]['name'] == '你好', rows


def test_chat_says_what_is_an_estimate():
    status, out, err = run('chat', '-m', 'gpt-5', '-f', 'total', text=CHAT)
    assert (status, out) == (0, b'21\n') and '≈' in err, err
    image = '[{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://example.com/a"}}]}]'
    status, out, err = run('chat', '-f', 'total', text=image)
    assert (status, out) == (0, b'7\n') and '≥' in err, err
    assert '≥ 7 tokens' in good('chat', text=image)


def test_chat_renders_harmony():
    rendered = good('chat', '--format', 'harmony', text=CHAT)
    assert rendered == '<|start|>system<|message|>Hello, world!<|end|><|start|>user:你好<|message|>%s<|end|>' \
        '<|start|>assistant\n' % NAME
    count = good('count', '-e', 'o200k_harmony', '--allow-special', text=rendered[:-1])
    assert good('chat', '-m', 'gpt-oss-20b', '-f', 'total', text=CHAT) == count
    assert 'gpt-oss' in bad(2, 'chat', '-f', 'harmony', '-m', 'gpt-4', text=CHAT)


def test_chat_refuses_what_is_none():
    assert 'Message 2, “role”' in bad(1, 'chat', text='[{"role": "user", "content": ""}, {"content": ""}]')
    assert 'line 1' in bad(1, 'chat', text='[{')
    assert 'UTF-8' in bad(1, 'chat', text=b'["\xff"]')
    assert 'Claude' in bad(1, 'chat', '-m', 'claude-sonnet-5', text=CHAT)
    bad(1, 'chat', '-m', 'text-davinci-003', text=CHAT)
    bad(2, 'chat', '-m', 'nonsense', text=CHAT)
    bad(2, 'chat', 'a', 'b')


# Comparing -----------------------------------------------------------------------------------------------------------

def thousand_tokens(encoding):
    # " a" is one token everywhere.
    text = ' a' * 1000
    assert good('count', '-e', encoding, text=text) == '1000\n'
    return text


def test_the_article_of_april_2023():
    found = rows('--models', 'gpt-3.5-turbo,gpt-4,gpt-4-32k', '--on', '2023-04-19', '--currency', 'CNY', '--rate',
                 '6.9', text=thousand_tokens('cl100k_base'))
    # 1,000 x $2 / 1,000,000 = $0.002; x 6.9 = CNY 0.0138
    assert found['gpt-3.5-turbo']['total_cost'] == Decimal('0.0138')
    # 1,000 x $30 / 1,000,000 x 6.9 = CNY 0.207, 15 times as much; the large one 30 times
    assert found['gpt-4']['total_cost'] == Decimal('0.207')
    assert found['gpt-4']['ratio'] == 15
    assert found['gpt-4-32k']['ratio'] == 30
    table = good('compare', '--models', 'gpt-3.5-turbo,gpt-4', '--on', '2023-04-19',
                 text=thousand_tokens('cl100k_base'))
    assert '$0.002 ' in table and '15×' in table, table


def test_compare_counts_as_each_model_does():
    found = rows('--models', 'davinci,gpt-4,gpt-4o,gpt-6-sol,claude-sonnet-5,gpt-7', text=NAME)
    assert [found[model]['input_tokens'] for model in ('davinci', 'gpt-4', 'gpt-4o', 'gpt-6-sol')] == [9, 7, 4, 4]
    assert [row['exactness'] for row in found.values()] == \
        ['exact', 'exact', 'exact', 'assumed', 'remote-only', 'assumed']
    assert found['claude-sonnet-5']['input_tokens'] is None
    assert found['claude-sonnet-5']['total_cost'] is None
    assert found['gpt-7']['input_tokens'] == 4 and found['gpt-7']['total_cost'] is None


def test_compare_by_default():
    found = list(rows())
    assert found[:2] == ['gpt-3.5-turbo', 'gpt-4']
    assert len(found) > 2 and len(set(found)) == len(found)
    then = list(rows('--on', '2023-04-19'))
    assert then[:2] == ['gpt-3.5-turbo', 'gpt-4'] and 'gpt-4-32k' in then and 'gpt-4o' not in then
    assert len(rows('--models', 'all')) == len(json.loads(good('models', '--format', 'json'))['models'])


def test_compare_marks_what_could_not_be_had_on_a_day():
    found = rows('--models', 'gpt-3.5-turbo,gpt-4o,gpt-6-sol', '--on', '2026-11-01')
    assert found['gpt-3.5-turbo']['availability'] == 'shut-down'
    assert found['gpt-3.5-turbo']['flags'] == 'last-price'
    found = rows('--models', 'gpt-6-sol', '--on', '2023-04-19')
    assert found['gpt-6-sol']['availability'] == 'not-yet-released' and found['gpt-6-sol']['total_cost'] is None


def test_compare_computes_scenarios():
    text = thousand_tokens('o200k_base')
    day = ['--models', 'gpt-5', '--on', '2026-11-01', '--output-tokens', '200']
    # GPT-5: 1.25 in, 0.125 cached, 10 out. 1,000 x 1.25 + 200 x 10 = 3,250 millionths
    assert rows(*day, text=text)['gpt-5']['total_cost'] == Decimal('0.00325')
    # half of that
    assert rows(*day, '--batch', text=text)['gpt-5']['total_cost'] == Decimal('0.001625')
    # 600 x 1.25 + 400 x 0.125 + 200 x 10 = 750 + 50 + 2,000 = 2,800
    for share in ('0.4', '40%'):
        assert rows(*day, '--cached-share', share, text=text)['gpt-5']['total_cost'] == Decimal('0.0028')
    # 10,000 x 0.00325 = 32.5; 10 / 0.00325 = 3,076.9
    row = rows(*day, '--calls', '10000', '--budget', '10', text=text)['gpt-5']
    assert row['calls_cost'] == Decimal('32.5') and row['budget_calls'] == 3076
    # 800 more to reason: 1,000 x 1.25 + 1,000 x 10
    assert rows(*day, '--reasoning-tokens', '800', text=text)['gpt-5']['total_cost'] == Decimal('0.01125')
    # an answer half as long: 1,000 x 1.25 + 500 x 10 = 6,250; and three times as long: 1,250 + 30,000
    day = ['--models', 'gpt-5', '--on', '2026-11-01']
    for ratio, cost in (('0.5', '0.00625'), ('50%', '0.00625'), ('3', '0.03125')):
        assert rows(*day, '--output-ratio', ratio, text=text)['gpt-5']['total_cost'] == Decimal(cost)
    # GPT-6.1 Terra keeps all of it for 30 minutes or 12 hours: 1,000 x 1.25, 1,000 x 2.50
    write_all = ['--models', 'gpt-6.1-terra', '--on', '2026-11-24', '--cache-write-share', '1']
    assert rows(*write_all, text=text)['gpt-6.1-terra']['total_cost'] == Decimal('0.00125')
    assert rows(*write_all, '--cache-write-long', text=text)['gpt-6.1-terra']['total_cost'] == Decimal('0.0025')
    # a budget in the currency that is shown: 69 / 6.9 = 10 dollars
    day += ['--output-tokens', '200']
    row = rows(*day, '--budget', '69', '--currency', 'CNY', '--rate', '6.9', text=text)['gpt-5']
    assert row['budget_calls'] == 3076 and row['budget'] == 69
    # DeepSeek V4 Flash without input: 1,000 x 0.66, twice that at 01:00 UTC on a Tuesday
    day = ['--models', 'deepseek-v4-flash', '--output-tokens', '1000', '--on', '2026-11-24']
    assert rows(*day)['deepseek-v4-flash']['output_cost'] == Decimal('0.00066')
    assert rows(*day, '--time', '01:00')['deepseek-v4-flash']['output_cost'] == Decimal('0.00132')


def test_compare_estimates_images():
    found = rows('--models', 'gpt-4o,gpt-4.1-mini,gpt-4', '--image-size', '1024x1024', '--images', '2', '--on',
                 '2026-10-01', text='')
    # four tiles: 2 x (85 + 4 x 170) = 1,530; 1,024 patches: 2 x 1,024 x 1.62, rounded up, = 3,318; no formula for GPT-4
    assert found['gpt-4o']['input_tokens'] == found['gpt-4o']['image_tokens'] == 1530
    assert found['gpt-4.1-mini']['image_tokens'] == 3318
    assert found['gpt-4']['image_tokens'] is None and found['gpt-4']['total_cost'] is None
    assert found['gpt-4o']['flags'] == 'images'
    table = good('compare', '--models', 'gpt-4o', '--image-size', '1024x1024', '--on', '2026-10-01', text='')
    assert '≈ 765' in table and 'images estimated' in table, table


def test_compare_with_another_baseline():
    found = rows('--models', 'gpt-4', '--baseline', 'gpt-4-32k', '--on', '2023-04-19')
    assert found['gpt-4']['ratio'] == Decimal('0.5')


def test_csv_and_json_say_the_same_in_every_locale():
    arguments = ['--models', 'gpt-4o,claude-sonnet-5', '--on', '2026-11-01', '--output-tokens', '1000']
    for locale in ('C.UTF-8', 'en_US.UTF-8', 'zh_CN.UTF-8'):
        env = {'LC_ALL': locale}
        text = ' a' * 1500
        table = list(csv.DictReader(io.StringIO(good('compare', '--format', 'csv', *arguments, text=text, env=env))))
        objects = json.loads(good('compare', '--format', 'json', *arguments, text=text, env=env), parse_float=str,
                             parse_int=str)['models']
        assert len(table) == len(objects) == 2
        for line, row in zip(table, objects):
            assert line == {name: value if value is not None else '' for name, value in row.items()}, locale
        # 1,500 x 2.5 / 1,000,000 = 0.00375
        assert table[0]['input_cost'] == '0.00375', locale


def test_markdown_is_a_table():
    lines = good('compare', '--format', 'markdown', '--models', 'gpt-3.5-turbo,gpt-4', text=NAME).split('\n')
    assert lines[0].startswith('| Model |') and set(lines[1]) <= set('|-:')
    assert {line.count('|') - 1 for line in lines[:4]} == {lines[0].count('|') - 1}
    assert lines[2].startswith('| gpt-3.5-turbo | 7 | ')


def test_the_table_says_what_it_is_based_on():
    table = good('compare', '--currency', 'CNY', '--rate', '7.1', '--rate-date', '2026-11-20', '--on',
                 '2026-11-24', text=NAME)
    for part in ('24 Nov 2026', '23 Nov 2026', '1 USD = 7.1 CNY on 20 Nov 2026', '≈', '—', 'shut down 23 Oct 2026'):
        assert part in table, part
    assert not [line for line in table.split('\n') if 'gpt-4 ' in line and '$' in line]


# Models --------------------------------------------------------------------------------------------------------------

def test_models_table():
    table = good('models', '--on', '2023-04-19')
    line = next(line for line in table.split('\n') if line.startswith('gpt-4 '))
    assert '$30.00' in line and '$60.00' in line and 'cl100k_base' in line, line
    line = next(line for line in table.split('\n') if line.startswith('gpt-6-sol '))
    assert '≈ o200k_base' in line and '$' not in line and 'not released before' in line, line


def test_models_json_has_all_there_is():
    document = json.loads(good('models', '--format', 'json', '--on', '2023-07-01'), parse_float=Decimal)
    models = {model['id']: model for model in document['models']}
    turbo = models['gpt-3.5-turbo']
    assert len(turbo['prices']) == 3
    assert (turbo['price']['input'], turbo['price']['output']) == (Decimal('1.5'), 2)
    assert turbo['price']['cached_input'] is None
    assert turbo['availability'] == 'available' and models['gpt-4o']['availability'] == 'not-yet-released'
    assert models['gpt-5']['prices'][0]['batch'] == \
        {'basis': 'half', 'input': Decimal('0.625'), 'cached_input': Decimal('0.0625'), 'cache_write': None,
         'cache_write_long': None, 'output': 5}
    assert models['gpt-5.5']['prices'][0]['long_context']['above'] == 272000
    assert models['deepseek-v4-flash']['prices'][1]['hours'][0]['days'] == ['mon', 'tue', 'wed', 'thu', 'fri']
    for model in models.values():
        for key in model['sources'] + [key for period in model['prices'] for key in period['sources']]:
            assert document['sources'][key]['text']


# Filters and order ---------------------------------------------------------------------------------------------------

DAY = ('--on', '2026-11-24')


def names(*arguments, text=NAME):
    return [row['model'] for row in compare(*DAY, *arguments, text=text)['models']]


def test_filters_are_those_of_the_window():
    everything = compare(*DAY, '--models', 'all', text=NAME)['models']
    listed = {model['id']: model for model in
              json.loads(good('models', '--format', 'json', *DAY), parse_float=Decimal)['models']}

    def expected(wanted):
        return [row['model'] for row in everything if wanted(row, listed[row['model']])]

    def price(model):
        return (model['price'] or {}).get('input')

    assert names('--vendor', 'Anthropic') == expected(lambda row, model: row['vendor'] == 'anthropic') != []
    assert names('--vendor', 'deepseek') == expected(lambda row, model: row['vendor'] == 'deepseek') != []
    assert names('--available') == expected(lambda row, model: row['availability'] == 'available') != []
    assert names('--exact') == expected(lambda row, model: row['exactness'] == 'exact') != []
    assert names('--min-context', '1000000') == \
        expected(lambda row, model: (row['context_window'] or 0) >= 1000000) != []
    # At least the first and less than the second; what is not known is in no range.
    assert names('--available', '--price-range', '0.5-2') == \
        expected(lambda row, model: row['availability'] == 'available' and row['input_price'] is not None and
                 Decimal('0.5') <= row['input_price'] < 2) != []
    assert names('--search', 'SONNET anthropic') == ['claude-sonnet-5']
    assert names('--search', 'gpt-4-0613') == ['gpt-4'], 'other names count'
    assert names('--search', 'no such model') == []
    # Among those that are named.
    assert names('--models', 'gpt-4,claude-sonnet-5,gpt-4o', '--vendor', 'openai') == ['gpt-4', 'gpt-4o']
    assert re.findall(r'^deepseek\S*', good('models', *DAY, '--vendor', 'deepseek'), re.M) == ['deepseek-v4-flash']


def test_sorting_puts_the_unknown_last():
    for column, field in [('total-cost', 'total_cost'), ('input-price', 'input_price'), ('ratio', 'ratio'),
                          ('context-window', 'context_window'), ('tokens', 'input_tokens'), ('released', 'released')]:
        for direction in ([], ['--descending']):
            values = [row[field] for row in compare(*DAY, '--models', 'all', '--sort', column, *direction,
                                                    text=NAME)['models']]
            known = [value for value in values if value is not None]
            assert values[:len(known)] == known, (column, direction, 'the unknown is last')
            assert known == sorted(known, reverse=bool(direction)), (column, direction)
    assert names('--models', 'gpt-4,gpt-4o', '--sort', 'model', '--descending') == ['gpt-4o', 'gpt-4']
    table = good('models', *DAY, '--vendor', 'openai', '--available', '--sort', 'input-price')
    assert table.index('\ntext-embedding-3-small ') < table.index('\ngpt-5-nano ') < table.index('\ngpt-4o '), table


def test_prices_stand_beside_the_costs():
    # 1,000 calls of 4 tokens at $2.5, without an answer: 1000 × 4 × 2.5 / 10⁶ = 0.01
    row = rows(*DAY, '--models', 'gpt-4o', text=NAME)['gpt-4o']
    assert (row['input_price'], row['cached_input_price'], row['output_price'], row['thousand_cost']) == \
        (Decimal('2.5'), Decimal('1.25'), 10, Decimal('0.01'))


# Refreshing ----------------------------------------------------------------------------------------------------------

FEED = json.dumps([
    {'id': 'openai', 'name': 'OpenAI', 'models': [
        {'id': 'gpt-5.6-sol', 'match': {'equals': 'gpt-5.6-sol'}, 'prices': {'input_mtok': 3.5, 'output_mtok': 200}},
        {'id': 'gpt-9-nova', 'match': {'equals': 'gpt-9-nova'}, 'prices': {'input_mtok': 1, 'output_mtok': 2}}]},
    {'id': 'anthropic', 'name': 'Anthropic', 'models': [
        {'id': 'claude-sonnet-5', 'match': {'equals': 'claude-sonnet-5'}, 'prices': [
            {'prices': {'input_mtok': 2, 'output_mtok': 10}},
            {'constraint': {'start_date': '2026-09-01'}, 'prices': {'input_mtok': 3, 'output_mtok': 15}}]}]}])


class Lists(http.server.BaseHTTPRequestHandler):
    """A price list, and answers that are none."""

    def do_GET(self):
        body = {'/good': FEED, '/html': '<html>', '/cut': FEED[:200], '/huge': '[' + ' ' * 5000000 + ']',
                '/hostile': '[{"id": "openai", "models": [{"id": "a", "prices": {"input_mtok": -1}}]}]'}.get(self.path)
        self.send_response(200 if body else 404)
        self.end_headers()
        self.wfile.write((body or '').encode())

    def log_message(self, *arguments):
        pass


def test_refresh():
    server = socketserver.ThreadingTCPServer(('127.0.0.1', 0), Lists)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = 'http://127.0.0.1:%d' % server.server_address[1]
    data = os.path.join(FOLDER.name, 'refresh')
    env = {'XDG_DATA_HOME': data, 'XDG_CACHE_HOME': os.path.join(FOLDER.name, 'cache'),
           'GIO_USE_PROXY_RESOLVER': 'dummy'}
    overlay = os.path.join(data, 'tokendesk', 'overlay.json')

    def price():
        line = re.search(r'^gpt-5.6-sol .*', good('models', env=env), re.M).group()
        return re.search(r'\$(\S+)', line).group(1)

    try:
        # Only shown; what looks like a mistake, and what is older than ours, has no mark.
        out = good('models', 'refresh', '--url', address + '/good', env=env)
        assert '[x] GPT-5.6 Sol: Input  $4.00 → $3.50' in out, out
        assert '[ ] GPT-5.6 Sol: Output  $20.00 → $200.00' in out and 'look twice' in out, out
        assert '[ ] Claude Sonnet 5: Input  $2.00 → $3.00' in out and 'The list has this from' in out, out
        assert 'gpt-9-nova' not in out and '1 more model' in out, out
        assert 'gpt-9-nova' in good('models', 'refresh', '--new-models', '--url', address + '/good', env=env)
        assert not os.path.exists(overlay) and price() == '4.00'

        for path in ('/html', '/cut', '/huge', '/hostile', '/none'):
            bad(1, 'models', 'refresh', '--apply', '--url', address + path, env=env)
        # The address may come from --url as well as from the preferences.
        assert 'Check the address.' in bad(1, 'models', 'refresh', '--url', address + '/none', env=env)
        bad(1, 'models', 'refresh', '--apply', '--url', 'http://example.com/prices.json', env=env)
        assert not os.path.exists(overlay)

        assert '1 change was accepted' in good('models', 'refresh', '--apply', '--url', address + '/good', env=env)
        assert price() == '3.50'
        assert len(json.load(open(overlay))['changes']) == 1

        # A file that cannot be read is not written over.
        with open(overlay, 'w') as file:
            file.write('{')
        bad(1, 'models', 'refresh', '--apply', '--url', address + '/good', env=env)
        assert open(overlay).read() == '{'
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# Folders -------------------------------------------------------------------------------------------------------------

def project():
    folder = os.path.join(FOLDER.name, 'project')
    os.makedirs(os.path.join(folder, 'build'), exist_ok=True)
    for name, content in (('name.txt', NAME), ('hello.txt', 'Hello'), ('.gitignore', '/build/\n'),
                          ('build/out.txt', 'left out'), ('picture.png', b'\x89PNG\r\n\x1a\n\0\0')):
        write(os.path.join('project', name), content)
    return folder


def test_files_counts_a_folder_file_by_file():
    folder = project()
    table = [line.split() for line in good('files', '--model', 'gpt-4', '--sort', 'name', folder).splitlines()]
    assert [row[0] for row in table[1:5]] == ['project/.gitignore', 'project/hello.txt', 'project/name.txt', 'total'], table
    # GPT-4 takes $30 for a million tokens of input, and 8,192 of them at once.
    assert table[3][1:] == ['15', 'bytes', '7', '$0.00021', '0.085%'], table[3]
    found = list(csv.DictReader(io.StringIO(good('files', '-m', 'gpt-4', '-f', 'csv', folder))))
    assert [row['file'] for row in found] == ['project/name.txt', 'project/.gitignore', 'project/hello.txt'], found
    sizes = list(csv.DictReader(io.StringIO(good('files', '--sort', 'size', '-f', 'csv', folder))))
    assert [row['bytes'] for row in sizes] == ['15', '8', '5'], sizes
    report = json.loads(good('files', '-m', 'gpt-4', '-f', 'json', folder))
    assert report['total']['files'] == 3 and report['total']['bytes'] == 28, report
    assert report['total']['tokens'] == sum(entry['tokens'] for entry in report['files'])
    assert good('files', '-f', 'markdown', folder).startswith('| File')
    # The same as each file by itself.
    for entry in report['files']:
        path = os.path.join(FOLDER.name, entry['file'])
        assert good('count', '-m', 'gpt-4', path) == '%d\n' % entry['tokens'], entry


def test_files_tells_what_is_left_out():
    folder = project()
    status, out, err = run('files', '--left-out', folder)
    assert status == 0 and b'build' not in out and b'picture' not in out, (status, out)
    assert sorted(err.splitlines()) == ['tokendesk-cli: project/build is left out: ignored by git',
                                        'tokendesk-cli: project/picture.png is left out: binary'], err
    status, out, err = run('files', os.path.join(folder, 'hello.txt'), os.path.join(folder, 'nowhere'))
    assert status == 1 and b'hello.txt' in out and 'nowhere is left out: cannot be read' in err, (status, out, err)


# The command line ----------------------------------------------------------------------------------------------------

def test_usage_errors_exit_with_2():
    for arguments in (['nonsense'], ['--nonsense'], ['help', 'nonsense'], ['count', '--nonsense'],
                      ['count', '--encoding', 'nonsense'], ['count', '--model', 'nonsense'], ['count', '--encoding'],
                      ['count', '--encoding', 'gpt2', '--model', 'gpt-4'], ['encode', '--format', 'nonsense'],
                      ['encode', 'a', 'b'], ['decode', 'a', 'b'], ['compare', 'a', 'b'], ['models', 'a'],
                      ['models', '--format', 'ids'], ['compare', '--format', 'ids'],
                      ['compare', '--models', 'nonsense'],
                      ['compare', '--models', ''], ['compare', '--models', 'gpt-4,'],
                      ['compare', '--baseline', 'nonsense'],
                      ['compare', '--output-tokens', '-1'], ['compare', '--output-tokens', '1.5'],
                      ['compare', '--output-tokens', '99999999999999999999'], ['compare', '--calls', 'many'],
                      ['compare', '--on', '2023'], ['compare', '--on', '19.04.2023'], ['compare', '--on', '2023-02-29'],
                      ['compare', '--cached-share', '2'], ['compare', '--cached-share', 'half'],
                      ['compare', '--currency', 'CNY'], ['compare', '--currency', 'yuan', '--rate', '6.9'],
                      ['compare', '--currency', 'CNY', '--rate', '0'],
                      ['compare', '--currency', 'CNY', '--rate', '6,9'],
                      ['compare', '--rate', '6.9'], ['compare', '--currency', 'USD', '--rate', '1'],
                      ['compare', '--rate-date', 'today'], ['compare', '--budget', 'all'],
                      ['compare', '--time', '25:00'],
                      ['compare', '--time', '1:00'],
                      ['compare', '--images', '1'], ['compare', '--image-size', '10'],
                      ['compare', '--image-size', '0x10'], ['compare', '--image-size', '1x2x3'],
                      ['compare', '--output-ratio', '-1'], ['compare', '--output-ratio', '1', '--output-tokens', '1'],
                      ['compare', '--vendor', 'nobody'], ['compare', '--price-range', 'cheap'],
                      ['compare', '--min-context', 'large'], ['compare', '--sort', 'nonsense'],
                      ['compare', '--descending'], ['models', '--sort', 'nonsense'],
                      ['models', '--format', 'json', '--exact'], ['models', 'refresh', 'a'],
                      ['compare', '--batch', '--flex'], ['files'],
                      ['files', '--sort', 'colour', '.'], ['files', '--format', 'ids', '.'],
                      ['files', '--model', 'nonsense', '.']):
        bad(2, *arguments)
    status, out, err = run()
    assert (status, out) == (2, b'') and 'compare' in err


def test_help_and_version():
    assert good('--version').startswith('tokendesk-cli ')
    overview = good('--help')
    assert good('help') == overview and good('-h') == overview
    for command in ('count', 'encode', 'decode', 'compare', 'files', 'models'):
        assert command in overview
        text = good(command, '--help')
        assert text.startswith('Usage:\n  tokendesk-cli %s ' % command), text
        assert good('help', command) == text
    for option in ('--models', '--baseline', '--output-tokens', '--currency', '--rate', '--on', '--format', '--batch',
                   '--cached-share', '--calls'):
        assert option in good('compare', '--help'), option


def test_the_manual_knows_every_option():
    with open(MANUAL, encoding='utf-8') as file:
        manual = set(re.findall(r'--[a-z-]+', file.read()))
    helped = {'--version'}
    for command in (['count'], ['encode'], ['decode'], ['compare'], ['chat'], ['models'], ['models', 'refresh']):
        helped |= set(re.findall(r'--[a-z-]+', good(*command, '--help')))
    for command in ('count', 'encode', 'decode', 'compare', 'chat', 'files', 'models'):
        helped |= set(re.findall(r'--[a-z-]+', good(command, '--help')))
    assert manual == helped, 'only in one of manual and help: ' + ', '.join(sorted(manual ^ helped))


def test_a_file_named_like_an_option():
    write('-m', NAME)
    assert good('count', '--', '-m', cwd=FOLDER.name) == '4\n'


def test_unreadable_input_exits_with_1():
    for command in ('count', 'encode', 'decode', 'compare', 'chat'):
        assert 'No such file' in bad(1, command, FOLDER.name + '/none')
        assert 'Is a directory' in bad(1, command, FOLDER.name)


def test_input_that_cannot_be_mapped():
    # A file read in part already, and one that is made while it is read.
    path = write('lines.txt', 'first\n' + NAME)
    with open(path, 'rb') as file:
        os.lseek(file.fileno(), 6, os.SEEK_SET)
        done = subprocess.run([PROGRAM, 'count'], stdin=file, capture_output=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, b'4\n'), done
    assert int(good('count', '/proc/self/status')) > 10


def test_a_reader_that_stops_is_no_error():
    text = (NAME + ' ') * 200000
    for command, pipe in ((['encode'], signal.SIG_DFL), (['encode'], signal.SIG_IGN),
                          (['encode', '--format', 'json'], signal.SIG_IGN)):
        with tempfile.TemporaryFile() as file:
            file.write(text.encode())
            file.seek(0)
            with subprocess.Popen([PROGRAM, *command], stdin=file, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  preexec_fn=lambda: signal.signal(signal.SIGPIPE, pipe)) as process:
                process.stdout.readline()
                process.stdout.close()
                assert process.stderr.read() == b''


def test_a_full_disk_is_an_error():
    if not os.path.exists('/dev/full'):
        raise tap.Skip('there is no /dev/full')
    with open('/dev/full', 'wb') as full:
        for command in (['count'], ['encode'], ['compare'], ['models'], ['--help']):
            done = subprocess.run([PROGRAM, *command], input=NAME.encode(), stdout=full, stderr=subprocess.PIPE,
                                  timeout=60)
            assert done.returncode == 1, command
            assert b'could not be written: No space left' in done.stderr, done.stderr
            assert done.stderr.count(b'\n') == 1, done.stderr
    with open('/dev/full', 'wb') as full:
        done = subprocess.run([PROGRAM, 'encode'], input=NAME.encode() * 100000, stdout=full, stderr=subprocess.PIPE,
                              timeout=60)
        assert done.returncode == 1 and b'No space left' in done.stderr and done.stderr.count(b'\n') == 1, done


def test_ten_megabytes():
    path = write('large.txt', (NAME + ' likes tokens, don\'t you? ') * 250000)
    assert os.path.getsize(path) > 10_000_000
    count = int(good('count', path))
    done = subprocess.run([PROGRAM, 'encode', path], capture_output=True, timeout=120)
    assert done.returncode == 0 and done.stdout.count(b'\n') == count
    back = subprocess.run([PROGRAM, 'decode'], input=done.stdout, capture_output=True, timeout=120)
    with open(path, 'rb') as file:
        assert back.stdout == file.read()


def test_a_bad_table_is_told_in_ones_own_words():
    with tempfile.TemporaryDirectory() as folder:
        table = os.path.join(folder, 'o200k_base.tktable')

        def told(language):
            status, out, err = run('count', text='x', env={'TOKENDESK_TABLES': folder, 'LANGUAGE': language})
            assert (status, out) == (1, b'') and err.count('\n') == 1, (status, out, err)
            return err

        assert 'is missing or cannot be read. Install TokenDesk again.' in told('en'), told('en')
        with open(table, 'wb') as file:
            file.write(b'\x7fELF' * 1000)
        assert 'does not belong to this version' in told('en'), told('en')
        assert 'No such file' not in told('zh_CN')


def test_it_speaks_chinese():
    env = {'LC_ALL': 'zh_CN.UTF-8', 'LANGUAGE': ''}
    if b'zh_CN.utf8' not in subprocess.run(['locale', '-a'], capture_output=True).stdout:
        raise tap.Skip('the locale zh_CN.UTF-8 is not installed')
    assert '用法' in good('--help', env=env)
    status, out, err = run('count', FOLDER.name + '/none', env=env)
    assert status == 1 and '没有那个文件或目录' in err, err


def test_it_needs_no_display():
    if not shutil.which('ldd'):
        raise tap.Skip('ldd is not installed')
    libraries = subprocess.run(['ldd', PROGRAM], capture_output=True, text=True).stdout
    assert 'glib' in libraries
    for library in ('gtk', 'adwaita', 'gdk', 'pango', 'cairo', 'soup', 'X11', 'wayland'):
        assert library not in libraries, library


def test_overlay():
    change = {'model': 'gpt-5.6-sol', 'field': 'input', 'origin': 'refresh', 'old': '4', 'new': '3.5',
              'from': '2026-11-20', 'accepted': '2026-11-24', 'source': 'https://example.com/prices.json'}
    entry = {'id': 'my-model', 'name': 'My Model', 'vendor': 'At home', 'kind': 'chat', 'encoding': 'cl100k_base',
             'exactness': 'assumed', 'status': 'active', 'sources': ['OVERLAY'],
             'prices': [{'from': '2026-01-01', 'precision': 'day', 'confidence': 'user', 'input': '2', 'output': '6',
                         'sources': ['OVERLAY']}]}
    own = {'model': 'my-model', 'field': 'model', 'origin': 'user', 'from': '2026-01-01', 'accepted': '2026-11-24',
           'entry': entry}
    os.makedirs(os.path.join(FOLDER.name, 'tokendesk'), exist_ok=True)
    path = write('tokendesk/overlay.json', json.dumps({'format': 'tokendesk.overlay/1', 'currency': 'USD',
                                                       'changes': [change, own]}))
    try:
        options = ['compare', '--on', '2026-11-24', '--format', 'csv']
        rows = list(csv.DictReader(io.StringIO(good(*options, '--models', 'gpt-5.6-sol,my-model', text=NAME))))
        # 4 tokens at $3.5, 7 at $2: 4 × 3.5 / 10⁶ = 0.000014 = 7 × 2 / 10⁶
        assert [row['input_cost'] for row in rows] == ['0.000014', '0.000014'], rows
        rows = list(csv.DictReader(io.StringIO(good(*options, '--no-overlay', '--models', 'gpt-5.6-sol', text=NAME))))
        # 4 × 4 / 10⁶ = 0.000016
        assert rows[0]['input_cost'] == '0.000016', rows
        bad(2, 'compare', '--no-overlay', '--models', 'my-model', text=NAME)
        assert 'yours' in good('models') and 'yours' not in good('models', '--no-overlay')

        # What cannot be read is said, and the numbers are those of the catalogue.
        write('tokendesk/overlay.json', '{"format": "tokendesk.overlay/1", "changes": [7]}')
        status, out, err = run(*options, '--models', 'gpt-5.6-sol', text=NAME)
        assert status == 0 and '0.000016' in out.decode() and 'left out' in err, (status, out, err)
    finally:
        os.remove(path)


tap.run(*[test for name, test in list(globals().items()) if name.startswith('test_')])
