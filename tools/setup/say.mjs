// What set-up prints: a line when a step begins and ends, nothing for one that was done before, and one line when all
// is ready. It goes to stderr, so that
// `npm run --silent pulumi -- stack export > file` gives a clean file.

/** A failed step: what went wrong, and what to do by hand. */
export class SetupError extends Error {
  /**
   * @param {string} message what went wrong
   * @param {string} remedy what the user can do
   * @param {string} [output] what the failed command printed
   */
  constructor(message, remedy, output = '') {
    super(message);
    this.name = 'SetupError';
    this.remedy = remedy;
    this.output = output;
  }
}

/**
 * Prints what failed, what was said, and what to do.
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
 * Runs one step, says when it begins and how long it took, and says every 20 seconds that it is still at work.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @param {object} [more]
 * @param {string} [more.hint] how long it may take
 * @param {() => string} [more.progress] added to the line that says that the step is still at work
 * @returns {Promise<T>}
 */
export async function step(title, work, { hint = '', progress = () => '' } = {}) {
  const start = Date.now();
  say(`${title} ...${hint ? ` (${hint})` : ''}`);
  const heartbeat = setInterval(() => {
    const more = progress();
    say(`  still at it: ${title}, ${seconds(Date.now() - start)}${more ? `, ${more}` : ''}`);
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
