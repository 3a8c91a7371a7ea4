# Brings what Pretext is built from and builds a preset. Sourced by `run` and `test`; asks nothing.
# Leaves in the environment: PRETEXT_CACHE, PRETEXT_LIBTORCH, PRETEXT_TOOLS.

set -euo pipefail
readonly ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export PRETEXT_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/pretext
readonly WHEELS=$ROOT/installer/wheels.txt
readonly TOOLS=$ROOT/installer/tools.txt
export PRETEXT_LIBTORCH=$PRETEXT_CACHE/libtorch-$(sha256sum "$WHEELS" | cut -c1-12)
export PRETEXT_TOOLS=$PRETEXT_CACHE/tools-$(sha256sum "$TOOLS" | cut -c1-12)

say() { printf '\033[1m==> %s\033[0m\n' "$*"; }
fail() { printf 'installer: %s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

wanted_packages() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$ROOT/installer/debian-packages.txt"; }

bring_debian_packages() {
  local missing
  missing=$(comm -23 <(wanted_packages | sort) \
    <(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' 2>/dev/null | sed -n 's/^ii //p' | sort))
  [ -n "$missing" ] || return 0
  say "Installing Debian packages:" $missing
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    fail "these packages are missing and there is no sudo; as root run: apt-get install" $missing
  fi
  as_root apt-get update -q ||
    fail "'apt-get update' failed: check the network and /etc/apt/sources.list, then run this again."
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing ||
    fail "apt-get could not install the packages above: mend what it says, then run this again."
}

# bring_wheels LIST FOLDER WHAT: the wheels of a list, checked by hash, unpacked side by side in a folder
# that does not exist yet. Unpacked beside its place and renamed when whole, so that an interruption
# leaves nothing half-made.
bring_wheels() {
  local list=$1 folder=$2 what=$3 work=$PRETEXT_CACHE/fetching.$$
  [ -d "$folder" ] && return 0
  say "Fetching $what, once, into $PRETEXT_CACHE"
  rm -rf "$PRETEXT_CACHE"/fetching.*
  mkdir -p "$work/wheels" "$work/unpacked"
  trap 'rm -rf "$PRETEXT_CACHE/fetching.$$"' EXIT
  local platforms=() glibc
  for glibc in 17 18 24 25 26 27 28; do platforms+=(--platform "manylinux_2_${glibc}_x86_64"); done
  python3 -m pip download --quiet --progress-bar off --disable-pip-version-check --no-cache-dir \
    --no-deps --only-binary=:all: --require-hashes --python-version 3.11 --implementation cp \
    --abi cp311 "${platforms[@]}" --platform manylinux2014_x86_64 --platform manylinux1_x86_64 \
    --platform any --dest "$work/wheels" --requirement "$list" ||
    fail "could not fetch the wheels of installer/$(basename "$list"): check the network and the free disk, then run this again."
  local wheel
  for wheel in "$work"/wheels/*.whl; do
    unzip -qo "$wheel" -d "$work/unpacked" ||
      fail "could not unpack $(basename "$wheel"): check the free disk, then run this again."
    rm "$wheel"
  done
  mv "$work/unpacked" "$folder"
  rm -rf "$work"
  trap - EXIT
}

# What checks our sources and nothing is built from.
bring_tools() {
  bring_wheels "$TOOLS" "$PRETEXT_TOOLS" "clang-tidy (46 MB)"
  chmod +x "$PRETEXT_TOOLS"/clang_tidy/data/bin/clang-tidy
}

# build PRESET [CMAKE-ARGUMENTS…]
build() {
  local preset=$1
  shift
  say "Building the preset '$preset'"
  export PATH=$PRETEXT_LIBTORCH/nvidia/cu13/bin:$PATH
  (cd "$ROOT" && cmake --preset "$preset" "$@" >"$PRETEXT_CACHE/configure-$preset.log" 2>&1) || {
    tail -n 30 "$PRETEXT_CACHE/configure-$preset.log" >&2
    fail "CMake could not configure; the whole log is $PRETEXT_CACHE/configure-$preset.log."
  }
  (cd "$ROOT" && cmake --build --preset "$preset") ||
    fail "the build failed: the first error above names the file."
}

bring_debian_packages
mkdir -p "$PRETEXT_CACHE"
bring_wheels "$WHEELS" "$PRETEXT_LIBTORCH" "LibTorch and the CUDA compiler (2 GB; 7 GB of disk)"
