#!/usr/bin/env bash
# check_tidy.sh CLANG-TIDY BUILD FOLDER…: fails, with the findings, when clang-tidy has any in the folders' files.
# Files that were clean and that nothing has changed since are not read again: their stamps, named by
# what they and all headers contain, lie in BUILD/tidy.
set -euo pipefail
tidy=$1 build=$(realpath "$2")
shift 2
if [ ! -x "$tidy" ]; then
  echo "There is no clang-tidy at '$tidy': installer/test brings it, or source installer/setup.sh, call" \
    "bring_tools and configure again."
  exit 1
fi
cd "$(dirname "$0")/.."
mkdir -p "$build/tidy"
common=$({ "$tidy" --version; cat .clang-tidy ./*/.clang-tidy; find core gpu widgets app -name '*.h' -print0 |
  sort -z | xargs -0 cat; } | sha256sum | cut -c1-16)

check_one() {
  local stamp
  stamp=$BUILD/tidy/$(cat <(echo "$COMMON $1") "$1" | sha256sum | cut -c1-32)
  [ -e "$stamp" ] && return 0
  # -w: GCC's warning options are not all Clang's, and GCC has warned already.
  "$TIDY" -p "$BUILD" --quiet --extra-arg=-w "$1" 2>/dev/null && touch "$stamp"
}
export -f check_one
export TIDY=$tidy BUILD=$build COMMON=$common
find "$@" -name '*.cpp' -print0 | xargs -0 -P "$(nproc)" -I{} bash -c 'check_one {}'
