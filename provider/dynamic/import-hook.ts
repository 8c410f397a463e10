import { createRequire } from 'node:module';
import path from 'node:path';
import { IMPORT_KEY, PROVIDER_KEY } from './keys';

/** The part of Pulumi's plugin that this needs. */
interface Plugin {
  read?: (call: ReadCall, callback: unknown) => unknown;
}

interface ReadCall {
  readonly request: ReadRequest;
}

/** `pulumirpc.ReadRequest`, as the SDK's generated class has it. */
interface ReadRequest {
  getUrn(): string;
  getProperties(): Struct | undefined;
  setProperties(properties: Struct): void;
  getInputs(): Struct | undefined;
}

interface Struct {
  toJavaScript(): Record<string, unknown>;
}

interface StructClass {
  fromJavaScript(values: Record<string, unknown>): Struct;
}

/**
 * Lets Pulumi's dynamic plugin read an object of which only URN and ID are known, as it is for the `import` option and
 * `pulumi import`. The stock plugin finds a resource's handlers in what is recorded of the resource; of one that is to
 * be imported nothing is, and it fails. Here the type in the URN tells. Types of others are left to the stock plugin.
 *
 * To be called in the plugin's process before the plugin starts; see {@link isDynamicPlugin}.
 *
 * @param codeOf the text under `__provider` for a type token's part after `pulumi-nodejs:dynamic/`
 * @param declaredOf the inputs that a program declares of an object, by URN, where they are known
 */
export function serveImports(
  codeOf: (type: string) => string | undefined,
  declaredOf: (urn: string) => Record<string, unknown> | undefined = () => undefined,
): void {
  // The plugin's own copies: it runs in the program's folder, with the SDK that is found there.
  const sdk = createRequire(process.argv[1] ?? path.join(process.cwd(), 'index.js'));
  const { Server } = sdk('@grpc/grpc-js') as { Server: { prototype: { addService: AddService } } };
  const { Struct } = sdk('google-protobuf/google/protobuf/struct_pb') as { Struct: StructClass };
  const { addService } = Server.prototype;
  Server.prototype.addService = function (service, plugin) {
    const { read } = plugin;
    if (read !== undefined) {
      plugin.read = function (this: unknown, call, callback) {
        const { request } = call;
        const code = isImport(request) ? codeOf(typeIn(request.getUrn())) : undefined;
        if (code !== undefined) {
          const declared = declaredOf(request.getUrn());
          request.setProperties(Struct.fromJavaScript({ ...declared, [PROVIDER_KEY]: code, [IMPORT_KEY]: true }));
        }
        return read.call(plugin, call, callback);
      };
    }
    return addService.call(this, service, plugin);
  };
}

type AddService = (this: unknown, service: unknown, plugin: Plugin) => unknown;

/** Whether nothing is recorded of the object: Pulumi sends what a resource is read with otherwise. */
function isImport(request: ReadRequest): boolean {
  return [request.getInputs(), request.getProperties()].every(
    (sent) => sent?.toJavaScript()[PROVIDER_KEY] === undefined,
  );
}

/** `webex-wholesale:User` of `urn:pulumi:STACK::PROJECT::PARENTS$pulumi-nodejs:dynamic/webex-wholesale:User::NAME`. */
function typeIn(urn: string): string {
  const [, , types = ''] = urn.split('::');
  return (types.split('$').at(-1) ?? '').replace(/^pulumi-nodejs:dynamic\//, '');
}

/** Whether this process is Pulumi's dynamic plugin: the hook is loaded into everything that Node.js runs. */
export function isDynamicPlugin(script = process.argv[1] ?? ''): boolean {
  return /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]dynamic-provider([\\/]index(\.js)?)?$/.test(script);
}
