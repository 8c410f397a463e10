// The SDK's own dependency: the plugin makes messages with it. Their bytes are left out, which cost most and change
// nothing.
import { Struct } from 'google-protobuf/google/protobuf/struct_pb.js';

type Props = Record<string, unknown>;

/** Converts inputs as Pulumi's plugin (cmd/dynamic-provider) does between engine and handler. */
export function received(inputs: Props): Props {
  try {
    return Struct.fromJavaScript(inputs as never).toJavaScript() as Props;
  } catch {
    // Too deep for the plugin, but handlers must accept it.
    return inputs;
  }
}

/** Converts a handler's result for the engine. @throws if the plugin could not send it */
export function sent(outputs: Props): Props {
  return Struct.fromJavaScript(outputs as never).toJavaScript() as Props;
}
