import type { Api } from './api';
import { WebexApiError } from './errors';
import { type Precheck, precheckAnswer } from './shapes';

/** Runs one of Cisco's prechecks: it changes nothing, so that it is retried like a GET. */
export async function runPrecheck(api: Api, path: string, body: object, behalf: string | undefined): Promise<Precheck> {
  const query = { onBehalfOfSubPartnerOrgId: behalf };
  const answer = await api.call({ method: 'POST', path, query, body, safe: true }, precheckAnswer);
  const { errors, message, info } = answer.body;
  const first = errors[0];
  if (!first) return { message, info };
  // A precheck that says no with status 200 is told like one that says it with 400.
  throw new WebexApiError({
    status: answer.status,
    method: 'POST',
    path,
    code: first.errorCode,
    description: errors.map((entry) => entry.description ?? String(entry.errorCode)).join('; '),
    trackingId: answer.headers.trackingid,
    errors: errors.map(({ errorCode, description }) => ({ code: errorCode, description: description ?? '' })),
  });
}
