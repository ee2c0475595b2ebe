# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Configures and compiles into $build_dir (TOKENDESK_BUILD_DIR, by default _build in the source tree).

# Says which environment a build folder was configured in; the other one has other compilers and libraries.
build_stamp=$build_dir/.environment

build ()
{
  configure
  say "Compiling."
  if [[ -t 1 ]]; then
    in_environment ninja -C "$build_dir" >&2
  else
    in_environment ninja --quiet -C "$build_dir" >&2
  fi || die "TokenDesk does not compile; the reason stands above."
}

configure ()
{
  local -a wipe=()
  if [[ -f $build_dir/build.ninja && -f $build_dir/meson-private/coredata.dat ]]; then
    if [[ ! -f $build_stamp || $(< "$build_stamp") == "$environment" ]]; then
      return 0
    fi
    wipe=(--wipe)
  fi
  say "Configuring $build_dir."
  mkdir -p "$build_dir" || die "cannot make the folder $build_dir."
  in_environment meson setup "${wipe[@]}" "$build_dir" "$source_dir" > "$build_dir/setup.log" 2>&1 || {
    tail -n 20 "$build_dir/setup.log" >&2
    die "meson could not configure TokenDesk; the reason stands above."
  }
  printf '%s\n' "$environment" > "$build_stamp"
}
