// The output of set-up: a line at the beginning and end of each step that runs, and one line at the end. It goes to
// stderr, so that `npm run --silent pulumi -- stack export > file` writes a clean file.

/** A failed step, with the problem and a manual remedy. */
export class SetupError extends Error {
  /**
   * @param {string} message the problem
   * @param {string} remedy what the user can do
   * @param {string} [output] the output of the failed command
   */
  constructor(message, remedy, output = '') {
    super(message);
    this.name = 'SetupError';
    this.remedy = remedy;
    this.output = output;
  }
}

/**
 * Prints the problem, the command's output and the remedy.
 * @param {SetupError} error
 */
export function explain(error) {
  if (error.output) process.stderr.write(`${error.output.trimEnd()}\n\n`);
  process.stderr.write(`Failed: ${error.message}.\n${error.remedy}\n`);
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  const s = milliseconds / 1000;
  return s < 90 ? `${s.toFixed(1)} s` : `${Math.floor(s / 60)} min ${Math.round(s % 60)} s`;
}

/** @param {string} text */
export function say(text) {
  process.stderr.write(`[set-up] ${text}\n`);
}

/**
 * Runs one step, and prints its beginning, its duration, and a line every 20 seconds while it runs.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @param {object} [more]
 * @param {string} [more.hint] the expected duration
 * @param {() => string} [more.progress] added to the periodic line
 * @returns {Promise<T>}
 */
export async function step(title, work, { hint = '', progress = () => '' } = {}) {
  const start = Date.now();
  say(`${title} ...${hint ? ` (${hint})` : ''}`);
  const heartbeat = setInterval(() => {
    const more = progress();
    say(`  still running: ${title}, ${seconds(Date.now() - start)}${more ? `, ${more}` : ''}`);
  }, 20_000);
  try {
    const result = await work();
    say(`${title}: done in ${seconds(Date.now() - start)}`);
    return result;
  } catch (error) {
    say(`${title}: failed after ${seconds(Date.now() - start)}`);
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}
