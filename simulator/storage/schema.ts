import { COUNTERS } from './counters';

/**
 * Version of the tables, stored in the file as user_version. Version 1 had one partner, no tokens and no counters; 2
 * had only one kind of jobs and mails.
 */
export const SCHEMA_VERSION = 3;

/**
 * The tables. Times are milliseconds since 1970 by the simulator's clock; lists and objects are JSON texts. `ready_at`
 * is the time at which a change will be finished (null: no change in progress), so a restart changes nothing.
 * `partner_id` is the organization of the object's partner; subscribers repeat their customer's, so that their list
 * needs one index.
 */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE IF NOT EXISTS templates (
  provisioning_id TEXT PRIMARY KEY, partner_id TEXT NOT NULL, document TEXT NOT NULL, created INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS organizations (
  id TEXT PRIMARY KEY, partner_id TEXT NOT NULL, display_name TEXT NOT NULL, kind TEXT NOT NULL, authentication TEXT NOT NULL,
  trunk_id TEXT, route_group_id TEXT, created INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS organizations_partner ON organizations(partner_id, created);
CREATE INDEX IF NOT EXISTS organizations_partners ON organizations(created) WHERE kind = 'partner';

CREATE TABLE IF NOT EXISTS sub_partners (
  org_id TEXT PRIMARY KEY REFERENCES organizations(id), subscription_id TEXT NOT NULL,
  provisioning_state TEXT NOT NULL, created INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS customers (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, partner_id TEXT NOT NULL, external_id TEXT NOT NULL,
  org_id TEXT UNIQUE REFERENCES organizations(id), attach_org_id TEXT, sub_partner_org_id TEXT,
  provisioning_id TEXT NOT NULL, status TEXT NOT NULL, ready_at INTEGER, outcome TEXT,
  address TEXT NOT NULL, packages TEXT NOT NULL, package_states TEXT NOT NULL, limits TEXT NOT NULL,
  parameters TEXT NOT NULL, info TEXT, errors TEXT NOT NULL, created INTEGER NOT NULL, settled INTEGER,
  UNIQUE (partner_id, external_id)
) STRICT;
CREATE INDEX IF NOT EXISTS customers_ready ON customers(ready_at) WHERE ready_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS customers_partner ON customers(partner_id);
CREATE INDEX IF NOT EXISTS customers_status ON customers(partner_id, status);
CREATE INDEX IF NOT EXISTS customers_sub_partner ON customers(sub_partner_org_id) WHERE sub_partner_org_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS customers_attach ON customers(attach_org_id) WHERE attach_org_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS customers_template ON customers(provisioning_id);
CREATE INDEX IF NOT EXISTS customers_primary_email ON customers(lower(json_extract(info, '$.primaryEmail'))) WHERE org_id IS NULL;

CREATE TABLE IF NOT EXISTS roles (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE IF NOT EXISTS licenses (
  id TEXT PRIMARY KEY, org_id TEXT NOT NULL REFERENCES organizations(id), package TEXT NOT NULL, UNIQUE (org_id, package)
) STRICT;

CREATE TABLE IF NOT EXISTS locations (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, org_id TEXT NOT NULL REFERENCES organizations(id),
  name TEXT NOT NULL COLLATE NOCASE, time_zone TEXT NOT NULL, preferred_language TEXT NOT NULL,
  announcement_language TEXT NOT NULL, address TEXT NOT NULL, latitude TEXT, longitude TEXT, notes TEXT,
  calling INTEGER NOT NULL, calling_since INTEGER, calling_ended INTEGER, caller_id_name TEXT, main_number TEXT,
  pstn_connection_id TEXT, route_type TEXT, route_id TEXT, external_caller_id_name TEXT, outside_dial_digit TEXT,
  enforce_outside_dial_digit INTEGER, routing_prefix TEXT, access_network_info TEXT, charge_number TEXT,
  created INTEGER NOT NULL, UNIQUE (org_id, name)
) STRICT;
CREATE INDEX IF NOT EXISTS locations_org ON locations(org_id);
CREATE INDEX IF NOT EXISTS locations_calling ON locations(org_id, calling_since) WHERE calling = 1;

CREATE TABLE IF NOT EXISTS people (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, org_id TEXT NOT NULL REFERENCES organizations(id),
  email TEXT NOT NULL UNIQUE COLLATE NOCASE, display_name TEXT NOT NULL, first_name TEXT, last_name TEXT,
  location_id TEXT REFERENCES locations(id), extension TEXT, calling INTEGER NOT NULL,
  roles TEXT NOT NULL, licenses TEXT NOT NULL, profile TEXT NOT NULL, login_enabled INTEGER NOT NULL,
  created INTEGER NOT NULL, modified INTEGER NOT NULL, previous_email TEXT COLLATE NOCASE, confirm_by INTEGER,
  UNIQUE (location_id, extension)
) STRICT;
CREATE INDEX IF NOT EXISTS people_org ON people(org_id);
CREATE INDEX IF NOT EXISTS people_location ON people(location_id);
CREATE INDEX IF NOT EXISTS people_previous_email ON people(previous_email) WHERE previous_email IS NOT NULL;
CREATE INDEX IF NOT EXISTS people_confirm ON people(confirm_by) WHERE confirm_by IS NOT NULL;

CREATE TABLE IF NOT EXISTS subscribers (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, customer_id TEXT NOT NULL REFERENCES customers(id),
  partner_id TEXT NOT NULL, sub_partner_org_id TEXT, person_id TEXT UNIQUE REFERENCES people(id), email TEXT NOT NULL UNIQUE COLLATE NOCASE, package TEXT NOT NULL,
  packages TEXT NOT NULL, status TEXT NOT NULL, parameters TEXT NOT NULL, created INTEGER NOT NULL,
  last_status_change INTEGER NOT NULL, consent_at INTEGER, errors TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE INDEX IF NOT EXISTS subscribers_created ON subscribers(partner_id, created);
CREATE INDEX IF NOT EXISTS subscribers_changed ON subscribers(partner_id, last_status_change);
CREATE INDEX IF NOT EXISTS subscribers_status ON subscribers(partner_id, status, created);
CREATE INDEX IF NOT EXISTS subscribers_customer_created ON subscribers(customer_id, created);
CREATE INDEX IF NOT EXISTS subscribers_customer_changed ON subscribers(customer_id, last_status_change);
CREATE INDEX IF NOT EXISTS subscribers_sub_partner ON subscribers(sub_partner_org_id, created) WHERE sub_partner_org_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS subscribers_consent ON subscribers(consent_at) WHERE consent_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS numbers (
  number TEXT PRIMARY KEY, location_id TEXT NOT NULL REFERENCES locations(id), org_id TEXT NOT NULL,
  state TEXT NOT NULL, type TEXT NOT NULL, usage TEXT NOT NULL, person_id TEXT UNIQUE REFERENCES people(id),
  released INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS numbers_location ON numbers(location_id);
CREATE INDEX IF NOT EXISTS numbers_org ON numbers(org_id);

CREATE TABLE IF NOT EXISTS jobs (
  instance INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, org_id TEXT NOT NULL,
  tracking_id TEXT NOT NULL, status TEXT NOT NULL, request TEXT NOT NULL, result TEXT NOT NULL,
  created INTEGER NOT NULL, ready_at INTEGER, ended INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS jobs_org ON jobs(org_id, kind);
CREATE INDEX IF NOT EXISTS jobs_ready ON jobs(ready_at) WHERE ready_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS outcomes (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, subject TEXT NOT NULL COLLATE NOCASE,
  document TEXT NOT NULL, times INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS outcomes_subject ON outcomes(kind, subject);

CREATE TABLE IF NOT EXISTS tokens (
  token TEXT PRIMARY KEY, partner_id TEXT NOT NULL REFERENCES organizations(id), scopes TEXT, expires INTEGER
) STRICT;

CREATE TABLE IF NOT EXISTS service_apps (
  client_id TEXT PRIMARY KEY, client_secret TEXT NOT NULL, refresh_token TEXT NOT NULL UNIQUE,
  partner_id TEXT NOT NULL REFERENCES organizations(id), scopes TEXT, access_token_seconds INTEGER NOT NULL,
  refresh_token_seconds INTEGER NOT NULL, refresh_token_expires INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS mails (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, recipient TEXT NOT NULL COLLATE NOCASE, object_id TEXT NOT NULL,
  sent INTEGER NOT NULL
) STRICT;

${COUNTERS}
`;
