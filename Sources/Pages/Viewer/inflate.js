// Raw deflate (RFC 1951) undone: by the browser where it can, else here.
//
// Pure. Never writes more than the number of bytes that it was told to expect.
(function (Filmroom) {
  "use strict";

  const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
  const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
  const DISTANCE_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
  const DISTANCE_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
  const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const LONGEST_CODE = 15;

  /** A canonical Huffman code: how many codes each length has, and the symbols in order. */
  function codeOf(lengths) {
    const counts = new Uint16Array(LONGEST_CODE + 1);
    for (const length of lengths) counts[length]++;
    counts[0] = 0;
    const offsets = new Uint16Array(LONGEST_CODE + 2);
    for (let length = 1; length <= LONGEST_CODE; length++) offsets[length + 1] = offsets[length] + counts[length];
    const symbols = new Uint16Array(lengths.length);
    lengths.forEach((length, symbol) => { if (length) symbols[offsets[length]++] = symbol; });
    return { counts, symbols };
  }

  class Input {
    constructor(bytes) {
      this.bytes = bytes;
      this.position = 0;
      this.held = 0;
      this.count = 0;
    }

    bits(wanted) {
      while (this.count < wanted) {
        if (this.position >= this.bytes.length) throw new Error("the compressed pixels end too early");
        this.held |= this.bytes[this.position++] << this.count;
        this.count += 8;
      }
      const value = this.held & ((1 << wanted) - 1);
      this.held >>>= wanted;
      this.count -= wanted;
      return value;
    }

    symbol(code) {
      let value = 0, first = 0, index = 0;
      for (let length = 1; length <= LONGEST_CODE; length++) {
        value |= this.bits(1);
        const count = code.counts[length];
        if (value - first < count) return code.symbols[index + value - first];
        index += count;
        first = (first + count) << 1;
        value <<= 1;
      }
      throw new Error("the compressed pixels are damaged");
    }

    alignToByte() {
      this.held = 0;
      this.count = 0;
    }
  }

  const FIXED = {
    literals: codeOf(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
    distances: codeOf(new Array(30).fill(5)),
  };

  function readCodes(input) {
    const literalCount = input.bits(5) + 257, distanceCount = input.bits(5) + 1, lengthCount = input.bits(4) + 4;
    const codeLengths = new Array(19).fill(0);
    for (let i = 0; i < lengthCount; i++) codeLengths[CODE_ORDER[i]] = input.bits(3);
    const code = codeOf(codeLengths);
    const lengths = [];
    while (lengths.length < literalCount + distanceCount) {
      const symbol = input.symbol(code);
      if (symbol < 16) {
        lengths.push(symbol);
      } else {
        const [value, repeat] = symbol === 16 ? [lengths.at(-1) || 0, 3 + input.bits(2)]
          : symbol === 17 ? [0, 3 + input.bits(3)] : [0, 11 + input.bits(7)];
        for (let i = 0; i < repeat; i++) lengths.push(value);
      }
    }
    return {
      literals: codeOf(lengths.slice(0, literalCount)),
      distances: codeOf(lengths.slice(literalCount, literalCount + distanceCount)),
    };
  }

  function copyStored(input, output, at) {
    input.alignToByte();
    const length = input.bytes[input.position] | (input.bytes[input.position + 1] << 8);
    input.position += 4;
    output.set(input.bytes.subarray(input.position, input.position + length), at);
    input.position += length;
    return at + length;
  }

  function inflateBlock(input, codes, output, start) {
    let at = start;
    for (;;) {
      const symbol = input.symbol(codes.literals);
      if (symbol === 256) return at;
      if (symbol < 256) {
        if (at >= output.length) throw new Error("there are more pixels than expected");
        output[at++] = symbol;
        continue;
      }
      const length = LENGTH_BASE[symbol - 257] + input.bits(LENGTH_BITS[symbol - 257]);
      const code = input.symbol(codes.distances);
      const distance = DISTANCE_BASE[code] + input.bits(DISTANCE_BITS[code]);
      if (distance > at || at + length > output.length) throw new Error("the compressed pixels are damaged");
      for (let i = 0; i < length; i++, at++) output[at] = output[at - distance];
    }
  }

  /** Inflates without the browser's help. */
  Filmroom.inflateHere = function (bytes, byteCount) {
    const input = new Input(bytes), output = new Uint8Array(byteCount);
    let at = 0, isLast = false;
    while (!isLast) {
      isLast = input.bits(1) === 1;
      const kind = input.bits(2);
      if (kind === 3) throw new Error("the compressed pixels are damaged");
      at = kind === 0 ? copyStored(input, output, at)
        : inflateBlock(input, kind === 1 ? FIXED : readCodes(input), output, at);
    }
    if (at !== byteCount) throw new Error("there are fewer pixels than expected");
    return output;
  };

  async function inflateByBrowser(bytes, byteCount, stream) {
    const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
    const output = new Uint8Array(byteCount);
    let at = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (at + value.length > byteCount) throw new Error("there are more pixels than expected");
      output.set(value, at);
      at += value.length;
    }
    if (at !== byteCount) throw new Error("there are fewer pixels than expected");
    return output;
  }

  /** Inflates to exactly `byteCount` bytes. */
  Filmroom.inflate = function (bytes, byteCount) {
    let stream;
    try {
      stream = new DecompressionStream("deflate-raw");
    } catch (missing) {
      return Promise.resolve(Filmroom.inflateHere(bytes, byteCount));
    }
    return inflateByBrowser(bytes, byteCount, stream);
  };
})((window.Filmroom = window.Filmroom || {}));
