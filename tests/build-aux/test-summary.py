# SPDX-License-Identifier: GPL-3.0-or-later
"""How build-aux/test-summary counts, on logs like those meson writes."""

import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import tap

PROGRAM = pathlib.Path(sys.argv[1], 'test-summary')


def record(result='OK', stdout='', stderr='', name='tokendesk:room / unit'):
    return {'name': name, 'result': result, 'stdout': stdout, 'stderr': stderr}


def summarise(*records):
    """Returns the exit status, the last line and everything printed."""
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder, 'testlog.json')
        log.write_text(''.join(json.dumps(entry) + '\n' for entry in records), encoding='utf-8')
        return run(log)


def run(log):
    done = subprocess.run([PROGRAM, log], capture_output=True, text=True, check=False)
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout.splitlines()[-1], done.stdout


def expect(records, status, last_line, *texts):
    got_status, got_line, output = summarise(*records)
    assert got_line == last_line, f'the last line is "{got_line}", not "{last_line}"'
    assert got_status == status, f'the exit status is {got_status}'
    for text in texts:
        assert text in output, f'"{text}" is missing in:\n{output}'


def test_every_reported_test_is_counted():
    expect([record(stdout='TAP version 14\n1..3\nok 1 /a\n# a message\nok 2 /b\nok 3 - c\n'), record()],
           0, '4 passed, 0 failed')


def test_a_failed_test_is_named_and_its_output_shown():
    expect([record('FAIL', '1..2\nok 1 /a\nnot ok 2 /b - expected 3, got 4\n', 'detail on stderr')],
           1, '1 passed, 1 failed', 'tokendesk:room / unit: /b - expected 3, got 4', 'detail on stderr')


def test_a_skipped_test_is_named_with_its_reason():
    expect([record(stdout='1..2\nok 1 /a\nok 2 /b # SKIP no keyring here\n')],
           0, '1 passed, 0 failed, 1 skipped', 'tokendesk:room / unit: /b: no keyring here')


def test_a_program_that_skips_all_is_one_skipped_test():
    expect([record(stdout='1..1\nok 1 /a\n'), record('SKIP', '1..0 # SKIP no bus\n')],
           0, '1 passed, 0 failed, 1 skipped', 'no bus')


def test_a_program_that_skips_itself_by_status_gives_its_last_line_as_reason():
    expect([record(), record('SKIP', 'starting\nthere is no camera\n')],
           0, '1 passed, 0 failed, 1 skipped', 'tokendesk:room / unit: there is no camera')


def test_a_crash_after_good_tests_is_a_failure():
    expect([record('ERROR', '1..2\nok 1 /a\n', 'killed by signal 11')],
           1, '1 passed, 1 failed', 'the program ended with ERROR')


def test_a_crash_after_a_failed_test_is_counted_once():
    expect([record('ERROR', '1..4\nok 1 /a\nnot ok 2 /b\nBail out!\n')], 1, '1 passed, 1 failed')


def test_a_timeout_is_a_failure():
    expect([record('TIMEOUT', '1..2\nok 1 /a\n')], 1, '1 passed, 1 failed')
    expect([record('TIMEOUT')], 1, '0 passed, 1 failed')


def test_a_crash_before_the_plan_is_a_failure():
    expect([record('ERROR', 'error while loading shared libraries\n')], 1, '0 passed, 1 failed')


def test_expected_failures_pass_and_unexpected_successes_fail():
    expect([record(stdout='1..1\nnot ok 1 /a # TODO later\n'), record('EXPECTEDFAIL')], 0, '2 passed, 0 failed')
    expect([record('FAIL', '1..1\nok 1 /a # TODO later\n'), record('UNEXPECTEDPASS')], 1, '0 passed, 2 failed')


def test_nothing_run_is_a_failure():
    expect([], 1, '0 passed, 0 failed')
    expect([record('SKIP', '1..0 # SKIP no bus\n')], 1, '0 passed, 0 failed, 1 skipped')
    status, line, _ = run('/nonexistent/testlog.json')
    assert (status, line) == (1, '0 passed, 0 failed'), line


def test_names_may_hold_number_signs_and_words_like_skip():
    expect([record(stdout='1..2\nok 1 - C\\# is counted\nok 2 - skip to the end\n')], 0, '2 passed, 0 failed')


tap.run(*[test for name, test in list(globals().items()) if name.startswith('test_')])
