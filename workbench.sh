#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds the release preset and runs what is named.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: ./workbench.sh [--yes] [COMMAND [ARGUMENTS]]

Installs missing Debian packages, builds the release preset and then runs the command:
  (none)        opens the workbench; without a display (or before the workbench is built)
                trains the sample network on the command line
  build         builds only
  test [ARGS]   builds and runs all tests; ARGS go to ctest, for example -L lint
  bench         builds and runs the benchmarks
  a2q [ARGS]    runs the command line program, for example: a2q train SPEC.toml
  help          shows this text

  --yes         installs packages without asking

On a terminal it asks before it uses root. A2Q_HEADLESS=1 keeps the workbench closed.
TEXT
}

# Debian 12's names.
packages=(
  cmake ninja-build g++ pkg-config ccache lld
  libtorch-dev libopenblas0-openmp libexpected-dev libtomlplusplus-dev nlohmann-json3-dev
  libcli11-dev libspdlog-dev libfmt-dev zlib1g-dev libpng-dev libjpeg-dev
  libcurl4-openssl-dev libssl-dev libarchive-dev libonnx-dev libprotobuf-dev libhdf5-dev
  qt6-base-dev libqt6opengl6-dev qt6-svg-dev libqcustomplot-dev
  libgtest-dev libgmock-dev libeigen3-dev clang-format clang-tidy
  yosys nextpnr-ice40 verilator
  python3 python3-numpy python3-onnx python3-h5py hdf5-tools locales
)

say() { printf '%s\n' "workbench: $*" >&2; }

die() {
  say "$@"
  exit 1
}

is_debian() { command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; }

on_terminal() { [ -t 0 ] && [ -t 2 ]; }

# The packages of the list that are not installed, one a line.
missing_packages() {
  local installed name
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" 2>/dev/null || true)
  for name in "${packages[@]}"; do
    grep -qxF "installed $name" <<<"$installed" || printf '%s\n' "$name"
  done
}

confirm() {
  local answer
  printf 'Run them now? [Y/n] ' >&2
  read -r answer || return 1
  [[ $answer =~ ^([Yy].*)?$ ]]
}

# Installs the packages named; asks first on a terminal unless --yes was given.
install_packages() {
  local -a as_root=() update install
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      die "packages are missing, and neither root nor sudo is at hand. As root, run:" \
        "apt-get update && apt-get install --no-install-recommends $*"
    as_root=(sudo)
    on_terminal || as_root+=(-n)
  fi
  update=("${as_root[@]}" apt-get update)
  install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300
    install -y --no-install-recommends "$@")
  say "packages are missing; these commands install them:"
  say "  ${update[*]}"
  say "  ${install[*]}"
  if [ "$assume_yes" = no ] && on_terminal; then
    confirm || die "nothing was installed; run the commands above, then this script again"
  fi
  "${update[@]}" >&2 || say "apt-get update failed; going on with the package lists at hand"
  "${install[@]}" >&2 ||
    die "the installation failed (see above); run the commands by hand, then this script again"
}

ensure_packages() {
  local -a missing
  if ! is_debian; then
    say "this is no Debian-like system; the build needs the equivalents of: ${packages[*]}"
    return 0
  fi
  mapfile -t missing < <(missing_packages)
  [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
}

# One job a core, and 1.5 GB each: a unit that includes LibTorch takes 1.1 GB.
job_count() {
  local cores megabytes jobs
  cores=$(nproc)
  megabytes=$(awk '/^MemAvailable:/ { print int($2 / 1024) }' /proc/meminfo)
  jobs=$((${megabytes:-1536} / 1536))
  [ "$jobs" -le "$cores" ] || jobs=$cores
  [ "$jobs" -ge 1 ] || jobs=1
  printf '%s\n' "$jobs"
}

# Configures (anew when the checkout was moved) and builds; all output goes to standard error.
build() {
  local -a fresh=()
  local cache=$build_dir/CMakeCache.txt
  if [ -e "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
    fresh=(--fresh)
  fi
  (
    cd "$root"
    cmake --preset release "${fresh[@]}" &&
      cmake --build --preset release --parallel "${CMAKE_BUILD_PARALLEL_LEVEL:-$(job_count)}"
  ) >&2
}

run_tests() {
  build
  cd "$root"
  ctest --preset release -j2 "$@"
}

run_benchmarks() {
  build
  exec cmake --build "$build_dir" --target bench
}

run_a2q() {
  build
  exec "$build_dir/bin/a2q" "$@"
}

has_display() { [ -z "${A2Q_HEADLESS:-}" ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }

open_workbench() {
  build
  if has_display && [ -x "$build_dir/bin/a2q-workbench" ]; then
    exec "$build_dir/bin/a2q-workbench"
  fi
  say "training the sample network; results go to $build_dir/sample-run"
  exec "$build_dir/bin/a2q" train "$root/projects/lenet_digits.toml" \
    --output "$build_dir/sample-run" --force
}

run_command() {
  local command=${1:-open}
  [ $# -eq 0 ] || shift
  case $command in
    open) open_workbench ;;
    build) build ;;
    test) run_tests "$@" ;;
    bench) run_benchmarks ;;
    a2q) run_a2q "$@" ;;
  esac
}

main() {
  assume_yes=no
  while [ $# -gt 0 ]; do
    case $1 in
      --yes | -y) assume_yes=yes && shift ;;
      *) break ;;
    esac
  done
  case ${1:-open} in
    open | build | test | bench | a2q) ;;
    help | --help | -h) usage && return 0 ;;
    *) usage >&2 && exit 2 ;;
  esac
  ensure_packages
  run_command "$@"
}

# A closed standard input would hand its number to the next file that is opened.
{ : <&0; } 2>/dev/null || exec </dev/null
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd -P)
build_dir=$root/build/release
# Idle OpenMP threads sleep instead of spinning others away.
export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-passive} GOMP_SPINCOUNT=${GOMP_SPINCOUNT:-0}
main "$@"
