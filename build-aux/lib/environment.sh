# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Which environment TokenDesk is built and run in: the machine itself when its GTK is new enough, else the private root.
# TOKENDESK_ENVIRONMENT=host or =root forces one of them.

lib_dir=$(dirname -- "${BASH_SOURCE[0]}")
environment=
# shellcheck source=lib/common.sh
. "$lib_dir/common.sh"
# shellcheck source=lib/progress.sh
. "$lib_dir/progress.sh"
# shellcheck source=lib/host.sh
. "$lib_dir/host.sh"
# shellcheck source=lib/root.sh
. "$lib_dir/root.sh"
# shellcheck source=lib/enter.sh
. "$lib_dir/enter.sh"
# shellcheck source=lib/build.sh
. "$lib_dir/build.sh"

# ensure_environment GROUP…: chooses the environment, completes it with these groups of packages (see packages/debian.txt)
# and sets $environment to host or root.
ensure_environment ()
{
  choose_environment
  if [[ $environment == root ]]; then
    ensure_root
  elif [[ -n $(missing_modules) || -n $(missing_programs "$@") ]]; then
    install_host_packages "$@"
    [[ -z $(missing_modules) ]] ||
      die "these libraries are still missing or too old on this machine: $(missing_modules | paste -sd ' ')." \
          "TOKENDESK_ENVIRONMENT=root builds in a private Debian system instead."
  fi
}

choose_environment ()
{
  environment=${TOKENDESK_ENVIRONMENT:-}
  case $environment in
    host | root) return 0 ;;
    '') ;;
    *) die "TOKENDESK_ENVIRONMENT must be host or root, not '$environment'." ;;
  esac
  environment=host
  # Inside the private root, and on a machine that has everything, there is nothing to ask.
  [[ ! -e /$root_stamp && -n $(missing_modules) ]] || return 0
  if [[ -e $root_dir/$root_stamp ]]; then
    environment=root
    return 0
  fi
  refresh_apt_if_empty
  host_offers_libraries || environment=root
}

# in_environment [exec] CMD…
in_environment ()
{
  if [[ $environment == root ]]; then
    in_root "$@"
  else
    "$@"
  fi
}
