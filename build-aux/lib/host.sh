# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# What the machine itself offers: are its libraries new enough, and can its package manager complete them?

# Prints "MODULE VERSION" for each library meson.build asks for, so that the versions stand in one place only.
required_modules ()
{
  awk -F "'" '
    /^[a-z]+_version = / { split ($1, name, " "); version[name[1]] = $2 }
    /^[a-z0-9_]+_dep = dependency\(/ {
      if ($4 == ">= ") { split ($5, name, /[ +,)]+/); print $2, version[name[2]] }
      else { sub (/^>= /, "", $4); print $2, $4 }
    }' "$source_dir/meson.build"
}

# Prints the required modules that pkg-config does not find in this version or newer.
missing_modules ()
{
  local module version
  while read -r module version; do
    pkg-config --atleast-version="$version" "$module" 2> /dev/null || printf '%s\n' "$module"
  done < <(required_modules)
}

# missing_programs GROUP…: the programs of these package groups that the machine lacks.
missing_programs ()
{
  local -a programs=()
  local program
  [[ " $* " == *" build "* ]] &&
    programs+=(appstreamcli cc desktop-file-validate glib-compile-resources glib-compile-schemas
               gtk4-update-icon-cache meson msgfmt ninja pkg-config python3 xmllint)
  [[ " $* " == *" test "* ]] && programs+=(Xvfb dbus-daemon gnome-keyring-daemon xdotool)
  [[ " $* " == *" flatpak "* ]] && programs+=(bwrap flatpak flatpak-builder ostree)
  for program in "${programs[@]}"; do
    have "$program" || printf '%s\n' "$program"
  done
}

required_version_of ()
{
  required_modules | awk -v module="$1" '$1 == module { print $2 }'
}

# Can the package manager install libraries that are new enough? Looks at the three that decide it.
host_offers_libraries ()
{
  if have apt-get; then
    apt_offers libgtk-4-dev gtk4 && apt_offers libadwaita-1-dev libadwaita-1 &&
      apt_offers libgtksourceview-5-dev gtksourceview-5
  elif have dnf; then
    is_newer_or_equal "$(rpm -q --qf '%{VERSION}\n' gtk4 2> /dev/null | head -n 1)" "$(required_version_of gtk4)"
  elif have pacman; then
    is_newer_or_equal "$(pacman -Si gtk4 2> /dev/null | awk '$1 == "Version" { sub (/^[0-9]+:/, "", $3); print $3; exit }')" \
                      "$(required_version_of gtk4)"
  else
    return 1
  fi
}

# apt_offers PACKAGE MODULE: is the version apt would install as new as meson.build wants MODULE?
apt_offers ()
{
  local candidate
  candidate=$(LC_ALL=C apt-cache policy "$1" | awk '$1 == "Candidate:" { print $2 }')
  [[ -n $candidate && $candidate != "(none)" ]] && dpkg --compare-versions "$candidate" ge "$(required_version_of "$2")"
}

is_newer_or_equal ()
{
  [[ $1 =~ ^[0-9] ]] && [[ $(printf '%s\n' "$2" "$1" | sort -V | head -n 1) == "$2" ]]
}

# apt knows nothing at all on a machine that has never run `apt-get update`.
refresh_apt_if_empty ()
{
  if have apt-get && [[ -z $(LC_ALL=C apt-cache policy libgtk-4-dev 2> /dev/null) ]]; then
    refresh_apt
  fi
}

# Package lists grow old, and then name versions that the servers no longer have. Once in a run is enough. Who cannot be
# root is told what to install, later and in one sentence.
refresh_apt ()
{
  [[ -n ${apt_is_fresh:-} ]] || ! can_be_root || apt_get update
  apt_is_fresh=1
}

# apt_get ARGS…: shown and run, its output into the log; on failure one sentence.
apt_get ()
{
  need_root apt-get "$@"
  "${root_prefix[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" < /dev/null 2>&1 |
    show_progress || die "$(explain_failure "apt-get $1")"
}

# missing_packages GROUP…: what dpkg does not know as installed and apt can install.
missing_packages ()
{
  local -a wanted missing
  mapfile -t wanted < <(packages_of debian.txt "$@")
  mapfile -t missing < <(
    comm -23 <(printf '%s\n' "${wanted[@]}" | sort) \
             <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2> /dev/null |
               sed -n 's/^installed //p' | sort))
  ((${#missing[@]} == 0)) || LC_ALL=C apt-cache policy "${missing[@]}" |
    awk '/^[^ ]/ { sub (/:$/, ""); name = $1 } $1 == "Candidate:" && $2 != "(none)" { print name }'
}

# The machine has what these groups stand for. Besides what is indispensable that is fonts, icons and the like, for whose
# sake nobody who cannot install them shall be kept from working.
host_is_complete ()
{
  [[ -z $(missing_modules) && -z $(missing_programs "$@") ]] &&
    { ! have apt-get || [[ -z $(missing_packages "$@") ]] || ! can_be_root; }
}

# install_host_packages GROUP…: completes the host, or says exactly what to type where we do not install by ourselves.
install_host_packages ()
{
  local -a wanted missing
  if have apt-get; then
    refresh_apt
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]} == 0)) && return 0
    say "TokenDesk needs ${#missing[@]} more packages on this machine."
    apt_get install --no-install-recommends "${missing[@]}"
  elif have dnf; then
    mapfile -t wanted < <(packages_of fedora.txt "$@")
    die "install what is missing and try again: sudo dnf install ${wanted[*]}"
  elif have pacman; then
    mapfile -t wanted < <(packages_of arch.txt "$@")
    die "install what is missing and try again: sudo pacman -S --needed ${wanted[*]}"
  else
    die "no apt-get, dnf or pacman here; install these with their development files and try again:" \
        "$(missing_modules | paste -sd ' ') $(missing_programs "$@" | paste -sd ' ')"
  fi
}

# The tests speak English and Chinese. Locales that the machine has not set up are made for them alone, in the cache.
ensure_test_locales ()
{
  local name folder=$cache_dir/locales
  if [[ -e $own_stamp ]] || (($(locale -a 2> /dev/null | grep -c '^\(en_US\|zh_CN\)\.utf8$') == 2)); then
    return 0
  fi
  mkdir -p "$folder"
  for name in en_US zh_CN; do
    [[ ! -e $folder/$name.UTF-8 ]] || continue
    # A failed try leaves an empty folder behind.
    rm -rf "$folder/partial"
    if localedef --no-archive -i "$name" -f UTF-8 "$folder/partial" 2> /dev/null; then
      mv "$folder/partial" "$folder/$name.UTF-8"
    else
      say "The locale $name.UTF-8 cannot be made here; tests that need it are skipped."
    fi
  done
  export LOCPATH=$folder
}
