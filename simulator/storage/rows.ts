/**
 * The rows as SQLite gives them. JSON columns are strings here; domain/ reads and writes them with {@link fromJson}.
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
  /** When the last change was done. */
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
  /** When calling was disabled. */
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
  /** The email address that comes back unless the user confirms the new one in time. */
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
  /** When the user consents to move by itself; null: when the control plane says so. */
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
  /** When its user went. */
  released: number | null;
}

export interface JobRow {
  instance: number;
  id: string;
  kind: JobKind;
  org_id: string;
  tracking_id: string;
  status: 'STARTING' | 'STARTED' | 'COMPLETED' | 'FAILED';
  /** What was asked for, as the kind of job needs it. */
  request: string;
  /** A {@link JobResult}. */
  result: string;
  created: number;
  ready_at: number | null;
  ended: number | null;
}

/** The kinds of job, by the names that Webex gives them. */
export type JobKind = 'deletecallinglocation' | 'moveusers' | 'managenumbers';

/** What a job did, and what it could not do. */
export interface JobResult {
  exitCode: 'UNKNOWN' | 'COMPLETED' | 'COMPLETED_WITH_ERRORS' | 'FAILED';
  done: number;
  errors: JobFailure[];
}

/** Why a job failed for one of its items: a user, a number, a location. */
export interface JobFailure {
  item: string;
  code: string;
  description: string;
  locationId?: string;
}

/** Reads a JSON column. What it holds was written by this package, so its type is known where it is read. */
export function fromJson<Type>(column: string): Type {
  return JSON.parse(column) as Type;
}

/** A Webex date: ISO 8601 with milliseconds, in UTC. */
export function isoDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
