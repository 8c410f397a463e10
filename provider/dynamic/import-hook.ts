import { createRequire } from 'node:module';
import path from 'node:path';
import { IMPORT_KEY, PROVIDER_KEY } from './keys';
import { typeAndName } from './urn';

/** The part of Pulumi's plugin that the hook uses. */
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
 * Lets Pulumi's dynamic plugin read an object by its URN and ID alone, for the option `import` and `pulumi import`. The
 * stock plugin finds the handlers of a resource in its record; an object to import has no record, so the stock plugin
 * fails. The hook finds the handlers by the type in the URN. It leaves the types of other packages to the stock plugin.
 *
 * Call it in the plugin's process before the plugin starts; see {@link isDynamicPlugin}.
 *
 * @param codeOf the text under `__provider` for a type token's part after `pulumi-nodejs:dynamic/`
 * @param declaredOf the inputs that a program declares of an object, by URN, where they are known
 */
export function serveImports(
  codeOf: (type: string) => string | undefined,
  declaredOf: (urn: string) => Record<string, unknown> | undefined = () => undefined,
): void {
  // Load the plugin's own copy of the SDK: the plugin uses the one of the program's folder.
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

/** Whether the object has no record in the state. For a recorded one, Pulumi sends the recorded properties. */
function isImport(request: ReadRequest): boolean {
  return [request.getInputs(), request.getProperties()].every(
    (sent) => sent?.toJavaScript()[PROVIDER_KEY] === undefined,
  );
}

/** `webex-wholesale:User` of `urn:pulumi:STACK::PROJECT::PARENTS$pulumi-nodejs:dynamic/webex-wholesale:User::NAME`. */
function typeIn(urn: string): string {
  return typeAndName(urn).type.replace(/^pulumi-nodejs:dynamic\//, '');
}

/** Whether this process is Pulumi's dynamic plugin. The hook is loaded into every process of Node.js. */
export function isDynamicPlugin(script = process.argv[1] ?? ''): boolean {
  return /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]dynamic-provider([\\/]index(\.js)?)?$/.test(script);
}
