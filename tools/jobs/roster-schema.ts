// `npm run roster-schema`: generates the JSON Schema of a roster; test/unit/fleet fails when it is outdated.
import { writeFileSync } from 'node:fs';
import { rosterSchemaText, schemaFile } from '../lib/roster-schema.ts';

writeFileSync(schemaFile, rosterSchemaText());
process.stdout.write(`${schemaFile}\n`);
