/** A contradiction or gap in the published documents, and the behaviour that is expected instead. */
export interface Exception {
  /** Operation by name, or several by a pattern; default: all. */
  readonly operation?: string | RegExp;
  /** The constant part of the validator's message. */
  readonly says: RegExp;
  readonly reason: string;
}

/** All exceptions. Everything else must follow the documents. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    says: /"instancePath":"(\/items\/\d+)?\/(invitePending|loginEnabled)"/,
    reason: 'the schema has the texts "true" and "false"; Webex answers booleans (Cisco\'s own clients fail on text)',
  },
  {
    operation: /^GET \/(locations|people)$/,
    says: /query parameter start is not documented/,
    reason: 'the next page is where the Link header says, and that is how these two lists spell it',
  },
  {
    operation: 'POST /locations',
    says: /^POST \/locations 201: .*"additionalProperty"/,
    reason: 'the document has the ID only; Webex answers the whole location (tests of wxc_sdk against the live API)',
  },
  {
    operation: 'GET /locations/{locationId}',
    says: /"additionalProperty":"preferredLanguage"/,
    reason: 'in the list and in POST, missing in the details; wxc_sdk enables calling with what the details gave',
  },
  {
    operation: 'POST /wholesale/customers/validate',
    says: /"instancePath":"\/info".*must be object/,
    reason: 'schema says object, its description "a list", and the example of the same operation is an array',
  },
  {
    operation: 'POST /wholesale/subscribers/validate',
    says: /"instancePath":"\/info".*must be object/,
    reason: 'as for customers',
  },
  {
    operation: 'GET /telephony/config/locations/{locationId}',
    says: /"missingProperty":"connection"/,
    reason: 'required by the schema, while its description says that it is only returned for TRUNK and ROUTE_GROUP',
  },
  {
    operation: 'POST /telephony/config/jobs/locations/deleteCallingLocation',
    says: /"additionalProperty":"jobExecutionStatus"/,
    reason: 'in every example of the document, missing in the schema',
  },
  {
    operation: 'GET /telephony/config/jobs/locations/deleteCallingLocation/{jobId}',
    says: /"additionalProperty":"jobExecutionStatus"/,
    reason: 'in every example of the document, missing in the schema',
  },
  {
    operation: 'POST /telephony/config/locations/{locationId}/numbers',
    says: /"instancePath":"\/(numberType|numberUsageType|state)".*must be object/,
    reason: 'allOf joins an enumeration of texts with an object without properties, so that nothing could be sent',
  },
  {
    operation: 'GET /telephony/config/jobs/locations/deleteCallingLocation',
    says: /"additionalProperty":"jobExecutionStatus"/,
    reason: 'in every example of the document, missing in the schema',
  },
  {
    operation: 'POST /telephony/config/jobs/locations/deleteCallingLocation',
    says: / 415 is not a documented status/,
    reason: 'the one operation with a body whose list of errors is short: another media type is refused as everywhere',
  },
  {
    operation: /\/manageNumbers(\/\{jobId\})?$/,
    says: /\/counts.*"(missingProperty":"(totalMoves|moved|failed|pending|skipped)|additionalProperty":"(totalNumbers|numbers\w+))"|"additionalProperty":"(jobType|operationType|sourceLocationId|targetLocationId|startTime)"/,
    reason:
      'the schema has the counts of the move users job; every example has those of numbers, its list what one job has, its start a startTime',
  },
  {
    operation: 'PUT /locations/{locationId}',
    says: /"instancePath":"\/address\/address2".*must be string/,
    reason: 'null clears the second line, as clients were seen to send; an empty text fails later, at enabling calling',
  },
  {
    operation: 'PUT /locations/{locationId}',
    says: /"additionalProperty":"(latitude|longitude|notes)"/,
    reason: 'not in the document, but Webex was seen to change them',
  },
  {
    operation: 'GET /wholesale/subPartners',
    says: /"additionalProperty":"subPartners"/,
    reason: 'the list is called items in the schema and subPartners in the example: the simulator answers both',
  },
];

/** True if a problem is one of the exceptions. */
export function isExcepted(operation: string, problem: string): boolean {
  const fits = (which: string | RegExp = operation) =>
    which instanceof RegExp ? which.test(operation) : which === operation;
  return EXCEPTIONS.some((entry) => fits(entry.operation) && entry.says.test(problem));
}
