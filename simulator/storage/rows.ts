/**
 * The rows of the tables. JSON columns are strings; domain/ reads them with {@link fromJson}.
 */

export interface OrganizationRow {
  id: string;
  partner_id: string;
  display_name: string;
  kind: 'partner' | 'sub_partner' | 'customer';
  authentication: string;
  trunk_id: string | null;
  route_group_id: string | null;
  created: number;
}

export interface CustomerRow {
  sequence: number;
  id: string;
  partner_id: string;
  external_id: string;
  org_id: string | null;
  attach_org_id: string | null;
  sub_partner_org_id: string | null;
  provisioning_id: string;
  status: string;
  ready_at: number | null;
  outcome: string | null;
  address: string;
  packages: string;
  package_states: string;
  limits: string;
  parameters: string;
  info: string | null;
  errors: string;
  created: number;
  /** Time at which the last change was finished. */
  settled: number | null;
}

export interface LocationRow {
  sequence: number;
  id: string;
  org_id: string;
  name: string;
  time_zone: string;
  preferred_language: string;
  announcement_language: string;
  address: string;
  latitude: string | null;
  longitude: string | null;
  notes: string | null;
  calling: number;
  calling_since: number | null;
  /** Time at which calling was disabled. */
  calling_ended: number | null;
  caller_id_name: string | null;
  main_number: string | null;
  pstn_connection_id: string | null;
  route_type: string | null;
  route_id: string | null;
  external_caller_id_name: string | null;
  outside_dial_digit: string | null;
  enforce_outside_dial_digit: number | null;
  routing_prefix: string | null;
  access_network_info: string | null;
  charge_number: string | null;
  created: number;
}

export interface PersonRow {
  sequence: number;
  id: string;
  org_id: string;
  email: string;
  display_name: string;
  first_name: string | null;
  last_name: string | null;
  location_id: string | null;
  extension: string | null;
  calling: number;
  roles: string;
  licenses: string;
  profile: string;
  login_enabled: number;
  created: number;
  modified: number;
  /** The old email address, which is restored unless the user confirms the new one in time. */
  previous_email: string | null;
  confirm_by: number | null;
}

export interface SubscriberRow {
  sequence: number;
  id: string;
  customer_id: string;
  partner_id: string;
  sub_partner_org_id: string | null;
  person_id: string | null;
  email: string;
  package: string;
  packages: string;
  status: 'provisioned' | 'pending_user_migration';
  parameters: string;
  created: number;
  last_status_change: number;
  /** Time at which the user consents to move; null if the control plane decides. */
  consent_at: number | null;
  errors: string;
}

export interface NumberRow {
  number: string;
  location_id: string;
  org_id: string;
  state: 'ACTIVE' | 'INACTIVE';
  type: 'DID' | 'TOLLFREE' | 'MOBILE';
  usage: 'NONE' | 'SERVICE';
  person_id: string | null;
  /** Time at which the number was unassigned. */
  released: number | null;
}

export interface JobRow {
  instance: number;
  id: string;
  kind: JobKind;
  org_id: string;
  tracking_id: string;
  status: 'STARTING' | 'STARTED' | 'COMPLETED' | 'FAILED';
  /** The request, in the form of the kind of job. */
  request: string;
  /** A {@link JobResult}. */
  result: string;
  created: number;
  ready_at: number | null;
  ended: number | null;
}

/** The kinds of jobs, with Webex's names. */
export type JobKind = 'deletecallinglocation' | 'moveusers' | 'managenumbers';

/** The result of a job, with its errors. */
export interface JobResult {
  exitCode: 'UNKNOWN' | 'COMPLETED' | 'COMPLETED_WITH_ERRORS' | 'FAILED';
  done: number;
  errors: JobFailure[];
}

/** The error of one item of a job: a user, a number or a location. */
export interface JobFailure {
  item: string;
  code: string;
  description: string;
  locationId?: string;
}

/** Reads a JSON column. This package has written it, so the caller knows its type. */
export function fromJson<Type>(column: string): Type {
  return JSON.parse(column) as Type;
}

/** A Webex date: ISO 8601 with milliseconds, in UTC. */
export function isoDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
