# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Configures and compiles into $build_dir (TOKENDESK_BUILD_DIR, by default _build in the source tree).

# Says which environment a build folder was configured in; another one has other compilers and libraries.
build_stamp=.environment

build ()
{
  local log=$build_dir/compile.log
  configure
  if ! in_environment ninja -C "$build_dir" 2>&1 | show_compiling "$log"; then
    sed -n '/^FAILED: /,$p' "$log" | head -n 80 >&2
    grep -q '^FAILED: ' "$log" || tail -n 20 "$log" >&2
    die "the program does not compile; the reason stands above, everything in $log."
  fi
  # Warnings are shown even when all went well.
  grep 'warning:' "$log" >&2 || true
}

# show_compiling LOG: reads the output of ninja, whose lines begin with [STEP/STEPS].
show_compiling ()
{
  local log=$1 line step steps shown=0
  : > "$log"
  while IFS= read -r line; do
    printf '%s\n' "$line" >> "$log"
    [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
    step=${BASH_REMATCH[1]} steps=${BASH_REMATCH[2]}
    if [[ -t 2 ]]; then
      printf '\r\e[K  Compiling: %d of %d steps' "$step" "$steps" >&2
      shown=1
    elif ((step == steps || step % 50 == 0)); then
      printf '  Compiling: %d of %d steps\n' "$step" "$steps" >&2
    fi
  done
  ((shown == 0)) || printf '\r\e[K' >&2
}

configure ()
{
  local -a wipe=()
  if [[ -f $build_dir/build.ninja && -f $build_dir/meson-private/coredata.dat ]]; then
    if [[ ! -f $build_dir/$build_stamp || $(< "$build_dir/$build_stamp") == "$environment$root_release" ]]; then
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
  printf '%s\n' "$environment$root_release" > "$build_dir/$build_stamp"
}
