// The WebAssembly that the page carries is packed by LZMA, a quarter smaller than what browsers unpack by themselves.

import { Decoder } from "lzma1/lib/decoder.js";
import { InputBuffer, OutputBuffer } from "lzma1/lib/streams.js";
import { bytesOf } from "./base64";

/** The bytes that were packed and written as base64. */
export function unpack(packed: string): Uint8Array<ArrayBuffer> {
  const bytes = bytesOf(packed);
  const output = new OutputBuffer(4 * bytes.length);
  new Decoder().decompress(new InputBuffer(bytes), output);
  return output.toArray();
}
