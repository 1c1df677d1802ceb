// From what a pixel file says to samples: base64, inflation, and the filter undone.
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

  /** 16-bit samples from differences along each row, high bytes before low bytes. */
  function undoRowDelta(bytes, columns) {
    const samples = new Uint16Array(bytes.length >> 1);
    for (let start = 0; start < samples.length; start += columns) {
      const high = 2 * start, low = high + columns;
      let left = 0;
      for (let i = 0; i < columns; i++) {
        const folded = (bytes[high + i] << 8) | bytes[low + i];
        left = (left + ((folded >>> 1) ^ -(folded & 1))) & 0xffff;
        samples[start + i] = left;
      }
    }
    return samples;
  }

  function littleEndian(bytes) {
    const samples = new Uint16Array(bytes.length >> 1);
    for (let i = 0; i < samples.length; i++) samples[i] = bytes[2 * i] | (bytes[2 * i + 1] << 8);
    return samples;
  }

  function check(header) {
    const { rows, columns, frames, type, byteCount } = header;
    if (!(type in BYTES) || rows * columns * frames * BYTES[type] !== byteCount) {
      throw new Error("the pixel file is of a form that this page does not know");
    }
  }

  function samplesOf(bytes, header) {
    if (BYTES[header.type] !== 2) return bytes;
    const samples = header.filter === "row-delta" ? undoRowDelta(bytes, header.columns) : littleEndian(bytes);
    return header.type === "int16" ? new Int16Array(samples.buffer) : samples;
  }

  /**
   * The frames of a pixel file.
   *
   * Each has `rows`, `columns`, `type`, and `samples`: a typed array of stored values, or RGB bytes.
   */
  Filmroom.framesOf = async function (header, base64) {
    check(header);
    let bytes = bytesOf(base64);
    if (header.compression === "deflate-raw") bytes = await Filmroom.inflate(bytes, header.byteCount);
    if (bytes.length !== header.byteCount) throw new Error("the pixel file is not whole");
    const all = samplesOf(bytes, header);
    const { rows, columns, type } = header;
    const count = all.length / header.frames;
    return Array.from({ length: header.frames }, (_, i) => (
      { rows, columns, type, samples: all.subarray(i * count, (i + 1) * count) }));
  };
})((window.Filmroom = window.Filmroom || {}));
