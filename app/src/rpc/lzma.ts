// Decompresses LZMA. The page must decompress its program before it can show anything, and this decoder needs less than
// half the time of the one of the package `lzma1`, which compresses the program.
//
// Format: the specification of LZMA by Igor Pavlov (LZMA SDK, 2015). The names of the tables follow it.

const STATES = 12;
const POSITIONS = 16;
/** Numbers of a coder of lengths: two choices, 8 short and 8 medium lengths per position, and 256 long ones. */
const LENGTHS = 2 + 2 * 8 * POSITIONS + 256;
const LITERAL = 0x300;
const HEADER = 13;

// The first probability of each table.
const IS_MATCH = 0;
const IS_REP = IS_MATCH + STATES * POSITIONS;
const IS_REP_G0 = IS_REP + STATES;
const IS_REP_G1 = IS_REP_G0 + STATES;
const IS_REP_G2 = IS_REP_G1 + STATES;
const IS_REP0_LONG = IS_REP_G2 + STATES;
const SLOTS = IS_REP0_LONG + STATES * POSITIONS;
const DISTANCES = SLOTS + 4 * 64;
const ALIGN = DISTANCES + 128;
const MATCH_LENGTHS = ALIGN + 16;
const REP_LENGTHS = MATCH_LENGTHS + LENGTHS;
const LITERALS = REP_LENGTHS + LENGTHS;

/** Decompresses bytes in the format LZMA, whose header contains the size of the result. */
export class Decoder {
  /** The range and the code. Numbers of 32 bits in fields would be allocated one by one, but not in a typed array. */
  private coder = new Uint32Array([0xffffffff, 0]);
  private probabilities: Uint16Array;
  private at = HEADER + 1;
  private literalBits: number;
  private literalMask: number;
  private positionMask: number;
  private output: Uint8Array<ArrayBuffer>;
  private length = 0;
  private state = 0;
  /** The last four distances, minus 1. */
  private rep0 = 0;
  private rep1 = 0;
  private rep2 = 0;
  private rep3 = 0;

  constructor(private input: Uint8Array) {
    const properties = input[0]!;
    this.literalBits = properties % 9;
    const positions = Math.floor(properties / 9);
    this.literalMask = (1 << (positions % 5)) - 1;
    this.positionMask = (1 << Math.floor(positions / 5)) - 1;
    this.probabilities = new Uint16Array(LITERALS + LITERAL * ((this.literalMask + 1) << this.literalBits)).fill(1024);
    this.output = new Uint8Array(new DataView(input.buffer, input.byteOffset).getUint32(5, true));
    for (let i = 0; i < 4; i += 1) this.shift(0xffffffff, this.coder[1]!);
  }

  /** Returns the first `end` decompressed bytes. The input must contain all that they need, and it may end there. */
  decompress(end = this.output.length): Uint8Array<ArrayBuffer> {
    while (this.length < end) {
      const position = this.length & this.positionMask;
      if (this.bit(IS_MATCH + this.state * POSITIONS + position) === 0) this.decodeLiteral();
      else if (this.bit(IS_REP + this.state) === 1) this.repeat(position);
      else this.match(position);
    }
    return this.output.subarray(0, end);
  }

  /** Continues with the next part of the input. */
  append(input: Uint8Array): void {
    this.input = input;
    this.at = 0;
  }

  /** Number of bytes that have been read from the last part of the input. */
  get position(): number {
    return this.at;
  }

  private shift(range: number, code: number): void {
    this.coder[0] = range << 8;
    this.coder[1] = (code << 8) | this.input[this.at]!;
    this.at += 1;
  }

  private bit(index: number): number {
    const { coder, probabilities } = this;
    const probability = probabilities[index]!;
    let range = coder[0]!;
    let code = coder[1]!;
    const bound = (range >>> 11) * probability;
    let bit = 0;
    if (code < bound) {
      range = bound;
      probabilities[index] = probability + ((2048 - probability) >> 5);
    } else {
      range -= bound;
      code -= bound;
      probabilities[index] = probability - (probability >> 5);
      bit = 1;
    }
    if (range < 0x1000000) {
      range <<= 8;
      code = (code << 8) | this.input[this.at]!;
      this.at += 1;
    }
    coder[0] = range;
    coder[1] = code;
    return bit;
  }

