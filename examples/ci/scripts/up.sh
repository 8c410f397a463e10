#!/usr/bin/env bash
# Applies the program: a fresh preview with the policy pack, and then exactly what it planned. What the pack stops is
# stopped before the first write. Exit codes as preview.sh.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
pack=${POLICY_PACK:-node_modules/webex-wholesale-policy}
config=${POLICY_CONFIG:-policy-config.json}
# The plan holds the program's inputs: it stays on this machine, and goes with the job.
plan=$(mktemp)
trap 'rm -f "$plan"' EXIT

PLAN_FILE=$plan "$here/preview.sh" || exit $?

options=(--policy-pack "$pack" --plan "$plan")
[ ! -f "$config" ] || options+=(--policy-pack-config "$config")
pulumi up --yes --skip-preview --non-interactive --color never --suppress-progress "${options[@]}" || exit 1
