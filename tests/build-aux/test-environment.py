# SPDX-License-Identifier: GPL-3.0-or-later
"""Which environment the scripts choose, what they ask the package managers for and what they say when something fails.

The functions of build-aux/lib run here against package managers that are little scripts; nothing is installed.
"""

import contextlib
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import tap

BUILD_AUX = pathlib.Path(sys.argv[1])

# What the functions need of the system they run on. Everything else is absent unless a test makes it.
TOOLS = ('awk', 'basename', 'bash', 'cat', 'cmp', 'comm', 'cp', 'df', 'dirname', 'env', 'flock', 'grep', 'head', 'id',
         'mkdir', 'mv', 'paste', 'realpath', 'rm', 'sed', 'sleep', 'sort', 'true', 'unshare')

NEW = {'gtk4': '4.18.6', 'libadwaita-1': '1.7.6', 'gtksourceview-5': '5.16.0'}
OLD = {'gtk4': '4.8.3', 'libadwaita-1': '1.2.2', 'gtksourceview-5': '5.6.2'}
BUILD_PROGRAMS = ('appstreamcli', 'cc', 'desktop-file-validate', 'glib-compile-resources', 'glib-compile-schemas',
                  'gtk4-update-icon-cache', 'meson', 'msgfmt', 'ninja', 'python3', 'xmllint')


