// Decompresses the program. LZMA makes it a quarter smaller than the formats that browsers support. Both parts of the program
// are one stream, so that the second part can repeat bytes of the first one.

import { bytesOf } from "./base64";
import { Decoder } from "./lzma";

/** Decompresses the parts of the program, which are encoded as base64. */
export class Unpacker {
  private decoder: Decoder;
  private firstSize: number;

  /** `first` is the size of the first part in bytes, a space, and the beginning of the stream. */
  constructor(first: string) {
    const [size = "", packed = ""] = first.split(" ");
    this.firstSize = Number(size);
    this.decoder = new Decoder(bytesOf(packed));
  }

  /** Returns the first part. */
  first(): Uint8Array<ArrayBuffer> {
    return this.decoder.decompress(this.firstSize);
  }

  /** Returns the second part, after the first one. `rest` is the end of the stream. */
  rest(rest: string): Uint8Array<ArrayBuffer> {
    this.decoder.append(bytesOf(rest));
    return this.decoder.decompress().subarray(this.firstSize);
  }
}
