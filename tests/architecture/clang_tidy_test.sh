#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# clang_tidy_test.sh SOURCE_DIR BUILD_DIR: runs clang-tidy over every unit of the build, two at a
# time. A unit that passed leaves a stamp in the user's cache folder, named by the hash of all that
# the verdict depends on but not by the place of the checkout, so that only what changed is looked
# at again, in another clone too.
set -euo pipefail
export LC_ALL=C

fail() {
  echo "clang_tidy: $*" >&2
  exit 1
}

# The units of this project in the compilation database, without generated ones.
list_units() {
  sed -n 's/^ *"file": "\(.*\)",\{0,1\}$/\1/p' "$build_dir/compile_commands.json" |
    { grep -F "$source_dir/" || true; } | { grep -vF "$build_dir/" || true; } | sort -u
}

# What every unit depends on: the checks and the tool.
hash_common() {
  {
    "$tidy" --version
    cat "$source_dir/.clang-tidy"
  } | sha256sum | cut -d ' ' -f 1
}

# A line a header of the project: its hash, and its path below the sources.
hash_headers() (
  cd "$source_dir"
  find app core hw_backend projects resources tests views -name '*.h' -print0 |
    sort -z | xargs -0 -r sha256sum
)

# For every unit that the build knows: its path, and hash and path of each header of the project that
# it included when it was compiled.
list_dependencies() {
  ninja -C "$build_dir" -t deps 2>/dev/null | awk -v root="$source_dir/" '
    NR == FNR { hash[$2] = $1; next }
    /^[^ ]/ { unit = ""; next }
    {
      path = $1
      sub(/^(\.\.\/)+/, "", path)
      if (index(path, root) == 1) path = substr(path, length(root) + 1)
      if (unit == "") unit = path
      else if (path in hash) print unit, hash[path], path
    }' "$headers" - | sort -u
}

# Besides that a unit depends on its text, on its compiler command and on the headers it includes;
# on all of them where the build does not know which.
stamp_of() {
  local unit=${1#"$source_dir"/}
  {
    echo "$common"
    grep -F -B 2 "\"file\": \"$1\"" "$build_dir/compile_commands.json" |
      sed -e "s|$build_dir|BUILD|g" -e "s|$source_dir|SOURCE|g"
    cat "$1"
    grep "^$unit " "$dependencies" || cat "$headers"
  } | sha256sum | cut -d ' ' -f 1
}

check_unit() {
  local stamp output
  stamp=$stamps/$(stamp_of "$1")
  [ ! -e "$stamp" ] || return 0
  # GCC's own warnings and OpenMP flags mean nothing to clang's parser; clang_vector.h says the rest.
  if output=$("$tidy" -p "$build_dir" --quiet --extra-arg-before=-include \
    --extra-arg-before="$source_dir/resources/cmake/clang_vector.h" \
    --extra-arg=-Wno-unknown-warning-option --extra-arg=-fno-openmp "$1" 2>&1); then
    : >"$stamp"
  else
    printf '%s\n%s\n' "clang_tidy: $1" "$output"
    return 1
  fi
}

run_all() {
  local self=$1
  list_units | tr '\n' '\0' |
    xargs -0 -r -n 1 -P 2 bash "$self" "$source_dir" "$build_dir" "$tidy" "$common" "$work" ||
    return 1
}

[ $# -ge 2 ] || fail "usage: clang_tidy_test.sh SOURCE_DIR BUILD_DIR"
source_dir=$1 build_dir=$2
stamps=${XDG_CACHE_HOME:-${HOME:-$2}/.cache}/a2q/clang-tidy
if [ $# -eq 6 ]; then # called by run_all for one unit
  tidy=$3 common=$4 headers=$5/headers dependencies=$5/dependencies
  check_unit "$6"
  exit
fi
tidy=$(command -v clang-tidy || command -v clang-tidy-14) ||
  fail "clang-tidy is not installed (Debian package: clang-tidy)"
[ -s "$build_dir/compile_commands.json" ] ||
  fail "no compile_commands.json in $build_dir: configure with a preset"
units=$(list_units | wc -l)
[ "$units" -gt 0 ] || fail "no unit of $source_dir in the compilation database"
mkdir -p "$stamps"
find "$stamps" -type f -mtime +30 -delete
common=$(hash_common)
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
headers=$work/headers dependencies=$work/dependencies
hash_headers >"$headers"
list_dependencies >"$dependencies"
run_all "$0" || fail "findings above (.clang-tidy lists the checks)"
echo "clang_tidy: $units units, no findings"