  /** Decodes bits that all have the same probability. */
  private directBits(count: number): number {
    const { coder } = this;
    let result = 0;
    for (let i = 0; i < count; i += 1) {
      coder[0]! >>>= 1;
      const bit = coder[1]! >= coder[0]! ? 1 : 0;
      if (bit === 1) coder[1]! -= coder[0]!;
      if (coder[0]! < 0x1000000) this.shift(coder[0]!, coder[1]!);
      result = (result << 1) | bit;
    }
    return result;
  }

  private tree(start: number, bits: number): number {
    let node = 1;
    for (let i = 0; i < bits; i += 1) node = (node << 1) | this.bit(start + node);
    return node - (1 << bits);
  }

  /** Decodes a number whose lowest bit comes first. */
  private reverseTree(start: number, bits: number): number {
    let node = 1;
    let result = 0;
    for (let i = 0; i < bits; i += 1) {
      const bit = this.bit(start + node);
      node = (node << 1) | bit;
      result |= bit << i;
    }
    return result;
  }

  private decodeLiteral(): void {
    const { output, length } = this;
    const before = length > 0 ? output[length - 1]! : 0;
    const context = ((length & this.literalMask) << this.literalBits) + (before >> (8 - this.literalBits));
    const start = LITERALS + LITERAL * context;
    let symbol = 1;
    if (this.state >= 7) {
      // After a match, the byte at the same distance is a prediction, until the first bit that differs.
      let predicted = output[length - this.rep0 - 1]!;
      let isSame = true;
      while (isSame && symbol < 256) {
        const expected = (predicted >> 7) & 1;
        predicted <<= 1;
        const bit = this.bit(start + ((1 + expected) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        isSame = bit === expected;
      }
    }
    while (symbol < 256) symbol = (symbol << 1) | this.bit(start + symbol);
    output[length] = symbol;
    this.length += 1;
    this.state = this.state < 4 ? 0 : this.state - (this.state < 10 ? 3 : 6);
  }

  /** Decodes a match at one of the last four distances. */
  private repeat(position: number): void {
    const { state } = this;
    if (this.bit(IS_REP_G0 + state) === 0) {
      if (this.bit(IS_REP0_LONG + state * POSITIONS + position) === 0) {
        this.state = state < 7 ? 9 : 11;
        return this.copy(1);
      }
    } else {
      let distance = this.rep1;
      if (this.bit(IS_REP_G1 + state) === 1) {
        distance = this.rep2;
        if (this.bit(IS_REP_G2 + state) === 1) {
          distance = this.rep3;
          this.rep3 = this.rep2;
        }
        this.rep2 = this.rep1;
      }
      this.rep1 = this.rep0;
      this.rep0 = distance;
    }
    this.state = state < 7 ? 8 : 11;
    this.copy(this.decodeLength(REP_LENGTHS, position));
  }

  /** Decodes a match at a new distance. */
  private match(position: number): void {
    this.rep3 = this.rep2;
    this.rep2 = this.rep1;
    this.rep1 = this.rep0;
    const length = this.decodeLength(MATCH_LENGTHS, position);
    this.rep0 = this.decodeDistance(Math.min(length - 2, 3));
    this.state = this.state < 7 ? 7 : 10;
    this.copy(length);
  }

  private decodeLength(start: number, position: number): number {
    if (this.bit(start) === 0) return 2 + this.tree(start + 2 + 8 * position, 3);
    if (this.bit(start + 1) === 0) return 10 + this.tree(start + 2 + 8 * (POSITIONS + position), 3);
    return 18 + this.tree(start + 2 + 16 * POSITIONS, 8);
  }

  private decodeDistance(lengthClass: number): number {
    const slot = this.tree(SLOTS + 64 * lengthClass, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const start = (2 | (slot & 1)) << bits;
    if (slot < 14) return start + this.reverseTree(DISTANCES + start - slot, bits);
    const high = this.directBits(bits - 4);
    return start + (high << 4) + this.reverseTree(ALIGN, 4);
  }

  /** Repeats bytes of the output. A match can overlap its copy, so the bytes are copied one by one. */
  private copy(count: number): void {
    const { output, rep0 } = this;
    const end = Math.min(this.length + count, output.length);
    for (let i = this.length; i < end; i += 1) output[i] = output[i - rep0 - 1]!;
    this.length = end;
  }
}
