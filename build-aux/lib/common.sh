# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Paths, messages and small tools shared by the scripts of build-aux. Sourced, never run.

source_dir=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
build_dir=${TOKENDESK_BUILD_DIR:-$source_dir/_build}
[[ $build_dir == /* ]] || build_dir=$PWD/$build_dir
cache_dir=${XDG_CACHE_HOME:-}
[[ $cache_dir == /* ]] || cache_dir=${HOME:?HOME is not set}/.cache
cache_dir=$cache_dir/tokendesk

# The private root. While it is being made it lies in $partial_root_dir; it gets its real name when it is complete.
root_dir=$cache_dir/debian-13
partial_root_dir=$root_dir.partial
setup_log=$cache_dir/setup.log

# Messages go to stderr: stdout belongs to the command that was asked for.
say ()
{
  printf '%s\n' "$*" >&2
}

die ()
{
  say "TokenDesk: $*"
  exit 1
}

have ()
{
  command -v "$1" > /dev/null 2>&1
}

# Can this script run something as root? Never lets sudo wait for a password that nobody can type.
can_be_root ()
{
  ((EUID == 0)) || { have sudo && { sudo -n true 2> /dev/null || [[ -t 0 ]]; }; }
}

# need_root CMD…: shows a command that is about to be run as root and sets $root_prefix to what goes before it.
need_root ()
{
  can_be_root || die "root rights are needed; run this as root and try again: $*"
  root_prefix=()
  ((EUID == 0)) || root_prefix=(sudo)
  say "Running:${root_prefix[*]:+ ${root_prefix[*]}} $*"
  ((EUID == 0)) || sudo -v
}

# Prints how many MiB are free where the private root is made.
free_space ()
{
  df -Pk "$cache_dir" | awk 'NR == 2 { print int ($4 / 1024) }'
}

# packages_of FILE GROUP…: the package names of these groups, one per line.
packages_of ()
{
  local file=$source_dir/build-aux/packages/$1 group name
  shift
  while read -r group name; do
    [[ " $* " == *" $group "* ]] && printf '%s\n' "$name"
  done < "$file"
  return 0
}

# with_lock CMD…: two set-ups at the same time would destroy each other's work. The lock goes with the process, so
# nothing is left behind when it is killed.
with_lock ()
{
  local lock_fd
  mkdir -p "$cache_dir" 2> /dev/null && [[ -w $cache_dir ]] ||
    die "cannot write in the folder $cache_dir; is it yours, and its disk writable?"
  exec {lock_fd}> "$cache_dir/lock"
  if ! flock -n "$lock_fd"; then
    say "Another set-up of TokenDesk is running; waiting for it to end."
    flock "$lock_fd"
  fi
  trap 'die "stopped; the next try starts this step anew."' INT
  : > "$setup_log"
  # Not in a condition: there, bash would run on after errors in CMD.
  "$@"
  trap - INT
  exec {lock_fd}>&-
}
