import { describeErrors } from './http/answers';
import type { Api } from './http/api';
import { WebexApiError } from './http/errors';
import { type Precheck, precheckAnswer } from './shapes';

/** Runs one of Cisco's prechecks. It changes nothing, so it is retried like a GET. */
export async function runPrecheck(
  api: Api,
  path: string,
  body: object,
  onBehalfOf: string | undefined,
): Promise<Precheck> {
  const query = { onBehalfOfSubPartnerOrgId: onBehalfOf };
  const answer = await api.call({ method: 'POST', path, query, body, safe: true }, precheckAnswer);
  const { errors, message, info } = answer.body;
  if (errors.length === 0) return { message, info };
  // A precheck can fail with status 200, too: treat it like a 400.
  const { status, headers } = answer;
  throw new WebexApiError({ status, method: 'POST', path, trackingId: headers.trackingid, ...describeErrors(errors) });
}
