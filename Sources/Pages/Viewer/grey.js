// From stored values to grey: modality, then the window or table of interest, then the display's 8 bits.
//
// Pure. DICOM PS3.3 sections C.11.1 (modality), C.11.2 (values of interest), C.11.2.1.3 (functions).
(function (Filmroom) {
  "use strict";

  const CT_PRESETS = [
    ["Soft tissue", 40, 400], ["Mediastinum", 50, 350], ["Lung", -600, 1500], ["Bone", 400, 1800], ["Brain", 40, 80],
    ["Liver", 90, 150],
  ];

  function lookUp(table, value) {
    const index = Math.min(Math.max(Math.round(value) - table.firstMapped, 0), table.entries.length - 1);
    return table.entries[index];
  }

  /** A stored value after the modality transformation. */
  Filmroom.modalityValue = function (grey, stored) {
    return grey.modalityTable ? lookUp(grey.modalityTable, stored) : stored * grey.slope + grey.intercept;
  };

  const FUNCTIONS = {
    LINEAR(x, { center, width }) {
      const span = Math.max(width, 1) - 1, middle = center - 0.5;
      if (x <= middle - span / 2) return 0;
      return x > middle + span / 2 ? 1 : (x - middle) / span + 0.5;
    },
    LINEAR_EXACT(x, { center, width }) {
      if (x <= center - width / 2) return 0;
      return x > center + width / 2 ? 1 : (x - center) / width + 0.5;
    },
    SIGMOID(x, { center, width }) {
      return 1 / (1 + Math.exp((-4 * (x - center)) / width));
    },
  };

  /** A value between 0 and 1 for a value after the modality transformation. */
  function valueOfInterest(voi, x) {
    if (voi.table) return lookUp(voi.table, x) / (2 ** voi.table.bits - 1);
    return (FUNCTIONS[voi.function] || FUNCTIONS.LINEAR)(x, voi);
  }

  /** The smallest and the largest stored value of a frame, its padding left out. */
  Filmroom.rangeOf = function (frame, padding) {
    if (frame.range && frame.range.padding === padding) return frame.range;
    let low = Infinity, high = -Infinity;
    for (const value of frame.samples) {
      if (value === padding) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (low > high) low = high = padding || 0;
    frame.range = { low, high, padding };
    return frame.range;
  };

  /** The window from the least to the greatest value of a frame. */
  Filmroom.fullWindow = function (grey, frame) {
    const { low, high } = Filmroom.rangeOf(frame, grey.paddingValue);
    let least = Infinity, greatest = -Infinity;
    const ends = grey.modalityTable ? Array.from({ length: high - low + 1 }, (_, i) => low + i) : [low, high];
    for (const stored of ends) {
      const value = Filmroom.modalityValue(grey, stored);
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    return { center: (least + greatest + 1) / 2, width: Math.max(1, greatest - least + 1), function: "LINEAR" };
  };

  /**
   * 8-bit grey for every stored value; index it by the value's low 16 bits.
   *
   * `voi` is `{center, width, function}` or `{table}`.
   */
  Filmroom.greyTable = function (grey, voi, isInverted, type) {
    const table = new Uint8ClampedArray(type === "uint8" ? 256 : 65536);
    for (let index = 0; index < table.length; index++) {
      const stored = type === "int16" && index > 32767 ? index - 65536 : index;
      const y = valueOfInterest(voi, Filmroom.modalityValue(grey, stored));
      table[index] = Math.round(255 * (isInverted ? 1 - y : y));
    }
    return table;
  };

  /** The presets of an image: what its file says first, then those of its modality. Each has `name` and `voi`. */
  Filmroom.presetsOf = function (series, grey, frame) {
    const presets = [];
    grey.tables.forEach((table, i) => presets.push({ name: table.explanation || `Table ${i + 1}`, voi: { table } }));
    grey.windows.forEach(({ center, width, explanation }, i) => presets.push({
      name: explanation || (grey.windows.length > 1 ? `Window ${i + 1}` : "Default"),
      voi: { center, width, function: grey.function },
    }));
    presets.push({ name: "Full range", voi: Filmroom.fullWindow(grey, frame) });
    if (series.modality === "CT" && !grey.modalityTable && (grey.rescaleType || "HU") === "HU") {
      for (const [name, center, width] of CT_PRESETS) presets.push({ name, voi: { center, width, function: "LINEAR" } });
    }
    return presets;
  };

  /** The same look as a window, so that it can be changed. */
  Filmroom.asWindow = function (voi) {
    if (!voi.table) return voi;
    const width = voi.table.entries.length;
    return { center: voi.table.firstMapped + width / 2, width, function: "LINEAR" };
  };

  Filmroom.windowText = function (voi) {
    if (voi.table) return voi.table.explanation || "VOI table";
    const number = (value) => String(Math.abs(voi.width) < 10 ? Math.round(value * 100) / 100 : Math.round(value));
    return `C ${number(voi.center)}  W ${number(voi.width)}`;
  };
})((window.Filmroom = window.Filmroom || {}));
