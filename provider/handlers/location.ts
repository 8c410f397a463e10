import '../node-version';
import { toResourceProvider } from '../dynamic/provider';
import { handlers } from './run';

// What the `__provider` text of the resource class requires: the module is the pulumi.dynamic.ResourceProvider.
export = toResourceProvider(handlers.location);
