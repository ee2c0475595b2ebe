# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Which environment TokenDesk is built and run in: the machine itself when its GTK is new enough, else the private root.
# TOKENDESK_ENVIRONMENT=host or =root forces one of them; =newest is a private root with the newest GNOME.

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

# There when the script itself runs in the private root.
own_stamp=/$root_stamp

# ensure_environment GROUP…: chooses the environment, completes it with these groups of packages (see packages/debian.txt)
# and sets $environment to host or root.
ensure_environment ()
{
  local group
  for group in bench npm flatpak fuzz; do
    [[ " $* " != *" $group "* ]] || root_groups+=("$group")
  done
  choose_environment
  environment_is_complete "$@" || with_lock complete_environment "$@"
}

environment_is_complete ()
{
  if [[ $environment == root ]]; then
    root_is_complete
  else
    [[ $environment == host ]] && { [[ -e $own_stamp ]] || host_is_complete "$@"; }
  fi
}

complete_environment ()
{
  if [[ -z $environment ]]; then
    refresh_apt_if_empty
    environment=root
    ! host_offers_libraries || environment=host
  fi
  # While this script waited for the lock another one may have done the work.
  if environment_is_complete "$@"; then
    return 0
  elif [[ $environment == root ]]; then
    complete_root
  else
    [[ -z $(missing_modules) ]] || host_offers_libraries ||
      die "this machine has no GTK $(required_version_of gtk4) or newer to offer; unset TOKENDESK_ENVIRONMENT" \
          "to build in a private Debian system."
    install_host_packages "$@"
    [[ -z $(missing_modules) && -z $(missing_programs "$@") ]] ||
      die "these are still missing or too old on this machine:" \
          "$(missing_modules | paste -sd ' ') $(missing_programs "$@" | paste -sd ' ')." \
          "TOKENDESK_ENVIRONMENT=root builds in a private Debian system instead."
  fi
}

# Leaves $environment empty when the package manager has to be asked.
choose_environment ()
{
  environment=${TOKENDESK_ENVIRONMENT:-}
  case $environment in
    host | root) return 0 ;;
    newest)
      use_newest_root
      environment=root
      return 0 ;;
    '') ;;
    *) die "TOKENDESK_ENVIRONMENT must be host, root or newest, not '$environment'." ;;
  esac
  # Inside the private root, and on a machine that has everything, there is nothing to ask.
  if [[ -e $own_stamp || -z $(missing_modules) ]]; then
    environment=host
  elif [[ -e $root_dir/$root_stamp ]]; then
    environment=root
  fi
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
