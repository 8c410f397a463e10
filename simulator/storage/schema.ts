/**
 * The tables. Times are milliseconds since 1970 by the simulator's clock; lists and objects are kept as JSON text. `ready_at` is when
 * a change that takes time is done (null: nothing under way), so a restart changes nothing.
 */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE IF NOT EXISTS templates (
  provisioning_id TEXT PRIMARY KEY, document TEXT NOT NULL, created INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS organizations (
  id TEXT PRIMARY KEY, display_name TEXT NOT NULL, kind TEXT NOT NULL, authentication TEXT NOT NULL,
  trunk_id TEXT, route_group_id TEXT, created INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS sub_partners (
  org_id TEXT PRIMARY KEY REFERENCES organizations(id), subscription_id TEXT NOT NULL,
  provisioning_state TEXT NOT NULL, created INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS customers (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, external_id TEXT NOT NULL UNIQUE,
  org_id TEXT UNIQUE REFERENCES organizations(id), attach_org_id TEXT, sub_partner_org_id TEXT,
  provisioning_id TEXT NOT NULL, status TEXT NOT NULL, ready_at INTEGER, outcome TEXT,
  address TEXT NOT NULL, packages TEXT NOT NULL, package_states TEXT NOT NULL, limits TEXT NOT NULL,
  parameters TEXT NOT NULL, info TEXT, errors TEXT NOT NULL, created INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS customers_ready ON customers(ready_at) WHERE ready_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS customers_status ON customers(status);

CREATE TABLE IF NOT EXISTS roles (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE IF NOT EXISTS licenses (
  id TEXT PRIMARY KEY, org_id TEXT NOT NULL REFERENCES organizations(id), package TEXT NOT NULL, UNIQUE (org_id, package)
) STRICT;

CREATE TABLE IF NOT EXISTS locations (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, org_id TEXT NOT NULL REFERENCES organizations(id),
  name TEXT NOT NULL COLLATE NOCASE, time_zone TEXT NOT NULL, preferred_language TEXT NOT NULL,
  announcement_language TEXT NOT NULL, address TEXT NOT NULL, latitude TEXT, longitude TEXT, notes TEXT,
  calling INTEGER NOT NULL, calling_since INTEGER, caller_id_name TEXT, main_number TEXT,
  pstn_connection_id TEXT, route_type TEXT, route_id TEXT, external_caller_id_name TEXT, outside_dial_digit TEXT,
  enforce_outside_dial_digit INTEGER, routing_prefix TEXT, access_network_info TEXT, charge_number TEXT,
  created INTEGER NOT NULL, UNIQUE (org_id, name)
) STRICT;

CREATE TABLE IF NOT EXISTS people (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, org_id TEXT NOT NULL REFERENCES organizations(id),
  email TEXT NOT NULL UNIQUE COLLATE NOCASE, display_name TEXT NOT NULL, first_name TEXT, last_name TEXT,
  location_id TEXT REFERENCES locations(id), extension TEXT, calling INTEGER NOT NULL,
  roles TEXT NOT NULL, licenses TEXT NOT NULL, profile TEXT NOT NULL, login_enabled INTEGER NOT NULL,
  created INTEGER NOT NULL, modified INTEGER NOT NULL, UNIQUE (location_id, extension)
) STRICT;
CREATE INDEX IF NOT EXISTS people_org ON people(org_id);
CREATE INDEX IF NOT EXISTS people_location ON people(location_id);

CREATE TABLE IF NOT EXISTS subscribers (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, customer_id TEXT NOT NULL REFERENCES customers(id),
  person_id TEXT UNIQUE REFERENCES people(id), email TEXT NOT NULL UNIQUE COLLATE NOCASE, package TEXT NOT NULL,
  packages TEXT NOT NULL, status TEXT NOT NULL, parameters TEXT NOT NULL, created INTEGER NOT NULL,
  last_status_change INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS subscribers_customer ON subscribers(customer_id, package);
CREATE INDEX IF NOT EXISTS subscribers_created ON subscribers(created);

CREATE TABLE IF NOT EXISTS numbers (
  number TEXT PRIMARY KEY, location_id TEXT NOT NULL REFERENCES locations(id), org_id TEXT NOT NULL,
  state TEXT NOT NULL, type TEXT NOT NULL, usage TEXT NOT NULL, person_id TEXT UNIQUE REFERENCES people(id)
) STRICT;
CREATE INDEX IF NOT EXISTS numbers_location ON numbers(location_id);
CREATE INDEX IF NOT EXISTS numbers_org ON numbers(org_id);

CREATE TABLE IF NOT EXISTS jobs (
  instance INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, org_id TEXT NOT NULL, location_id TEXT NOT NULL,
  location_name TEXT NOT NULL, tracking_id TEXT NOT NULL, status TEXT NOT NULL, reasons TEXT NOT NULL,
  created INTEGER NOT NULL, ready_at INTEGER, ended INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS jobs_ready ON jobs(ready_at) WHERE ready_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS outcomes (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, subject TEXT NOT NULL COLLATE NOCASE,
  document TEXT NOT NULL, times INTEGER NOT NULL
) STRICT;
`;
