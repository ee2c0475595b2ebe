# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# What the user sees of apt, dpkg and mmdebstrap: one moving line on a terminal, a line now and then elsewhere, the whole
# output in a log, and one sentence when something failed.

# Reads the output of apt on stdin.
show_progress ()
{
  local line step='' total='' fetched=0 unpacked=0 configured=0 count shown=0
  while IFS= read -r line; do
    # A full disk must not hide behind this script's own complaint about it.
    printf '%s\n' "$line" 2> /dev/null >> "$setup_log" || true
    case $line in
      Get:*) step='Downloading' count=$((fetched += 1)) ;;
      Unpacking\ *) step='Unpacking' count=$((unpacked += 1)) ;;
      Setting\ up\ *) step='Setting up' count=$((configured += 1)) ;;
      *' newly installed,'*)
        total=${line%% newly installed,*}
        total=${total##* }
        fetched=0 unpacked=0 configured=0 shown=0
        continue ;;
      *) continue ;;
    esac
    if [[ -t 2 ]]; then
      printf '\r\e[K  %s: %d of %s packages' "$step" "$count" "${total:-?}" >&2
    elif ((total > 0 && (count % 100 == 0 || count == total))); then
      printf '  %s: %d of %d packages\n' "$step" "$count" "$total" >&2
    fi
    shown=1
  done
  if [[ -t 2 ]] && ((shown)); then
    printf '\r\e[K' >&2
  fi
}

# explain_failure WHAT: one sentence on why WHAT failed, from the log it left.
explain_failure ()
{
  if (($(free_space) < 20)) || grep -qi 'no space left on device\|enough free \(disk \)\?space' "$setup_log"; then
    echo "$1 ran out of disk space in $cache_dir or on the system disk; free some and try again."
  elif grep -qi 'could not resolve\|temporary failure resolving\|could not connect\|cannot initiate the connection\|connection timed out\|network is unreachable\|failed to fetch' \
       "$setup_log"; then
    echo "$1 could not reach the package server; check the network connection and try again."
  else
    echo "$1 failed; see $setup_log, then try again."
  fi
}
