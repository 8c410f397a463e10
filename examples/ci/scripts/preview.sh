#!/usr/bin/env bash
# Shows what a change of the program would do, with the policy pack watching, and writes nothing to Webex.
#
#   exit 0  nothing stands in the way
#   exit 2  stopped: a mandatory policy is violated
#   exit 1  anything else: a mistake in the program, a wrong token, Webex out of reach
#
# REPORT_FILE  Markdown for the change request (default report.md)
# PLAN_FILE    where to save the plan, for up.sh (default: not saved)
# POLICY_PACK  folder of the pack (default node_modules/webex-wholesale-policy)
# POLICY_CONFIG  its configuration (default policy-config.json, where there is one)
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
pack=${POLICY_PACK:-node_modules/webex-wholesale-policy}
config=${POLICY_CONFIG:-policy-config.json}
log=$(mktemp)
trap 'rm -f "$log"' EXIT

options=(--policy-pack "$pack")
[ ! -f "$config" ] || options+=(--policy-pack-config "$config")
[ -z "${PLAN_FILE:-}" ] || options+=(--save-plan "$PLAN_FILE")

pulumi preview --non-interactive --color never --suppress-progress "${options[@]}" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}

if [ "$status" -eq 0 ]; then
  result='Ready to apply'
elif grep -q '\[mandatory\]' "$log"; then
  result='Stopped by a policy'
  status=2
else
  result='Preview failed'
  status=1
fi
node "$here/report.mjs" "Webex preview: $result" "$log" > "${REPORT_FILE:-report.md}"
exit "$status"
