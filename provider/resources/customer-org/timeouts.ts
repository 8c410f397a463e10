/** Seconds that the provider waits for Webex, unless `timeouts` says otherwise. */
export const TIMEOUTS = { create: 1800, update: 1800, delete: 900 } as const;
