// Two ways to run a command: captured (for set-up, which shows output only after a failure) and in the foreground (for
// the job).
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * @typedef {object} Captured
 * @property {number} exitCode 127 if the command could not be started, 124 after a timeout
 * @property {string} stdout
 * @property {string} output stdout and stderr in the order of arrival
 */

/**
 * The environment for installing and building: without settings and credentials of Webex and Pulumi.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function withoutCredentials(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(WEBEX|PULUMI)_/i.test(name)));
}

/**
 * Runs a command and captures its output.
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env] default: this process's, without credentials
 * @param {number} [options.timeoutSeconds] kills the command after this time
 * @param {(text: string) => void} [options.onOutput]
 * @returns {Promise<Captured>}
 */
export function capture(command, args, options = {}) {
  return new Promise((resolve) => {
    let stdout = '';
    let output = '';
    let timedOut = false;
    // A process group of its own, so that a timeout also kills its children.
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? withoutCredentials(process.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    /** @param {NodeJS.Signals} signal */
    const killGroup = (signal) => {
      try {
        if (child.pid) process.kill(-child.pid, signal);
      } catch {
        // It has already ended.
      }
    };
    // The terminal doesn't send Ctrl-C to another process group, so forward it.
    const interrupted = () => {
      killGroup('SIGTERM');
      process.exit(130);
    };
    process.once('SIGINT', interrupted);
    process.once('SIGTERM', interrupted);
    const timer = options.timeoutSeconds
      ? setTimeout(() => {
          timedOut = true;
          killGroup('SIGKILL');
        }, options.timeoutSeconds * 1000)
      : undefined;
    const end = (/** @type {number} */ exitCode) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
      resolve({ exitCode, stdout, output });
    };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output += text;
      options.onOutput?.(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text;
      options.onOutput?.(text);
    });
    child.on('error', (error) => {
      output += error.message;
      end(127);
    });
    child.on('close', (code) => end(timedOut ? 124 : (code ?? 1)));
  });
}

/**
 * Runs a command in this terminal and forwards signals.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code, or 128 + the signal that ended it
 */
export function foreground(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd, env: options.env ?? process.env, stdio: 'inherit' });
    // A terminal sends Ctrl-C to all foreground processes, including the child. Forwarding it would count as a second
    // Ctrl-C, after which pulumi exits without finishing running operations.
    const interrupt = () => {
      if (!process.stdin.isTTY) child.kill('SIGINT');
    };
    const terminate = () => child.kill('SIGTERM');
    process.on('SIGINT', interrupt);
    process.on('SIGTERM', terminate);
    const end = () => {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', terminate);
    };
    child.on('error', (error) => {
      end();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      end();
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
