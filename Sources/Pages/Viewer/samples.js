// From what a pixel file says to samples: base64 and packing undone.
//
// Pure. The form of pixel files is told in PixelsHeader.swift, which writes what is read here.
(function (Filmroom) {
  "use strict";

  const BYTES = { uint8: 1, uint16: 2, int16: 2, rgb8: 3 };

  function bytesOf(base64) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    const binary = atob(base64);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
  }

  /** 16-bit samples from differences along each row, in blocks of eight that say how many bits a number has. */
  function undoDeltaBlocks(bytes, { rows, columns, frames }) {
    const samples = new Uint16Array(rows * columns * frames);
    let at = 0;
    for (let start = 0; start < samples.length; start += columns) {
      let left = 0;
      for (let first = 0; first < columns; first += 8) {
        const width = bytes[at++], next = at + width, mask = (1 << width) - 1;
        if (!(width <= 16 && next <= bytes.length)) throw new Error("the packed pixels are damaged");
        const end = start + Math.min(first + 8, columns);
        let held = 0, count = 0;
        for (let place = start + first; place < end; place++) {
          for (; count < width; count += 8) held |= bytes[at++] << count;
          const folded = held & mask;
          held >>>= width;
          count -= width;
          left = (left + ((folded >>> 1) ^ -(folded & 1))) & 0xffff;
          samples[place] = left;
        }
        at = next;
      }
    }
    if (at !== bytes.length) throw new Error("there are more pixels than expected");
    return samples;
  }

  function check(header) {
    const { rows, columns, frames, type, byteCount, compression } = header;
    const isKnown = type in BYTES && compression === (BYTES[type] === 2 ? "delta-blocks" : "deflate-raw");
    if (!isKnown || rows * columns * frames * BYTES[type] !== byteCount) {
      throw new Error("the pixel file is of a form that this page does not know");
    }
  }

  async function samplesOf(bytes, header) {
    if (header.compression === "deflate-raw") return Filmroom.inflate(bytes, header.byteCount);
    const samples = undoDeltaBlocks(bytes, header);
    return header.type === "int16" ? new Int16Array(samples.buffer) : samples;
  }

  /**
   * The frames of a pixel file.
   *
   * Each has `rows`, `columns`, `type`, and `samples`: a typed array of stored values, or RGB bytes.
   */
  Filmroom.framesOf = async function (header, base64) {
    check(header);
    const all = await samplesOf(bytesOf(base64), header);
    const { rows, columns, type } = header;
    const count = all.length / header.frames;
    return Array.from({ length: header.frames }, (_, i) => (
      { rows, columns, type, samples: all.subarray(i * count, (i + 1) * count) }));
  };
})((window.Filmroom = window.Filmroom || {}));
