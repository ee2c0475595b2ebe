# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Running something in the private Debian root with bubblewrap. The programs and libraries are the root's and read-only;
# everything a user works with is the machine's own: home, source tree, other disks, /tmp, network, display, D-Bus session,
# devices, time zone.

# in_root [exec] CMD…: with exec, bubblewrap takes the place of this script.
in_root ()
{
  local -a call=()
  local -a options=()
  local folder passwd_fd group_fd
  if [[ $1 == exec ]]; then
    call=(exec)
    shift
  fi
  add_machine_folders
  add_machine_settings
  add_session
  add_environment

  folder=$PWD
  is_visible_in_root "$folder" || [[ $folder/ == "$source_dir"/* || $folder/ == "$HOME"/* ]] || folder=$source_dir
  exec {passwd_fd}< <(user_database passwd "$UID")
  exec {group_fd}< <(user_database group "$(id -g)")
  "${call[@]}" bwrap --bind "$root_dir" / --dev-bind /dev /dev --bind /proc /proc --tmpfs /run --tmpfs /var/tmp \
    --ro-bind-data "$passwd_fd" /etc/passwd --ro-bind-data "$group_fd" /etc/group \
    "${options[@]}" "${root_options[@]}" --remount-ro / --chdir "$folder" --die-with-parent -- "$@"
}

# All top folders of the machine that belong to users rather than to its operating system.
add_machine_folders ()
{
  local top
  for top in /*; do
    [[ -d $top && ! -L $top ]] || continue
    case $top in
      /bin | /boot | /dev | /etc | /lib* | /lost+found | /proc | /run | /sbin | /sys | /usr | /var) ;;
      *) options+=(--bind "$top" "$top") ;;
    esac
  done
  [[ ! -d /sys ]] || options+=(--ro-bind /sys /sys)
  [[ ! -d /run/media ]] || options+=(--bind /run/media /run/media)
  # The source tree, the build folder, the home or a file to open may lie in a place that was left out above.
  for top in "$source_dir" "$(dirname -- "$build_dir")" "$HOME" "${extra_files[@]}"; do
    [[ ! -e $top ]] || is_visible_in_root "$top" || options+=(--bind "$top" "$top")
  done
}

# More options of bubblewrap for in_root.
root_options=()

# Files in_root shall show besides what is visible anyway.
extra_files=()

# Is PATH below one of the folders of add_machine_folders?
is_visible_in_root ()
{
  case $1/ in
    / | /bin/* | /boot/* | /dev/* | /etc/* | /lib*/* | /proc/* | /run/* | /sbin/* | /sys/* | /usr/* | /var/*) return 1 ;;
  esac
}

# Name service, certificates and time zone.
add_machine_settings ()
{
  local file bundle=${SSL_CERT_FILE:-}
  for file in hosts resolv.conf; do
    [[ ! -e /etc/$file ]] || options+=(--ro-bind "$(realpath "/etc/$file")" "/etc/$file")
  done
  [[ ! -e /etc/localtime ]] || options+=(--ro-bind "$(realpath /etc/localtime)" /etc/localtime)
  for file in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/ca-bundle.pem; do
    [[ -e $bundle ]] || bundle=$file
  done
  [[ ! -e $bundle ]] || options+=(--ro-bind "$(realpath "$bundle")" /etc/ssl/certs/ca-certificates.crt)
}

# Display, sound and D-Bus live in the runtime folder; the X socket is in /tmp, which is shared.
add_session ()
{
  local runtime=${XDG_RUNTIME_DIR:-} bus=${DBUS_SESSION_BUS_ADDRESS:-}
  [[ ! -d $runtime ]] || is_visible_in_root "$runtime" || options+=(--bind "$runtime" "$runtime")
  if [[ $bus == unix:path=* ]]; then
    bus=${bus#unix:path=}
    bus=${bus%%,*}
    [[ ! -S $bus || $bus == "$runtime"/* ]] || is_visible_in_root "$bus" || options+=(--bind "$bus" "$bus")
  fi
  if [[ -f ${XAUTHORITY:-} && $XAUTHORITY != "$runtime"/* ]] && ! is_visible_in_root "$XAUTHORITY"; then
    options+=(--ro-bind "$XAUTHORITY" "$XAUTHORITY")
  fi
}

# Variables that point into the machine's own libraries would mislead the root's.
add_environment ()
{
  local name
  for name in CC CXX CPATH C_INCLUDE_PATH GDK_PIXBUF_MODULE_FILE GIO_EXTRA_MODULES GIO_MODULE_DIR GI_TYPELIB_PATH \
              GTK_EXE_PREFIX GTK_IM_MODULE_FILE GTK_MODULES GTK_PATH LD_LIBRARY_PATH LD_PRELOAD LIBRARY_PATH LOCPATH \
              PERL5LIB PKG_CONFIG_LIBDIR PKG_CONFIG_PATH PYTHONHOME PYTHONPATH TOKENDESK_ENVIRONMENT \
              XDG_CONFIG_DIRS XDG_DATA_DIRS; do
    options+=(--unsetenv "$name")
  done
  options+=(--setenv PATH /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
  add_locale
  # Settings go through the machine's dconf service; without one they go into a file.
  if [[ -n ${DBUS_SESSION_BUS_ADDRESS:-} && ! -e /usr/share/dbus-1/services/ca.desrt.dconf.service ]]; then
    options+=(--setenv GSETTINGS_BACKEND keyfile)
  fi
}

# The root has the locales of English and Chinese. One that it lacks would turn all of them off, and LANGUAGE with them,
# in which users may ask for any other language that TokenDesk speaks.
add_locale ()
{
  local name
  for name in LC_ALL LC_ADDRESS LC_COLLATE LC_CTYPE LC_IDENTIFICATION LC_MEASUREMENT LC_MESSAGES LC_MONETARY LC_NAME \
              LC_NUMERIC LC_PAPER LC_TELEPHONE LC_TIME; do
    root_has_locale "${!name:-C}" || options+=(--unsetenv "$name")
  done
  name=${LC_ALL:-${LANG:-C.UTF-8}}
  if ! root_has_locale "$name" || [[ -n ${LANGUAGE:-} && $name == [CP]* ]]; then
    case $name in
      zh*) options+=(--setenv LANG zh_CN.UTF-8) ;;
      *) options+=(--setenv LANG en_US.UTF-8) ;;
    esac
  fi
}

root_has_locale ()
{
  [[ $1 =~ ^(C|POSIX|((C|en_US|zh_CN)\.(utf8|UTF-8)))$ ]]
}

# user_database passwd|group ID: the root's own entries, and the one of the user who is running this.
user_database ()
{
  cat "$root_dir/etc/$1"
  awk -F : -v id="$2" '$3 == id { found = 1 } END { exit !found }' "$root_dir/etc/$1" || getent "$1" "$2" || true
}
