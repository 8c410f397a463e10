#!/usr/bin/env node
const { engines } = require('../package.json');

// Before node:sqlite is asked for, which an older Node.js doesn't have.
const [oldestMajor, oldestMinor] = engines.node.match(/\d+/g).map(Number);
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
  process.stderr.write(
    `webex-wholesale-simulator needs Node.js ${oldestMajor}.${oldestMinor} or newer, and this is ${process.versions.node}\n`,
  );
  process.exit(1);
}
require('../dist/cli/main.js');
