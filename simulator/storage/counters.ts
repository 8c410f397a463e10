/**
 * Counts the subscribers of a customer with a package, and the people with a license. Triggers update the counts,
 * because each new subscriber is checked against a limit, and counting rows would take longer with each one.
 */
export const COUNTERS = `
CREATE TABLE IF NOT EXISTS package_use (
  customer_id TEXT NOT NULL, package TEXT NOT NULL, used INTEGER NOT NULL, PRIMARY KEY (customer_id, package)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS license_use (license_id TEXT PRIMARY KEY, used INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TRIGGER IF NOT EXISTS subscribers_added AFTER INSERT ON subscribers BEGIN
  INSERT INTO package_use SELECT new.customer_id, value, 1 FROM json_each(new.packages) WHERE true
    ON CONFLICT DO UPDATE SET used = used + 1;
END;
CREATE TRIGGER IF NOT EXISTS subscribers_removed AFTER DELETE ON subscribers BEGIN
  UPDATE package_use SET used = used - 1
    WHERE customer_id = old.customer_id AND package IN (SELECT value FROM json_each(old.packages));
END;
CREATE TRIGGER IF NOT EXISTS subscribers_changed AFTER UPDATE OF packages ON subscribers WHEN old.packages <> new.packages BEGIN
  UPDATE package_use SET used = used - 1
    WHERE customer_id = old.customer_id AND package IN (SELECT value FROM json_each(old.packages));
  INSERT INTO package_use SELECT new.customer_id, value, 1 FROM json_each(new.packages) WHERE true
    ON CONFLICT DO UPDATE SET used = used + 1;
END;

CREATE TRIGGER IF NOT EXISTS people_added AFTER INSERT ON people WHEN new.licenses <> '[]' BEGIN
  INSERT INTO license_use SELECT value, 1 FROM json_each(new.licenses) WHERE true
    ON CONFLICT DO UPDATE SET used = used + 1;
END;
CREATE TRIGGER IF NOT EXISTS people_removed AFTER DELETE ON people WHEN old.licenses <> '[]' BEGIN
  UPDATE license_use SET used = used - 1 WHERE license_id IN (SELECT value FROM json_each(old.licenses));
END;
CREATE TRIGGER IF NOT EXISTS people_changed AFTER UPDATE OF licenses ON people WHEN old.licenses <> new.licenses BEGIN
  UPDATE license_use SET used = used - 1 WHERE license_id IN (SELECT value FROM json_each(old.licenses));
  INSERT INTO license_use SELECT value, 1 FROM json_each(new.licenses) WHERE true
    ON CONFLICT DO UPDATE SET used = used + 1;
END;
`;
