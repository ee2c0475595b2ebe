# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# The private Debian 13 root for hosts whose GTK is too old, and another one with the newest GNOME that Debian has, to build
# and test with both ends of the supported range. Each is made under another name and renamed when complete, so whatever
# interrupts the making, the next try starts clean. A stamp in it lists the packages it was made with; when the list grows,
# only the new ones are added.

root_suite=trixie
# How it differs from the first root in messages and stamps.
root_release=
root_name='Debian 13'
# Raised when a change to this file cannot be added to an existing root, which is then made anew.
root_format=1
# Room needed while the root is being made, in MiB: the unpacked packages and their downloads.
root_space=2300
root_stamp=etc/tokendesk-root
# The groups of packages it has; others are added when they are first asked for.
root_groups=(build test root)

# From here on "the root" is the one with the newest GNOME.
use_newest_root ()
{
  root_suite=forky
  root_release=-newest
  root_name='newest Debian'
  stable_root_dir=$root_dir
  root_dir=$cache_dir/debian-newest
  partial_root_dir=$root_dir.partial
  root_groups+=(standin)
  [[ -n ${TOKENDESK_BUILD_DIR:-} ]] || build_dir=$source_dir/_build-newest
}

# Options of mmdebstrap for packages from a suite that moves: some mirrors keep it longer than its own date allows, and an
# older host may not know the keys it is signed with, which the Debian 13 root does.
newest_options ()
{
  local keyring
  echo "--aptopt=Acquire::Check-Valid-Until \"false\""
  for keyring in "$stable_root_dir"/usr/share/keyrings/debian-archive-keyring.{pgp,gpg}; do
    if [[ -e $keyring ]]; then
      echo "--keyring=$keyring"
      break
    fi
  done
}

# What a root made now would have in its stamp.
new_stamp ()
{
  echo "format $root_format"
  packages_of debian.txt "${root_groups[@]}"
}

# Prints what the root lacks. Packages that are wanted no longer do no harm.
missing_in_root ()
{
  if [[ -f $root_dir/$root_stamp ]]; then
    comm -23 <(new_stamp | sort) <(sort "$root_dir/$root_stamp")
  else
    new_stamp
  fi
}

root_is_complete ()
{
  have bwrap && [[ -z $(missing_in_root) ]]
}

