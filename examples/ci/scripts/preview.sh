#!/usr/bin/env bash
# Shows what a change would do, with the policy pack watching, and writes nothing to Webex.
#
#   preview.sh [--no-policies]          the Pulumi program in the working directory
#   preview.sh [--no-policies] ROSTER   a fleet's roster: data, of which nothing is run
#
#   exit 0  nothing stands in the way
#   exit 2  stopped: a mandatory policy is violated
#   exit 1  anything else: a mistake in the change, a wrong token, Webex out of reach
#
# REPORT_FILE  Markdown for the change request (default report.md)
source "$(dirname "$0")/common.sh"
arguments "$@"

if [ -n "$roster" ]; then
  fleet preview
else
  pulumi_with_events preview "${policies[@]}"
fi
conclude preview $?
