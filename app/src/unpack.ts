// The WebAssembly that the page carries is packed by LZMA, a quarter smaller than what browsers unpack by themselves.

import { Decoder } from "lzma1/lib/decoder.js";
import { InputBuffer, OutputBuffer } from "lzma1/lib/streams.js";

/** The bytes that were packed and written as base64. */
export function unpack(packed: string): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const output = new OutputBuffer(4 * bytes.length);
  new Decoder().decompress(new InputBuffer(bytes), output);
  return output.toArray();
}
