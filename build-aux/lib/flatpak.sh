# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Building TokenDesk as a Flatpak: the runtime it is built with, and where what is built lies. flatpak and its tools run in
# the environment that everything else is built in.

app_id=com.example.TokenDesk
manifest=$source_dir/$app_id.json
flatpak_dir=$build_dir/flatpak
flatpak_repo=$flatpak_dir/repo
# Where GNOME's runtime is a stand-in; what is installed there disturbs no Flatpak of the user.
standin_dir=$cache_dir/flatpak-standin

manifest_value ()
{
  sed -n "s/^ *\"$1\": \"\(.*\)\".*/\1/p" "$manifest"
}

runtime_branch=$(manifest_value runtime-version)

# Sets $runtime_dir to the Flatpak installation that holds GNOME's Platform and Sdk, and $runtime_kind to flathub or standin.
# Returns 1 when there is none yet.
find_runtime ()
{
  local folder
  for folder in "${FLATPAK_USER_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/flatpak}" /var/lib/flatpak; do
    if has_runtime "$folder"; then
      runtime_dir=$folder runtime_kind=flathub
      return 0
    fi
  done
  runtime_dir=$standin_dir/installation runtime_kind=standin
  standin_is_current
}

# has_runtime INSTALLATION
has_runtime ()
{
  local arch
  arch=$(uname -m)
  [[ -e $1/runtime/org.gnome.Platform/$arch/$runtime_branch/active && -e $1/runtime/org.gnome.Sdk/$arch/$runtime_branch/active ]]
}

ensure_runtime ()
{
  find_runtime || make_standin
}

# with_flatpak INSTALLATION CMD…: runs CMD with the runtime that was found, and INSTALLATION for what it installs itself. The
# machine's own Flatpak configuration is left out of it.
with_flatpak ()
{
  local installation=$1
  shift
  mkdir -p "$flatpak_dir/config" "$installation"
  in_environment env FLATPAK_USER_DIR="$installation" FLATPAK_SYSTEM_DIR="$runtime_dir" \
    FLATPAK_CONFIG_DIR="$flatpak_dir/config" "$@"
}

# build_flatpak SOURCE FOLDER [OPTION…]: builds SOURCE's manifest with these options of flatpak-builder, by default with what its
# compiler remembers; FOLDER/repo holds the result, FOLDER/build/files the files.
build_flatpak ()
{
  local source=$1 folder=$2 log=$2/build.log date
  shift 2
  (($# > 0)) || set -- --ccache
  # Else it is the date of a file here, and no two builds were the same.
  ! date=$(git -C "$source_dir" log -1 --format=%ct 2> /dev/null) || set -- "$@" --override-source-date-epoch="$date"
  mkdir -p "$folder"
  say "Building the Flatpak of TokenDesk with org.gnome.Sdk $runtime_branch ($runtime_kind)."
  # The overlay that --disable-rofiles-fuse does without guards the cache of further modules; there is only one.
  with_flatpak "$flatpak_dir/own" flatpak-builder --user --force-clean --disable-rofiles-fuse "$@" \
    --state-dir="$folder/state" --repo="$folder/repo" "$folder/build" "$source/$app_id.json" > "$log" 2>&1 < /dev/null || {
      grep -n 'error:\|^FAILED: \|^error: \|^bwrap: ' "$log" >&2 || tail -n 20 "$log" >&2
      die "the Flatpak could not be built; the reason stands above, everything in $log."
    }
  grep 'warning:' "$log" >&2 || true
}

# install_flatpak INSTALLATION: from the repository that was built.
install_flatpak ()
{
  local installation=$1
  # TokenDesk's runtime is there; asking where it came from for news would need the network.
  { with_flatpak "$installation" flatpak --user remote-add --if-not-exists --no-gpg-verify tokendesk "$flatpak_repo" &&
      with_flatpak "$installation" flatpak --user install --noninteractive --no-deps --no-related --reinstall \
        tokendesk "$app_id" >&2
  } || die "the Flatpak could not be installed in $installation; the reason stands above."
}

# Where the user's own `install` and `run` have TokenDesk.
own_installation ()
{
  if [[ $runtime_kind == standin ]]; then
    echo "$standin_dir/installation"
  else
    echo "${FLATPAK_USER_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/flatpak}"
  fi
}

# Can a sandbox be made here at all?
has_sandbox ()
{
  in_environment bwrap --unshare-user --unshare-pid --ro-bind / / --proc /proc true 2> /dev/null
}

# prepare_flatpak_test: builds the Flatpak and tells its test where it is. Where there can be no sandbox the test says so.
prepare_flatpak_test ()
{
  has_sandbox || return 0
  ensure_runtime
  build_flatpak "$source_dir" "$flatpak_dir"
  export TOKENDESK_FLATPAK=$flatpak_repo:$runtime_dir
}
