# Sourced by the scripts beside it. What judges a change comes from the checkout in which these scripts lie: in a pull
# request that of the base branch, while the working directory is the change.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
trusted=$(dirname "$here")
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
report=${REPORT_FILE:-$PWD/report.md}

fail() {
  echo "$(basename "$0"): $1" >&2
  exit 1
}

# Reads the arguments [--no-policies] [ROSTER] into `policies` (options for pulumi and for the fleet) and `roster`.
arguments() {
  local pack=$trusted/node_modules/webex-wholesale-policy config=$trusted/policy-config.json
  policies=(--policy-pack "$pack" --policy-pack-config "$config")
  roster=
  local argument
  for argument in "$@"; do
    case $argument in
      --no-policies) policies=() ;;
      -*) fail "unknown option $argument" ;;
      *) [ -z "$roster" ] || fail 'one roster at a time'; roster=$argument ;;
    esac
  done
  if [ ${#policies[@]} -gt 0 ]; then
    [ -f "$pack/package.json" ] || fail "no policy pack in $pack: add webex-wholesale-policy to package.json there (or say --no-policies)"
    [ -f "$config" ] || fail "no configuration of the policies: $config is missing (or say --no-policies)"
  fi
}

# Copies a roster out of the change into $temporary/change: files of data, and nothing that a link leads to.
copy_of_roster() {
  local target
  target=$temporary/change/$(basename "$1")
  case $(realpath -e -- "$1") in
    "$(realpath .)"/*) ;;
    *) fail "$1 isn't in this checkout" ;;
  esac
  [ -z "$(find "$1" -type l)" ] || fail "$1: links are not followed; commit the files themselves"
  mkdir "$temporary/change"
  if [ -f "$1" ]; then
    cp -- "$1" "$target"
  else
    mkdir "$target"
    # With its subfolders: a customer whose file was left behind would be gone from the roster, and be deleted.
    (cd "$1" && find . -name '.?*' -prune -o -name node_modules -prune -o -type f \
      \( -iname '*.yaml' -o -iname '*.yml' -o -iname '*.json' -o -iname '*.csv' \) -exec cp --parents -- {} "$target" \;)
  fi
}

# Runs a command. What it prints goes to the job's log and to $temporary/log, without control characters, and can't give
# commands to the pipeline: GitHub obeys lines such as "::error::" and "##[...]" of any program.
logged() {
  local word status
  word=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  [ "${GITHUB_ACTIONS:-}" != true ] || echo "::stop-commands::$word"
  "$@" 2>&1 | LC_ALL=C tr -d '\000-\010\013-\037\177' | tee "$temporary/log"
  status=${PIPESTATUS[0]}
  [ "${GITHUB_ACTIONS:-}" != true ] || printf '\n::%s::\n' "$word"
  return "$status"
}

# Runs pulumi, and keeps what it tells of each resource in $temporary/events (the way of Pulumi's Automation API).
pulumi_with_events() {
  rm -f "$temporary/events"
  PULUMI_DEBUG_COMMANDS=true logged pulumi "$@" --event-log "$temporary/events" --non-interactive --color never --suppress-progress
}

# Runs the fleet command of the trusted checkout with a copy of the roster; its report goes to $temporary/fleet.
fleet() {
  copy_of_roster "$roster"
  cd "$temporary/change" || exit 1
  [ ${#policies[@]} -gt 0 ] || policies=(--no-policies)
  logged "$trusted/node_modules/.bin/webex-wholesale" fleet "$1" "$(basename "$roster")" "${policies[@]}" \
    --report "$temporary/fleet"
}

# Writes report.md of what ran, and ends with the exit code of its kind: conclude preview|up|drift STATUS
conclude() {
  # The change may have a file of that name, or a link.
  rm -rf -- "$report"
  node "$here/report.mjs" "$1" "$2" "$temporary" > "$report"
  exit $?
}
