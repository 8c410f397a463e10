#!/usr/bin/env bash
# Applies what is in the working directory: a fresh preview with the policy pack, and then exactly what it planned. What
# the pack stops is stopped before the first write. Arguments and exit codes as of preview.sh.
source "$(dirname "$0")/common.sh"
arguments "$@"

if [ -n "$roster" ]; then
  # Previews each stack, and updates what no policy refused.
  fleet up
  conclude up $?
fi
# The plan holds the program's inputs: it stays on this machine, and goes with the job.
plan=$temporary/plan
pulumi_with_events preview "${policies[@]}" --save-plan "$plan" || conclude preview $?
pulumi_with_events up --yes --skip-preview "${policies[@]}" --plan "$plan"
conclude up $?
