#!/usr/bin/env node
require('../dist/fleet/cli/cli.js');