class Machine:
    """A machine with the programs a test gives it, and an empty cache folder."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.bin = self.folder / 'bin'
        self.cache = self.folder / 'cache/tokendesk'
        self.bin.mkdir()
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))
        self.has('sudo', 'case $1 in -n | -v) exit 0;; esac; "$@"')

    def has(self, name, script='exit 0'):
        path = self.bin / name
        path.unlink(missing_ok=True)
        path.write_text(f'#!{shutil.which("bash")}\n{script}\n', encoding='utf-8')
        path.chmod(0o755)

    def has_development_files(self, versions=None):
        """pkg-config finds all modules, those in VERSIONS in that version only."""
        checks = ''.join(f'[[ $2 != {module} ]] || has={version}\n' for module, version in (versions or {}).items())
        self.has('pkg-config', f'''has=99
          {checks}
          oldest=${{1#--atleast-version=}}
          [[ $(printf '%s\\n' "$oldest" "$has" | sort -V | head -n 1) == "$oldest" ]]''')

    def has_apt(self, candidates, installed=()):
        """apt offers these versions of the libraries; it writes what it is asked to do into apt.log."""
        lines = ''.join(f'{module}-dev) v={version};;\n' for module, version in candidates.items())
        lines += 'fonts-noto-mono) v="(none)";; *) v=1;;\n'
        lines = lines.replace('gtk4-dev', 'libgtk-4-dev').replace('gtksourceview-5-dev', 'libgtksourceview-5-dev')
        self.has('apt-cache', f'''shift
          for name; do
            case $name in {lines} esac
            printf '%s:\\n  Installed: (none)\\n  Candidate: %s\\n' "$name" "$v"
          done''')
        self.has('dpkg', '[[ $(printf "%s\\n" "$4" "$2" | sort -V | head -n 1) == "$4" ]]')
        self.has('dpkg-query', f'''for name in "${{@:4}}"; do
          [[ " {" ".join(installed)} " != *" $name "* ]] || echo "installed $name"
        done''')
        self.has('apt-get', f'echo "$*" >> {self.folder}/apt.log')
        self.has('newuidmap')

    def asked_of_apt(self):
        log = self.folder / 'apt.log'
        return log.read_text(encoding='utf-8').splitlines() if log.exists() else []

    def has_root(self, *left_out):
        """A finished private root, made when the packages LEFT_OUT were not yet in the list."""
        self.has('bwrap')
        self.has('mmdebstrap')
        stamp = self.cache / 'debian-13/etc/tokendesk-root'
        stamp.parent.mkdir(parents=True)
        lines = ['format 1'] + [package for package in packages('debian.txt') if package not in left_out]
        stamp.write_text('\n'.join(lines) + '\n', encoding='utf-8')

    def run(self, script, **variables):
        """Runs SCRIPT after the functions were read. Returns its status, output and messages."""
        variables = {'PATH': str(self.bin), 'HOME': str(self.folder), 'XDG_CACHE_HOME': str(self.cache.parent),
                     'LC_ALL': 'C.UTF-8', **variables}
        self.cache.mkdir(parents=True, exist_ok=True)
        # A test runs in the private root, whose stamp would decide everything; user namespaces may be forbidden there.
        script = f'''set -euo pipefail; . "{BUILD_AUX}/lib/environment.sh"
                     root_stamp=etc/tokendesk-root; own_stamp=/nonexistent; ensure_user_namespaces () {{ :; }}; unshare () {{ :; }}
                     {script}'''
        done = subprocess.run([shutil.which('bash'), '-c', script], env=variables, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def choose(self, *groups, **variables):
        """Returns the status, the environment chosen and the messages."""
        status, output, messages = self.run(
            f'make_root () {{ echo made; }}; ensure_environment {" ".join(groups or ["build"])}; echo "$environment"',
            **variables)
        return status, output.split(), messages


@contextlib.contextmanager
def machine():
    with tempfile.TemporaryDirectory() as folder:
        yield Machine(folder)


def packages(name, *groups):
    lines = (BUILD_AUX / 'packages' / name).read_text(encoding='utf-8').splitlines()
    entries = [line.split() for line in lines if not line.startswith('#')]
    return [package for group, package in entries if not groups or group in groups]


def test_the_versions_asked_for_are_those_of_meson_build():
    with machine() as here:
        _, output, _ = here.run('required_modules')
    modules = dict(line.split() for line in output.splitlines())
    text = (BUILD_AUX.parent / 'meson.build').read_text(encoding='utf-8')
    for module in re.findall(r"^\w+_dep = dependency\('([^']+)'", text, re.MULTILINE):
        assert re.fullmatch(r'\d+(\.\d+)+', modules[module]), f'{module}: {modules[module]!r}'
    for variable, module in (('gtk', 'gtk4'), ('adw', 'libadwaita-1'), ('glib', 'gio-2.0')):
        version = re.search(rf"^{variable}_version = '(.*)'", text, re.MULTILINE).group(1)
        assert modules[module] == version, f'{module}: {modules[module]}, not {version}'


def test_a_machine_that_has_everything_is_used_as_it_is():
    with machine() as here:
        here.has_development_files()
        for program in BUILD_PROGRAMS:
            here.has(program)
        status, chosen, messages = here.choose()
        assert (status, chosen, messages) == (0, ['host'], ''), (status, chosen, messages)


def test_apt_installs_what_a_new_enough_machine_lacks_and_shows_the_command():
    with machine() as here:
        here.has_apt(NEW, installed=('gcc', 'gettext'))
        _, _, messages = here.choose('build')
        wanted = [package for package in packages('debian.txt', 'build') if package not in ('gcc', 'gettext')]
        command = f'install --no-install-recommends {" ".join(wanted)}'
        assert f'apt-get {command}' in messages, messages
        assert here.asked_of_apt()[-1] == f'-q -y {command}', here.asked_of_apt()


def test_fonts_are_completed_where_possible_but_never_in_the_way():
    with machine() as here:
        here.has_development_files()
        for program in BUILD_PROGRAMS + ('Xvfb', 'dbus-daemon', 'gnome-keyring-daemon', 'xdotool'):
            here.has(program)
        known = packages('debian.txt', 'build', 'test')
        # apt does not have fonts-noto-mono here.
        here.has_apt(NEW, installed=[name for name in known if name not in ('fonts-noto-cjk', 'fonts-noto-mono')])
        assert here.choose('build', 'test')[:2] == (0, ['host'])
        assert here.asked_of_apt()[-1].endswith('--no-install-recommends fonts-noto-cjk'), here.asked_of_apt()
        asked = len(here.asked_of_apt())
        status, output, messages = here.run('can_be_root () { return 1; }; ensure_environment build test')
        assert (status, messages) == (0, '') and len(here.asked_of_apt()) == asked, messages


def test_a_failed_installation_is_not_taken_for_success():
    with machine() as here:
        here.has_apt(NEW)
        status, chosen, messages = here.choose('build')
        assert status == 1 and not chosen, (status, chosen)
        assert 'gtk4 libadwaita-1' in messages and 'still missing' in messages, messages


def test_a_machine_with_an_old_gtk_gets_a_private_root():
    with machine() as here:
        here.has_development_files(OLD)
        here.has_apt(OLD)
        here.has('bwrap')
        here.has('mmdebstrap')
        status, chosen, messages = here.choose()
        assert (status, chosen) == (0, ['made', 'root']), (status, chosen, messages)


def test_the_tools_for_the_root_are_installed_first():
    with machine() as here:
        here.has_apt(OLD)
        here.choose()
        asked = here.asked_of_apt()
        assert asked[0] == '-q -y update', asked
        assert asked[1].startswith('-q -y install --no-install-recommends mmdebstrap bubblewrap'), asked


def test_who_cannot_be_root_is_told_what_to_type():
    with machine() as here:
        here.has_apt(OLD)
        status, _, messages = here.run('can_be_root () { return 1; }; ensure_environment build')
        assert status == 1, status
        assert 'run this as root and try again: apt-get install --no-install-recommends mmdebstrap bubblewrap' in messages, \
            messages
        assert not here.asked_of_apt(), here.asked_of_apt()


def test_fedora_is_told_the_exact_list():
    with machine() as here:
        here.has('dnf')
        here.has('rpm', 'echo 4.18.5')
        status, chosen, messages = here.choose('build', 'test')
        assert status == 1 and not chosen, (status, chosen)
        assert f'sudo dnf install {" ".join(packages("fedora.txt", "build", "test"))}\n' in messages, messages


def test_arch_is_told_the_exact_list():
    with machine() as here:
        here.has('pacman', 'printf "Name            : gtk4\\nVersion         : 1:4.20.1-1\\n"')
        status, chosen, messages = here.choose('build')
        assert status == 1 and not chosen, (status, chosen)
        assert f'sudo pacman -S --needed {" ".join(packages("arch.txt", "build"))}\n' in messages, messages


def test_an_old_machine_without_apt_is_told_what_the_root_needs():
    with machine() as here:
        here.has('dnf')
        here.has('rpm', 'echo 4.12.3')
        status, _, messages = here.choose()
        assert status == 1 and 'install mmdebstrap bubblewrap and try again' in messages, messages


def test_a_variable_forces_the_environment():
    with machine() as here:
        here.has_development_files()
        for program in BUILD_PROGRAMS:
            here.has(program)
        here.has_root()
        assert here.choose(TOKENDESK_ENVIRONMENT='root')[:2] == (0, ['root'])
        assert here.choose(TOKENDESK_ENVIRONMENT='host')[:2] == (0, ['host'])
        status, _, messages = here.choose(TOKENDESK_ENVIRONMENT='docker')
        assert status == 1 and "must be host, root or newest, not 'docker'" in messages, messages


def test_an_old_machine_cannot_be_forced():
    with machine() as here:
        here.has_development_files(OLD)
        here.has_apt(OLD)
        status, _, messages = here.choose(TOKENDESK_ENVIRONMENT='host')
        assert status == 1 and 'no GTK 4.18 or newer' in messages, messages
        assert not [line for line in here.asked_of_apt() if 'install' in line]


def test_a_finished_root_needs_no_package_manager():
    with machine() as here:
        here.has_root()
        here.has_apt(OLD)
        assert here.choose() == (0, ['root'], '')
        assert not here.asked_of_apt()


def test_only_new_packages_are_added_to_a_finished_root():
    script = 'install_in_root () { echo "added $*"; }; make_root () { echo made; }; ensure_environment build'
    with machine() as here:
        here.has_root('meson', 'xvfb')
        assert here.run(script)[1] == 'added meson xvfb\n', here.run(script)
        assert here.run(script)[1] == '', 'they were added twice'


def test_what_only_some_commands_need_comes_with_the_first_of_them():
    script = 'install_in_root () { echo "added $*"; }; ensure_environment '
    with machine() as here:
        here.has_root(*packages('debian.txt', 'bench', 'npm', 'fuzz'))
        assert here.run(script + 'build test')[1] == ''
        for group in ('bench', 'npm', 'fuzz'):
            wanted = f'added {" ".join(sorted(packages("debian.txt", group)))}\n'
            assert here.run(f'{script} build {group}')[1] == wanted, group


def test_the_tokenizer_to_compare_with_is_fetched_once():
    script = f'environment=host; . "{BUILD_AUX}/lib/npm.sh"; fetch_reference'
    with machine() as here:
        status, _, messages = here.run(script)
        assert status == 0 and 'skipped: there is no npm' in messages, messages

        here.has('npm', 'exit 1')
        status, _, messages = here.run(script)
        assert status == 0 and 'skipped: npm could not fetch it; is there a network?' in messages, messages
        missing = here.cache / 'reference/missing'
        assert missing.read_text(encoding='utf-8') == 'npm could not fetch it; is there a network?\n'

        lock = BUILD_AUX.parent / 'tests/tokenizer/reference/package-lock.json'
        here.has('npm', f'[[ " $* " == *" ci "* ]] && cmp -s package-lock.json "{lock}"')
        assert here.run(script)[2] == 'Fetching the tokenizer to compare with.\n', here.run(script)
        assert not missing.exists()
        here.has('npm', 'exit 1')
        assert here.run(script) == (0, '', ''), 'it was fetched twice'


def test_a_root_that_failed_to_grow_is_tried_again():
    with machine() as here:
        here.has_root('meson')
        status, _, _ = here.run('install_in_root () { die "no network."; }; ensure_environment build')
        assert status == 1
        _, output, _ = here.run('install_in_root () { echo "added $*"; }; ensure_environment build')
        assert output == 'added meson\n', output


def test_a_half_made_root_is_never_used():
    with machine() as here:
        here.has('bwrap')
        here.has('mmdebstrap', 'exit 1')
        here.has('setpriv', 'while [[ $1 != -- ]]; do shift; done; shift; while [[ $1 != -- ]]; do shift; done; shift; "$@"')
        half = here.cache / 'debian-13.partial/etc'
        half.mkdir(parents=True)
        (half / 'tokendesk-root').write_text('format 1\n', encoding='utf-8')
        status, output, messages = here.run('check_space () { :; }; environment=root; ensure_environment build',
                                            TOKENDESK_ENVIRONMENT='root')
        assert status == 1, (status, output)
        assert 'Making the private Debian system failed; see' in messages, messages
        assert not half.exists() and not (here.cache / 'debian-13').exists()


def test_too_little_space_is_said_before_anything_is_fetched():
    with machine() as here:
        here.has('df', 'printf "Filesystem 1024-blocks Used Available Capacity Mounted\\nx 9 9 409600 9%% /\\n"')
        status, _, messages = here.run('check_space')
        assert status == 1 and 'has 400 MiB free' in messages, messages


def test_failures_are_explained_in_one_sentence():
    reasons = {
        'E: You don\'t have enough free space in /var/cache/apt/archives/.': 'ran out of disk space',
        'tar: ./usr/bin/x: Cannot write: No space left on device': 'ran out of disk space',
        'W: Failed to fetch http://x/InRelease  Temporary failure resolving \'x\'': 'could not reach the package server',
        'E: Unable to locate package foo': 'see ',
    }
    for line, reason in reasons.items():
        with machine() as here:
            here.has('df', 'printf "x\\nx 9 9 9999999 9%% /\\n"')
            here.cache.mkdir(parents=True)
            (here.cache / 'setup.log').write_text(line + '\n', encoding='utf-8')
            _, output, _ = here.run('explain_failure "It"')
            assert reason in output and output.count('\n') == 1, f'{line}: {output}'


def test_the_root_comes_from_the_mirrors_the_machine_uses():
    listing = ('Debian|Debian|main|http://mirror.example/debian/\n'
               'Debian|Debian|contrib|http://mirror.example/debian/\n'
               'Debian|Debian-Security|main|http://mirror.example/security/\n'
               'Someone|Tools|main|http://tools.example/\n')
    with machine() as here:
        here.has('apt-get', f'printf %s "{listing}"')
        _, output, _ = here.run('root_sources')
        assert output.splitlines() == ['deb http://mirror.example/debian/ trixie main',
                                       'deb http://mirror.example/security/ trixie-security main'], output


def test_the_newest_root_is_one_beside_the_first():
    with machine() as here:
        here.has_root()
        keyring = here.cache / 'debian-13/usr/share/keyrings/debian-archive-keyring.gpg'
        keyring.parent.mkdir(parents=True)
        keyring.touch()
        here.has_apt({})
        status, output, messages = here.run(
            'make_root () { echo "$root_dir"; root_sources; newest_options; }; check_space () { :; }; '
            'apt-get () { echo "Debian|Debian|main|http://mirror.example/debian/"; '
            '             echo "Debian|Debian-Security|main|http://mirror.example/security/"; }; '
            'ensure_environment build; echo "$build_dir"', TOKENDESK_ENVIRONMENT='newest')
        # A suite that moves has no security archive, and the mirror's copy of it may be past its date.
        assert (status, output.splitlines()) == (0, [
            str(here.cache / 'debian-newest'), 'deb http://mirror.example/debian/ forky main',
            '--aptopt=Acquire::Check-Valid-Until "false"', f'--keyring={keyring}',
            str(BUILD_AUX.parent / '_build-newest')]), (status, output, messages)


def test_a_list_of_mirrors_is_followed():
    with machine() as here:
        mirrors = here.folder / 'mirrors.list'
        mirrors.write_text('# ours\nhttp://near.example/debian\tpriority:1\nhttp://far.example/debian\n', encoding='utf-8')
        here.has('apt-get', f'echo "Debian|Debian|main|mirror+file:/{mirrors}"')
        _, output, _ = here.run('root_sources')
        assert output == 'deb http://near.example/debian trixie main\n', output


def test_a_machine_with_other_sources_leaves_the_choice_to_mmdebstrap():
    with machine() as here:
        here.has('apt-get', 'echo "Ubuntu|Ubuntu|main|http://ubuntu.example/"')
        assert here.run('root_sources')[1] == ''


def test_two_set_ups_wait_for_each_other():
    script = '''work () {
                  echo begin >> "$cache_dir/order"; sleep 0.3; echo end >> "$cache_dir/order"
                }
                with_lock work & with_lock work & wait; cat "$cache_dir/order"'''
    with machine() as here:
        _, output, messages = here.run(script)
        assert output.split() == ['begin', 'end'] * 2, output
        assert 'Another set-up of TokenDesk is running' in messages, messages


def test_a_locale_the_root_lacks_does_not_turn_the_others_off():
    script = 'options=(); add_locale; echo "${options[*]}"'
    cases = (({'LANG': 'zh_CN.UTF-8'}, ''),
             ({'LANG': 'zh_TW.UTF-8'}, '--setenv LANG zh_CN.UTF-8'),
             ({'LANG': 'de_DE.UTF-8', 'LC_TIME': 'de_DE.UTF-8'}, '--unsetenv LC_TIME --setenv LANG en_US.UTF-8'),
             ({'LANG': 'en_US.UTF-8', 'LC_ALL': 'fr_FR.UTF-8'}, '--unsetenv LC_ALL --setenv LANG en_US.UTF-8'),
             ({'LANG': 'C.UTF-8', 'LANGUAGE': 'zh_CN'}, '--setenv LANG en_US.UTF-8'))
    with machine() as here:
        for variables, expected in cases:
            output = here.run(script, **{'LC_ALL': '', **variables})[1].strip()
            assert output == expected, f'{variables}: {output}'


def test_a_display_is_believed_only_when_it_answers():
    script = f'. "{BUILD_AUX}/lib/display.sh"; has_display && echo yes || echo no'
    with machine() as here:
        for variables in ({}, {'DISPLAY': ':54321'}, {'DISPLAY': 'nonsense'}, {'DISPLAY': 'localhost:59000'},
                          {'WAYLAND_DISPLAY': 'wayland-0', 'XDG_RUNTIME_DIR': str(here.folder)}):
            assert here.run(script, **variables)[1] == 'no\n', variables
        check = f'"{shutil.which("bash")}" -c \'. "{BUILD_AUX}/lib/display.sh"; has_display && echo yes\''
        done = subprocess.run([BUILD_AUX / 'with-display', 'sh', '-c', check], capture_output=True, text=True, check=False)
        assert done.stdout == 'yes\n', done


tap.run(*[test for name, test in list(globals().items()) if name.startswith('test_')])
