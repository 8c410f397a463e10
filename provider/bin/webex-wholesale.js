#!/usr/bin/env node
try {
  require('../dist/node-version.js');
} catch (error) {
  process.stderr.write(`webex-wholesale: ${error.message}\n`);
  process.exit(1);
}
require('../dist/cli/main.js');
