// The SDK's own dependency: the plugin makes messages with it. Their bytes are left out, which cost most and change
// nothing.
import { Struct } from 'google-protobuf/google/protobuf/struct_pb.js';

type Props = Record<string, unknown>;

/** What a handler gets of inputs that the engine sends: cmd/dynamic-provider of Pulumi's SDK reads them so. */
export function received(inputs: Props): Props {
  try {
    return Struct.fromJavaScript(inputs as never).toJavaScript() as Props;
  } catch {
    // Too deep for the plugin: handlers must bear it all the same.
    return inputs;
  }
}

/** What the engine gets of what a handler answers. @throws where the plugin could not send it */
export function sent(outputs: Props): Props {
  return Struct.fromJavaScript(outputs as never).toJavaScript() as Props;
}
