# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Is there a display a window can open on? Variables alone prove nothing: they outlive the server they name.

has_display ()
{
  has_wayland || has_x11
}

has_wayland ()
{
  case ${WAYLAND_DISPLAY:-} in
    '') return 1 ;;
    /*) [[ -S $WAYLAND_DISPLAY ]] ;;
    *) [[ -S ${XDG_RUNTIME_DIR:-/nonexistent}/$WAYLAND_DISPLAY ]] ;;
  esac
}

# A local server listens on a Unix socket, as a file or under an abstract name; a forwarded one on a TCP port.
has_x11 ()
{
  local host=${DISPLAY:-} number
  [[ $host == *:* ]] || return 1
  number=${host##*:}
  number=${number%%.*}
  host=${host%:*}
  [[ $number =~ ^[0-9]+$ ]] || return 1
  case $host in
    '' | unix) x_socket_listens "/tmp/.X11-unix/X$number" ;;
    *) (: < "/dev/tcp/$host/$((6000 + number))") 2> /dev/null ;;
  esac
}

# Field 4 of this table has bit 0x10000 set for a socket that accepts connections.
x_socket_listens ()
{
  awk -v path="$1" '($8 == path || $8 == "@" path) && $4 == "00010000" { found = 1 } END { exit !found }' /proc/net/unix
}
