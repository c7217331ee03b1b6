// Decompresses the WebAssembly of the page. LZMA makes it a quarter smaller than the formats that browsers support.

import { Decoder } from "lzma1/lib/decoder.js";
import { InputBuffer, OutputBuffer } from "lzma1/lib/streams.js";
import { bytesOf } from "./base64";

/** Decompresses bytes that are encoded as base64. */
export function unpack(packed: string): Uint8Array<ArrayBuffer> {
  const bytes = bytesOf(packed);
  const output = new OutputBuffer(4 * bytes.length);
  new Decoder().decompress(new InputBuffer(bytes), output);
  return output.toArray();
}
