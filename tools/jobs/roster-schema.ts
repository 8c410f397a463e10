// `npm run roster-schema`: writes the JSON Schema of a roster anew; test/unit/fleet says when that is due.
import { writeFileSync } from 'node:fs';
import { rosterSchemaText, schemaFile } from '../lib/roster-schema.ts';

writeFileSync(schemaFile, rosterSchemaText());
process.stdout.write(`${schemaFile}\n`);
