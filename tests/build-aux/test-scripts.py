# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for all scripts of build-aux, and for the package lists."""

import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import tap

BUILD_AUX = pathlib.Path(sys.argv[1])


def shell_scripts():
    for path in sorted([*BUILD_AUX.iterdir(), *BUILD_AUX.glob('lib/*'), BUILD_AUX.parent / '.ci/run']):
        if path.is_file() and path.suffix != '.sh':
            with path.open(encoding='utf-8') as script:
                if script.readline().rstrip().endswith(('bash', '/sh')):
                    yield path


def package_lists():
    for path in sorted((BUILD_AUX / 'packages').glob('*.txt')):
        lines = path.read_text(encoding='utf-8').splitlines()
        yield path.name, [tuple(line.split()) for line in lines if not line.startswith('#')]


def test_shellcheck_has_nothing_to_say():
    if not shutil.which('shellcheck'):
        raise tap.Skip('shellcheck is not installed')
    scripts = list(shell_scripts())
    assert len(scripts) > 6, scripts
    done = subprocess.run(['shellcheck', *scripts], capture_output=True, text=True, check=False, cwd=BUILD_AUX)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_script_can_be_run_and_the_commands_explain_themselves():
    for path in shell_scripts():
        assert path.stat().st_mode & 0o111, f'{path} is not executable'
    for name in ('bench', 'flatpak', 'fuzz', 'run', 'screenshots', 'shell', 'test'):
        done = subprocess.run([BUILD_AUX / name, '--help'], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f'{name} --help ended with {done.returncode}'
        assert done.stdout.startswith(f'Usage: build-aux/{name}'), f'{name} --help says {done.stdout!r}'


def test_package_lists_are_well_formed_and_sorted():
    order = ['build', 'test', 'bench', 'npm', 'fuzz', 'flatpak', 'standin', 'root']
    for name, entries in package_lists():
        assert len(entries) > 10, f'{name} is nearly empty'
        for entry in entries:
            assert len(entry) == 2 and entry[0] in order, f'{name}: {" ".join(entry)}'
        for group in order:
            packages = [package for its_group, package in entries if its_group == group]
            assert packages == sorted(set(packages)), f'{name}: group {group} is not sorted or has doubles'


def test_no_package_server_is_named():
    for path in [*BUILD_AUX.rglob('*'), BUILD_AUX.parent / '.ci/run']:
        if path.is_file():
            text = path.read_text(encoding='utf-8')
            for word in ('deb.' + 'debian.org', 'ftp.', 'registry.' + 'npmjs', 'archive.' + 'ubuntu'):
                assert word not in text, f'{path} names {word}'


tap.run(*[test for name, test in list(globals().items()) if name.startswith('test_')])
