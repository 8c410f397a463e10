// Downloads Pulumi's release archive and verifies its checksum, which is written here.
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { capture } from './run-command.mjs';
import { SetupError, say, step } from './say.mjs';

/** The release: the first one after {@link builtVersion} of pulumi-from-go.mjs that contains its own language host. */
export const downloadedVersion = '3.221.0';

/**
 * SHA-256 of its archives by process.platform and process.arch. Source: Nixpkgs, which verifies them with every build
 * (pkgs/by-name/pu/pulumi-bin/data.nix at commit 0501eb325e7384fc5a54bf8df23814ecf4d50096), in hexadecimal.
 * @type {Record<string, string>}
 */
const checksums = {
  'linux-x64': 'fe736f91b4153f94f859870e34dda01e648552c25f702c8a42282acf3a5db9ad',
  'linux-arm64': 'baaf077a8b851da4fd1f6434860b56fec43f877709fe5a22ed3bbd335af57a37',
  'darwin-x64': '6c275ff21c2a2790dc4ac9536be745f0fa65b9eab32e5dc896d1e4cd79fafb6b',
  'darwin-arm64': '4d3024f24131440cacc9d04cf9a19dc673c821216fe5fec848d1ce5af0c06092',
};

/**
 * @typedef {{ server?: string, sums?: Record<string, string>, platform?: string }} Source source of the archive
 */

/**
 * Downloads the CLI into folder/bin.
 * @param {string} folder
 * @param {Source} [source] another source, for tests
 * @returns {Promise<boolean>} false if there is no download for this platform or it can't be reached, after it has
 * printed the reason
 * @throws {SetupError} if the archive has another checksum; it is not unpacked then
 */
export async function downloadRelease(folder, source = {}) {
  const { server = 'https://get.pulumi.com', sums = checksums } = source;
  const { platform = `${process.platform}-${process.arch}` } = source;
  const checksum = sums[platform];
  const instead = 'building the pulumi CLI from its Go modules instead';
  if (checksum === undefined) {
    say(`no checksum of a pulumi release for ${platform} is known here: ${instead}`);
    return false;
  }
  const url = `${server}/releases/sdk/pulumi-v${downloadedVersion}-${platform}.tar.gz`;
  const reason = await outOfReach(url);
  if (reason) {
    say(`${url} is out of reach (${reason}): ${instead}`);
    return false;
  }
  return step(`pulumi CLI ${downloadedVersion} from ${new URL(url).host}`, async () => {
    const archive = Buffer.from(await (await fetch(url, { signal: AbortSignal.timeout(300_000) })).arrayBuffer());
    const found = createHash('sha256').update(archive).digest('hex');
    if (found !== checksum) {
      throw new SetupError(
        `${url} isn't the archive that it was: SHA-256 ${found}, expected ${checksum}`,
        "Don't use it. Check which server answers at that address, or install the pulumi CLI in a way that you trust and put it on PATH.",
      );
    }
    await unpack(archive, folder);
    return true;
  });
}

/**
 * Unpacks the archive, which contains one folder `pulumi` with the programs.
 * @param {Buffer} archive
 * @param {string} folder
 */
async function unpack(archive, folder) {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'pulumi.tar.gz');
  writeFileSync(file, archive);
  const { exitCode, output } = await capture('tar', ['xzf', file, '-C', folder]);
  if (exitCode !== 0) throw new SetupError('the pulumi CLI can not be unpacked', 'See what tar says above.', output);
  rmSync(file);
  renameSync(path.join(folder, 'pulumi'), path.join(folder, 'bin'));
}

/**
 * Checks within seconds whether the archive can be downloaded. @returns the reason if not, else an empty text
 * @param {string} url
 */
async function outOfReach(url) {
  try {
    const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(5000) });
    return answer.ok ? '' : `HTTP ${answer.status}`;
  } catch (error) {
    const { cause, message } = /** @type {Error & { cause?: NodeJS.ErrnoException }} */ (error);
    return cause?.code ?? message;
  }
}
