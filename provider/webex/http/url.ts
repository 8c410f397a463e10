import { ConfigurationError } from './errors';

/**
 * Parses a base URL for the access token. It must be https, or plain http to this machine (127.0.0.0/8, ::1,
 * localhost), without user, query or fragment.
 *
 * @param setting name of the setting, for the message (e.g. `WEBEX_BASE_URL`)
 * @throws ConfigurationError
 */
export function checkedUrl(text: string, setting: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw new ConfigurationError(`${setting} is not a URL. Expected something like https://webexapis.com/v1`);
  // This check comes first, so that no message shows a URL with a password.
  if (url.username || url.password) {
    throw new ConfigurationError(
      `${setting} must not hold a user name or password; credentials have variables of their own.`,
    );
  }
  if (url.search || url.hash) throw new ConfigurationError(`${setting} must end with its path, without "?" or "#".`);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new ConfigurationError(`${setting} must begin with https:// (it begins with ${url.protocol}//).`);
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new ConfigurationError(
      `${setting}: plain http to ${url.host} would show the access token to the network. Use https; http is accepted for this machine only (127.0.0.1, ::1, localhost).`,
    );
  }
  url.pathname = url.pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  return url;
}

/** The URL of a path below a base URL. */
export function below(base: URL, path: string): URL {
  return new URL(base.pathname.replace(/\/$/, '') + path, base);
}

/** Whether a host name (as class URL normalizes it) can only mean this machine. */
export function isLoopback(hostname: string): boolean {
  // URL has already turned 127.1, 0x7f.1 and the like into four decimal numbers.
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}
