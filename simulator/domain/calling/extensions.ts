import type { LocationRow } from '../../storage/rows';
import type { World } from '../../world';
import { holderOfExtension } from './lines';

/** The answer of validateExtensions, with the codes of Cisco's example. */
export function validateExtensions(
  world: World,
  location: LocationRow,
  sent: readonly string[],
): Record<string, unknown> {
  const seen = new Set<string>();
  const extensionStatus = sent.map((extension) => {
    const error = extensionError(extension);
    if (error) return { extension, state: 'INVALID', ...error };
    if (seen.has(extension)) return { extension, state: 'DUPLICATE_IN_LIST', errorCode: 9498 };
    seen.add(extension);
    if (!holderOfExtension(world, location.id, extension)) return { extension, state: 'VALID' };
    const message = `[Error 9495] The extension is not available. It is already assigned to a user: ${extension}.`;
    return { extension, state: 'DUPLICATE', errorCode: 9495, message };
  });
  return { status: extensionStatus.every(({ state }) => state === 'VALID') ? 'OK' : 'ERRORS', extensionStatus };
}

/** The reason why an extension is invalid, with Cisco's code and text from the example of validateExtensions. */
export function extensionError(extension: string): { errorCode: number; message: string } | undefined {
  if (!/^\d+$/.test(extension))
    return {
      errorCode: 4910,
      message: '[Error 4910] Invalid extension.  The extension can only contain characters 0-9.',
    };
  // 9 is the usual outside dial digit: 9911 reaches 911, too.
  if (['911', '9911', '9111', '112', '999'].includes(extension))
    return {
      errorCode: 4911,
      message: '[Error 4911] Invalid extension.  The extension cannot be an emergency number.',
    };
  // Webex Calling extensions have 2 to 10 digits; Cisco's code for that is in no document at hand.
  if (extension.length < 2 || extension.length > 10)
    return { errorCode: 4910, message: '[Error 4910] Invalid extension.  The extension must have 2 to 10 digits.' };
  return undefined;
}
