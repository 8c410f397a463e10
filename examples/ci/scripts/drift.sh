#!/usr/bin/env bash
# Compares what was applied with what Webex has. Changes neither the state nor Webex.
#
#   exit 0  nothing differs
#   exit 3  drift: somebody changed something in Control Hub or Partner Hub; see the report
#   exit 1  anything else
#
# REPORT_FILE  Markdown (default report.md)
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
log=$(mktemp)
trap 'rm -f "$log"' EXIT

pulumi refresh --preview-only --expect-no-changes --non-interactive --color never --suppress-progress --diff 2>&1 | tee "$log"
status=${PIPESTATUS[0]}

if [ "$status" -eq 0 ]; then
  result='No drift'
elif grep -q 'no changes were expected but changes' "$log"; then
  result='Drift found'
  status=3
else
  result='Drift check failed'
  status=1
fi
node "$here/report.mjs" "Webex: $result" "$log" > "${REPORT_FILE:-report.md}"
exit "$status"
