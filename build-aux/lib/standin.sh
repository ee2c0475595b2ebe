# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# A stand-in for GNOME's runtime where Flathub cannot be reached: org.gnome.Platform and org.gnome.Sdk of the manifest's branch
# made from the newest Debian root. It shows that TokenDesk builds, is confined and works; a release is built with the real
# one. Both are the same tree, so files are stored once.

# Raised when a change to this file asks for a new stand-in.
standin_format=1
standin_stamp=$standin_dir/stamp

new_standin_stamp ()
{
  echo "format $standin_format"
  echo "branch $runtime_branch"
  sort "$cache_dir/debian-newest/$root_stamp" 2> /dev/null || echo none
}

standin_is_current ()
{
  has_runtime "$standin_dir/installation" && [[ -f $standin_stamp && $(< "$standin_stamp") == "$(new_standin_stamp)" ]]
}

make_standin ()
{
  # In a process of its own, since it speaks of another root as the root.
  (
    use_newest_root
    root_is_complete || with_lock complete_root
  )
  with_lock assemble_standin
}

# Everything in a folder of its own that gets its name when it is whole.
assemble_standin ()
{
  local partial=$standin_dir.partial kind start=$SECONDS
  ! standin_is_current || return 0
  say "Making a stand-in for GNOME's runtime $runtime_branch in $standin_dir."
  rm -rf "$partial"
  mkdir -p "$partial/tree/files" "$partial/own/files" "$partial/own/var"
  copy_settings "$cache_dir/debian-newest/etc" "$partial/own/files/etc"
  # One format for the repository and for the installation, so that installing means linking.
  in_environment ostree --repo="$partial/repo" init --mode=bare-user-only >&2
  in_environment bwrap --bind / / --dev-bind /dev /dev --ro-bind "$cache_dir/debian-newest/usr" "$partial/tree/files" -- \
    ostree --repo="$partial/repo" commit --branch=tree --canonical-permissions --no-xattrs --fsync=false \
    --tree=dir="$partial/tree" >> "$setup_log" 2>&1 ||
    die "$(explain_failure "Making the stand-in for GNOME's runtime")"
  for kind in Sdk Platform; do
    add_standin "$partial" "$kind" >> "$setup_log" 2>&1 ||
      die "$(explain_failure "Making the stand-in for GNOME's runtime")"
  done
  install_standin "$partial" >> "$setup_log" 2>&1 ||
    die "$(explain_failure "Installing the stand-in for GNOME's runtime")"
  new_standin_stamp > "$partial/stamp"
  rm -rf "$standin_dir" "$partial/tree" "$partial/own"
  mv "$partial" "$standin_dir"
  say "The stand-in is complete ($((SECONDS - start)) s)."
}

# What flatpak itself puts into a sandbox's /etc, and what only root may read, stay behind.
copy_settings ()
{
  local from=$1 to=$2
  mkdir -p "$to"
  tar -C "$from" -cf - --ignore-failed-read --exclude='./*shadow*' --exclude=./passwd --exclude=./group --exclude=./hosts \
    --exclude=./hostname --exclude=./localtime --exclude=./machine-id --exclude=./mtab --exclude=./resolv.conf \
    --exclude="./${root_stamp##*/}" . 2>> "$setup_log" | tar -C "$to" -xf - --no-same-owner
  # The flags that the real SDK compiles with, in short.
  mkdir -p "$to/flatpak-builder"
  printf '{ "cflags": "-O2 -g -fstack-protector-strong", "ldflags": "-Wl,-z,relro,-z,now" }\n' > \
    "$to/flatpak-builder/defaults.json"
}

# add_standin FOLDER Sdk|Platform
add_standin ()
{
  local folder=$1 kind=$2 arch metadata
  arch=$(uname -m)
  metadata="[Runtime]
name=org.gnome.$kind
runtime=org.gnome.Platform/$arch/$runtime_branch
sdk=org.gnome.Sdk/$arch/$runtime_branch

[Environment]
PATH=/app/bin:/usr/bin:/usr/sbin
LD_LIBRARY_PATH=/app/lib
XDG_CONFIG_DIRS=/app/etc/xdg:/etc/xdg
XDG_DATA_DIRS=/app/share:/usr/share:/run/host/user-share:/run/host/share"
  # The commit repeats the file to the byte, or flatpak refuses it.
  printf '%s' "$metadata" > "$folder/own/metadata"
  in_environment ostree --repo="$folder/repo" commit --branch="runtime/org.gnome.$kind/$arch/$runtime_branch" \
    --canonical-permissions --no-xattrs --fsync=false --tree=ref=tree --tree=dir="$folder/own" \
    --add-metadata-string=xa.metadata="$metadata"
}

# install_standin FOLDER
install_standin ()
{
  local folder=$1
  # shellcheck disable=SC2034 # read by with_flatpak
  local runtime_dir=$1/none
  in_environment flatpak build-update-repo --no-update-appstream "$folder/repo" &&
    with_flatpak "$folder/installation" flatpak --user remote-add --no-gpg-verify standin "$folder/repo" &&
    with_flatpak "$folder/installation" flatpak --user install --noninteractive standin \
      "org.gnome.Platform//$runtime_branch" "org.gnome.Sdk//$runtime_branch" &&
    with_flatpak "$folder/installation" flatpak --user remote-modify standin --url="file://$standin_dir/repo"
}
