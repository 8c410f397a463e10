// Run by the pinned Node.js: `node pulumi-official-install.cjs FOLDER` installs the CLI of the SDK's version into FOLDER/bin.
const { PulumiCommand } = require('@pulumi/pulumi/automation');

PulumiCommand.install({ root: process.argv[2] }).catch((error) => {
  console.error(String(error.message ?? error));
  process.exit(1);
});
