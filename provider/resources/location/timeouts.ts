/** Seconds that the provider waits for Webex, unless `timeouts` says otherwise. */
export const TIMEOUTS = { create: 300, update: 300, delete: 300 } as const;
