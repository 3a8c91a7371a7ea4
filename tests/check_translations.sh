#!/usr/bin/env bash
# Every text of the window has its translation (into English its singular, where it counts something),
# and no translation is of a text that is gone.
# check_translations.sh [--update]: with --update, lupdate writes what has changed into the .ts files.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
status=0
for file in resources/translations/window_*.ts; do
  fresh=$scratch/$(basename "$file")
  cp "$file" "$fresh"
  only=()
  case $file in *_en.ts) only=(-pluralonly) ;; esac
  /usr/lib/qt6/bin/lupdate app widgets -I . -locations none -source-language en "${only[@]}" -ts "$fresh" > "$scratch/log" 2>&1 || {
    cat "$scratch/log"
    exit 1
  }
  if [ "${1:-}" = --update ]; then
    cp "$fresh" "$file"
  elif grep -B 6 -E 'type="(unfinished|vanished|obsolete)"' "$fresh" | grep -E "<source>|type="; then
    echo "$file: run tests/check_translations.sh --update, translate what is unfinished and delete what has vanished."
    status=1
  fi
  # A text of a class outside its namespace would never be found: lupdate mistook the class.
  for context in $(sed -n 's|.*<name>\(.*\)</name>.*|\1|p' "$fresh" | grep -v ^pretext::); do
    [ "$context" = QObject ] || grep -rqE "\"$context\"|TR_FUNCTIONS\($context\)" app widgets && continue
    echo "$file: no text is looked up as one of $context."
    status=1
  done
done
exit $status
