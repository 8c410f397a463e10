// Builds the pulumi CLI from its Go modules, for machines that can't reach Pulumi's download but have Go and a module
// proxy. tools/pulumi-cli has a go.mod and go.sum for each engine and for the language host.
import { chmodSync, copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { capture, withoutCredentials } from './run-command.mjs';
import { SetupError, say, step } from './say.mjs';

/**
 * The newest engine that can run a Node.js policy pack with the language host below, the newest that is a Go module.
 */
export const builtVersion = '3.220.0';

const modules = path.join(root, 'tools', 'pulumi-cli');

/** The engines that can be built: those with checksums of their modules here. */
export const engineVersions = () =>
  readdirSync(modules).flatMap((name) => (name.startsWith('engine-') ? [name.slice('engine-'.length)] : []));

/** @param {string} version */
const engineOf = (version) => ({
  title: `pulumi ${version} from Go modules`,
  hint: 'some 4 minutes on two cores, seconds when Go has it in its cache',
  folder: path.join(modules, `engine-${version}`),
  program: 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi',
  linkerFlags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`,
});
const languageHost = {
  title: 'Pulumi language host for Node.js from Go modules',
  hint: 'some 40 seconds',
  folder: path.join(modules, 'language-nodejs'),
  program: 'github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs',
  linkerFlags: '-s -w',
};

/**
 * Builds the CLI into folder/bin.
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [version] one of {@link engineVersions}
 * @returns {Promise<boolean>} always true; errors are thrown
 */
export async function buildWithGo(folder, env, version = builtVersion) {
  // Fixed flags: only modules in go.sum, no C compiler, no local paths in the binary.
  const goEnv = {
    ...withoutCredentials(env),
    GOFLAGS: '-mod=readonly -buildvcs=false',
    GOWORK: 'off',
    CGO_ENABLED: '0',
  };
  const go = await capture('go', ['version'], { env: goEnv });
  if (go.exitCode !== 0) {
    throw new SetupError(
      'no pulumi CLI here, its download is not open to this machine, and there is no Go to build it with',
      'Install the pulumi CLI (https://www.pulumi.com/docs/install/) or Go 1.24 or newer (https://go.dev/doc/install), and put it on PATH.',
      go.output,
    );
  }
  say(`using ${go.stdout.trim()}`);
  const bin = path.join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const part of [languageHost, engineOf(version)]) await compile(part, bin, goEnv);
  await copyScripts(bin, goEnv);
  return true;
}

/**
 * @param {typeof languageHost} part
 * @param {string} bin
 * @param {NodeJS.ProcessEnv} env
 */
async function compile(part, bin, env) {
  let downloaded = 0;
  let compiled = 0;
  const count = (/** @type {string} */ text) => {
    for (const line of text.split('\n').filter(Boolean)) {
      if (line.startsWith('go: downloading')) downloaded++;
      else compiled++;
    }
  };
  const progress = () => `${downloaded} modules downloaded, ${compiled} packages compiled`;
  await step(
    part.title,
    async () => {
      const args = ['build', '-v', '-trimpath', '-ldflags', part.linkerFlags, '-o', `${bin}${path.sep}`, part.program];
      const { exitCode, output } = await capture('go', args, { cwd: part.folder, env, onOutput: count });
      if (exitCode !== 0) {
        throw new SetupError(
          `\`go build ${part.program}\` failed`,
          'Go must reach its module proxy (`go env GOPROXY`). Or install the pulumi CLI (https://www.pulumi.com/docs/install/) and put it on PATH.',
          output.split('\n').slice(-20).join('\n'),
        );
      }
    },
    { hint: part.hint, progress },
  );
}

/**
 * Copies the two scripts that start dynamic providers and policy packs from the language host's module, and makes them
 * executable.
 * @param {string} bin
 * @param {NodeJS.ProcessEnv} env
 */
async function copyScripts(bin, env) {
  const args = ['list', '-m', '-f', '{{.Dir}}', 'github.com/pulumi/pulumi/sdk/v3'];
  const { exitCode, stdout, output } = await capture('go', args, { cwd: languageHost.folder, env });
  if (exitCode !== 0) throw new SetupError('`go list` failed', 'See what it says above.', output);
  for (const name of ['pulumi-resource-pulumi-nodejs', 'pulumi-analyzer-policy']) {
    const target = path.join(bin, name);
    copyFileSync(path.join(stdout.trim(), 'nodejs', 'dist', name), target);
    chmodSync(target, 0o755);
  }
}
