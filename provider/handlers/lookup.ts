import '../node-version';
import { toResourceProvider } from '../dynamic/provider';
import { lookupHandler } from '../lookups/handler';
import { run } from './run';

// What the `__provider` text of a lookup requires: the module is the pulumi.dynamic.ResourceProvider.
export = toResourceProvider(lookupHandler(run));
