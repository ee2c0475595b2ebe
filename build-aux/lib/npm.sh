# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# npm packages that only development needs: tokenizers to compare with, texts to measure on. They are fetched with the
# machine's own npm, or the environment's, into the cache folder, and are never part of TokenDesk.

# fetch_npm FILE: fetches the packages FILE lists, one name@version per line, and sets $npm_dir to the folder whose
# node_modules holds them. Returns 1 when there is no npm or the packages cannot be had.
fetch_npm ()
{
  local list=$1
  local -a packages=() command=()
  npm_dir=$cache_dir/npm
  mapfile -t packages < "$list"
  if [[ -d $npm_dir/node_modules ]] && cmp -s "$list" "$npm_dir/packages.txt"; then
    return 0
  fi
  if have npm; then
    command=(npm)
  elif in_environment sh -c 'command -v npm' > /dev/null 2>&1; then
    command=(in_environment npm)
  else
    return 1
  fi
  say "Fetching npm packages."
  mkdir -p "$npm_dir"
  rm -f "$npm_dir/packages.txt"
  printf '{ "private": true }\n' > "$npm_dir/package.json"
  (cd "$npm_dir" && "${command[@]}" install --silent --no-audit --no-fund --no-save --ignore-scripts "${packages[@]}") ||
    return 1
  cp "$list" "$npm_dir/packages.txt"
}
