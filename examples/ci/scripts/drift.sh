#!/usr/bin/env bash
# Compares what the program in the working directory applied with what Webex has. Changes neither the state nor Webex.
#
#   exit 0  nothing differs
#   exit 3  drift: somebody changed something in Control Hub or Partner Hub; see the report
#   exit 1  anything else
#
# REPORT_FILE  Markdown (default report.md)
source "$(dirname "$0")/common.sh"

pulumi_with_events refresh --preview-only
conclude drift $?