# Makes the root, or brings it up to date.
complete_root ()
{
  local -a added
  ensure_root_tools
  mapfile -t added < <(missing_in_root)
  if [[ " ${added[*]} " == *" format "* ]]; then
    make_root
  elif ((${#added[@]} > 0)); then
    install_in_root "${added[@]}"
    printf '%s\n' "${added[@]}" >> "$root_dir/$root_stamp"
  fi
}

# mmdebstrap and bubblewrap, the only things installed on the host.
ensure_root_tools ()
{
  local -a missing=()
  have mmdebstrap || missing+=(mmdebstrap)
  have bwrap || missing+=(bubblewrap)
  if have apt-get; then
    [[ -e /usr/share/keyrings/debian-archive-keyring.gpg ]] || missing+=(debian-archive-keyring)
    ((EUID == 0)) || have newuidmap || missing+=(uidmap)
  fi
  if ((${#missing[@]} > 0)); then
    have apt-get ||
      die "GTK is too old here and a private Debian system is needed; install ${missing[*]} and try again."
    say "GTK is too old on this machine: TokenDesk will build in a private Debian system in $cache_dir."
    refresh_apt
    apt_get install --no-install-recommends "${missing[@]}"
  fi
  if ((EUID != 0)); then
    ensure_user_namespaces
  else
    unshare --mount true 2> /dev/null ||
      die "this container may not mount anything; start it with more rights (CAP_SYS_ADMIN) and try again."
  fi
}

# An ordinary user gets root rights over the private system, and over nothing else, by a user namespace.
ensure_user_namespaces ()
{
  local name
  name=$(id -un)
  if ! grep -qs "^\($name\|$UID\):" /etc/subuid || ! grep -qs "^\($name\|$UID\):" /etc/subgid; then
    need_root usermod --add-subuids 100000-165535 --add-subgids 100000-165535 "$name"
    "${root_prefix[@]}" usermod --add-subuids 100000-165535 --add-subgids 100000-165535 "$name"
  fi
  unshare --user --map-root-user true 2> /dev/null ||
    die "this machine forbids user namespaces; allow them and try again:" \
        "sudo sysctl -w kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0"
}

# Sets $root_rights to what goes before a command that needs root rights over the private system. When this script dies,
# even by SIGKILL, the command and all it started die too, and their mounts with them. It is no function because the
# command must be a child of this very process for that, also in a pipe.
set_root_rights ()
{
  local -a user_namespace=()
  ((EUID == 0)) || user_namespace=(--user --map-root-user --map-auto)
  root_rights=(setpriv --pdeathsig KILL -- unshare "${user_namespace[@]}" --mount --pid --fork --kill-child --mount-proc --)
}

# Prints the package sources of the root: the mirrors this machine already uses for Debian. Prints nothing when there are
# none, and mmdebstrap takes its own default.
root_sources ()
{
  have apt-get || return 0
  # shellcheck disable=SC2016 # apt's own variables
  apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)' 'Created-By: Packages' | sort -u |
    while IFS='|' read -r origin label component uri; do
      [[ $origin == Debian && $component == main ]] || continue
      uri=$(first_of_mirror_list "$uri")
      case $label in
        Debian) printf '%s\n' "deb $uri $root_suite main" ;;
        # Testing has no security archive of its own.
        Debian-Security) [[ $root_suite != trixie ]] || printf '%s\n' "deb $uri $root_suite-security main" ;;
      esac
    done | sort -u
}

# apt can be told to read its mirrors from a file, which the root would not see: the first of them will do.
first_of_mirror_list ()
{
  local file
  case $1 in
    mirror+file:*)
      file=/${1#mirror+file:}
      awk '/^[a-z]/ { print $1; exit }' "${file//+(\/)//}" ;;
    *) printf '%s\n' "$1" ;;
  esac
}

# Proxies and certificates configured for apt on this machine hold for the root, too.
root_apt_options ()
{
  have apt-config || return 0
  apt-config dump | sed -n 's/^\(Acquire::https\?::\(Proxy\|CaInfo\|Verify-Peer\)\b[^ ]*\) "\(.*\)";$/\1 "\3";/p'
}

check_space ()
{
  local free
  free=$(free_space)
  ((free >= root_space)) ||
    die "the private system needs $root_space MiB and $cache_dir has $free MiB free;" \
        "make room there, or set XDG_CACHE_HOME to a folder on another disk, and try again."
}

remove_partial_root ()
{
  [[ ! -e $partial_root_dir ]] || "${root_rights[@]}" rm -rf --one-file-system "$partial_root_dir"
}

make_root ()
{
  local -a sources options=()
  local option start=$SECONDS
  set_root_rights
  remove_partial_root
  check_space
  mapfile -t sources < <(root_sources)
  while read -r option; do
    options+=(--aptopt="$option")
  done < <(root_apt_options)
  [[ -z $root_release ]] || mapfile -t -O ${#options[@]} options < <(newest_options)

  say "Making a private $root_name system in $root_dir. This is done once and takes a few minutes."
  # Translations other than ours, manuals and documentation would take another 200 MB.
  "${root_rights[@]}" mmdebstrap --mode=unshare --variant=minbase --format=directory --verbose \
    --aptopt='APT::Install-Recommends "false"' "${options[@]}" \
    --dpkgopt='force-unsafe-io' \
    --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*/LC_MESSAGES/*' \
    --dpkgopt='path-include=/usr/share/locale/en*/LC_MESSAGES/*' \
    --dpkgopt='path-include=/usr/share/locale/zh*/LC_MESSAGES/*' \
    --include="$(packages_of debian.txt "${root_groups[@]}" | paste -sd ,)" \
    --customize-hook="$source_dir/build-aux/lib/finish-root" \
    "$root_suite" "$partial_root_dir" "${sources[@]}" < /dev/null 2>&1 | show_progress || {
      local reason
      reason=$(explain_failure 'Making the private Debian system')
      remove_partial_root
      die "$reason"
    }
  new_stamp > "$partial_root_dir/$root_stamp"
  # A root of an older format.
  [[ ! -e $root_dir ]] || "${root_rights[@]}" rm -rf --one-file-system "$root_dir"
  mv "$partial_root_dir" "$root_dir"
  say "The private $root_name system is complete ($((SECONDS - start)) s)."
}

# install_in_root PACKAGE…: adds packages to the finished root.
install_in_root ()
{
  say "Adding to the private Debian system: $*"
  set_root_rights
  "${root_rights[@]}" "$source_dir/build-aux/lib/install-in-root" "$root_dir" "$@" < /dev/null 2>&1 |
    show_progress ||
    die "$(explain_failure 'Adding packages')"
}
