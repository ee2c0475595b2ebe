#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue of models keeps to its schema, and the schema refuses what would be wrong.

Usage: test-schema.py FOLDER, the folder with models.json and models.schema.json
"""

import copy
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))
import tap

FOLDER = sys.argv[1]


def load(name):
    def refuse_twins(pairs):
        names = [name for name, value in pairs]
        twins = {name for name in names if names.count(name) > 1}
        assert not twins, 'a member stands twice: ' + ', '.join(twins)
        return dict(pairs)

    with open(os.path.join(FOLDER, name), encoding='utf-8') as file:
        return json.load(file, object_pairs_hook=refuse_twins)


CATALOGUE = load('models.json')


def validator():
    try:
        import jsonschema
    except ImportError:
        raise tap.Skip('python3-jsonschema is not installed')
    schema = load('models.schema.json')
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def periods():
    for model in CATALOGUE['models']:
        for period in model['prices']:
            yield model['id'], period


def test_the_catalogue_keeps_to_the_schema():
    errors = ['%s: %s' % ('/'.join(map(str, error.path)), error.message)
              for error in validator().iter_errors(CATALOGUE)]
    assert not errors, '\n'.join(errors)


def spoil(change):
    spoilt = copy.deepcopy(CATALOGUE)
    model = next(model for model in spoilt['models'] if model['id'] == 'gpt-4o')
    change(spoilt, model, model['prices'][-1])
    return spoilt


def test_the_schema_refuses_what_is_wrong():
    mistakes = {
        'a price as a number': lambda root, model, period: period.update(input=2.5),
        'a price of 0': lambda root, model, period: period.update(input='0'),
        'another price of 0': lambda root, model, period: period.update(cached_input='0.000'),
        'a negative price': lambda root, model, period: period.update(input='-1'),
        'a price with an exponent': lambda root, model, period: period.update(input='1e3'),
        'a price without input': lambda root, model, period: period.pop('input'),
        'no source': lambda root, model, period: period.update(sources=[]),
        'a model without sources': lambda root, model, period: model.pop('sources'),
        'an unknown encoding': lambda root, model, period: model.update(encoding='o300k_base'),
        'exact without an encoding': lambda root, model, period: model.pop('encoding'),
        'remote with an encoding': lambda root, model, period: model.update(exactness='remote-only'),
        'a misspelt field': lambda root, model, period: period.update(inptu='2.5'),
        'a date that is none': lambda root, model, period: model.update(released='May 2024'),
        'a context window of 0': lambda root, model, period: model.update(context_window=0),
        'half prices written out': lambda root, model, period: period.update(batch={'basis': 'half', 'input': '1'}),
        'a patch formula without a factor': lambda root, model, period: model.update(
            images={'method': 'patch', 'patches': 1536}),
        'another currency': lambda root, model, period: root.update(currency='CNY'),
        'no day': lambda root, model, period: root.update(as_of='2026-11'),
        'no start': lambda root, model, period: period.pop('from'),
    }
    check = validator()
    passed = [name for name, change in mistakes.items() if check.is_valid(spoil(change))]
    assert not passed, 'not refused: ' + ', '.join(passed)


def test_names_are_unique_and_lead_somewhere():
    names = [name for model in CATALOGUE['models'] for name in [model['id']] + model.get('aliases', [])]
    twins = sorted({name for name in names if names.count(name) > 1})
    assert not twins, 'named twice: ' + ', '.join(twins)
    lost = [model['id'] for model in CATALOGUE['models'] if model.get('replacement', names[0]) not in names]
    assert not lost, 'the replacement is not in the catalogue: ' + ', '.join(lost)


def test_every_source_is_explained_and_used():
    used = {key for model in CATALOGUE['models'] for key in model['sources']}
    used |= {key for _, period in periods() for key in period['sources']}
    explained = set(CATALOGUE['sources'])
    assert used == explained, 'only one of used and explained: ' + ', '.join(sorted(used ^ explained))


def test_periods_follow_each_other():
    for model in CATALOGUE['models']:
        for earlier, later in zip(model['prices'], model['prices'][1:]):
            assert earlier['until'] <= later['from'], model['id']
        for period in model['prices']:
            assert period.get('from', '') < period.get('until', '9'), model['id']


def test_prices_end_with_their_model():
    # The last price of a model that has an end ends on that day, and no other one ends without a successor.
    for model in CATALOGUE['models']:
        if model['prices']:
            last = model['prices'][-1].get('until')
            assert last == model.get('shutdown'), '%s: %s, %s' % (model['id'], last, model.get('shutdown'))


def test_states_agree_with_dates():
    as_of = CATALOGUE['as_of']
    for model in CATALOGUE['models']:
        end = model.get('shutdown')
        if model['status'] == 'active':
            assert end is None, model['id']
        if model['status'] == 'deprecated':
            assert end > as_of, model['id']
        if model['status'] == 'shutdown' and end is not None:
            assert end <= as_of, model['id']


tap.run(test_the_catalogue_keeps_to_the_schema, test_the_schema_refuses_what_is_wrong,
        test_names_are_unique_and_lead_somewhere, test_every_source_is_explained_and_used,
        test_periods_follow_each_other, test_prices_end_with_their_model, test_states_agree_with_dates)
