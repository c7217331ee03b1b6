// Decompresses a part of the program. LZMA makes it a quarter smaller than the formats that browsers support.

import { bytesOf } from "./base64";
import { decompress } from "./lzma";

/** Decompresses bytes that are encoded as base64. */
export const unpack = (packed: string): Uint8Array<ArrayBuffer> => decompress(bytesOf(packed));
