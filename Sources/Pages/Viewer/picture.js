// One image of a pane as a canvas or picture that can be drawn.
//
// Owns the canvas, which it makes anew only when the image, the grey or the coarseness changes. While the window is being
// dragged it renders only as many pixels as the pane can show.
(function (Filmroom) {
  "use strict";

  const OPAQUE = 255 * 2 ** 24;

  function paintGrey(target, frame, table, step) {
    const { columns, rows, samples } = frame;
    const mask = table.length - 1;
    const colours = new Uint32Array(table.length);
    for (let i = 0; i < table.length; i++) colours[i] = OPAQUE + table[i] * 0x010101;
    let at = 0;
    for (let row = 0; row < rows; row += step) {
      const start = row * columns;
      for (let column = 0; column < columns; column += step) target[at++] = colours[samples[start + column] & mask];
    }
  }

  function paintColour(target, frame, isInverted, step) {
    const { columns, rows, samples } = frame;
    const flip = isInverted ? 255 : 0;
    let at = 0;
    for (let row = 0; row < rows; row += step) {
      for (let column = 0; column < columns; column += step) {
        const i = 3 * (row * columns + column);
        target[at++] = OPAQUE + ((samples[i + 2] ^ flip) << 16) + ((samples[i + 1] ^ flip) << 8) + (samples[i] ^ flip);
      }
    }
  }

  function loadImage(path) {
    return new Promise((resolve, reject) => {
      const image = new Image();
      image.onload = () => resolve(image);
      image.onerror = () => reject(new Error(`${path} could not be loaded`));
      image.src = path.split("/").map(encodeURIComponent).join("/");
    });
  }

  function noteOf({ instance }) {
    return instance.frames > 1 && instance.rendered.length < 2 ? `This is one picture of ${instance.frames} frames.` : "";
  }

  class Picture {
    constructor(store) {
      this.store = store;
      this.item = null;
      this.readyItem = null;
      this.frame = null;
      this.image = null;
      this.canvas = document.createElement("canvas");
      this.rendering = "";
    }

    get isColour() { return this.frame !== null && this.frame.type === "rgb8"; }
    get hasStoredValues() { return this.frame !== null && !this.isColour; }
    
    /** Whether the pixels are those of the image that is wanted, and not of the one before. */
    get isReady() { return this.item !== null && this.readyItem === this.item; }


    /**
     * Brings an image in.
     *
     * Returns a note when it had to fall back on the rendered picture; throws when there is nothing to show. A later call
     * overtakes: the earlier one then resolves to `overtaken`.
     */
    async show(item) {
      this.item = item;
      const { frame, image, note } = await this.#bring(item);
      if (this.item !== item) return "overtaken";
      Object.assign(this, { frame, image, readyItem: item, rendering: "" });
      return note;
    }

    async #bring(item) {
      if (item.source === "none") throw new Error(item.instance.unrenderable || "There is no picture of this image.");
      if (item.source === "rendered") return { frame: null, image: await loadImage(item.rendered), note: noteOf(item) };
      try {
        return { frame: await this.store.frame(item.instance, item.frame), image: null, note: "" };
      } catch (error) {
        if (!item.rendered) throw error;
        const note = `Stored pixels are missing: ${error.message}. This is the rendered picture.`;
        return { frame: null, image: await loadImage(item.rendered), note };
      }
    }

    clear() {
      Object.assign(this, { item: null, readyItem: null, frame: null, image: null, rendering: "" });
      this.canvas.width = this.canvas.height = 0;
    }

    /** What to draw over the image's columns and rows. `step` is how many pixels become one. */
    drawable(voi, isInverted, step) {
      if (this.image) return this.image;
      const rendering = [this.item.id, JSON.stringify(voi), isInverted, step].join("|");
      if (rendering !== this.rendering) this.#render(voi, isInverted, step);
      this.rendering = rendering;
      return this.canvas;
    }

    #render(voi, isInverted, step) {
      const width = Math.ceil(this.frame.columns / step), height = Math.ceil(this.frame.rows / step);
      if (this.canvas.width !== width || this.canvas.height !== height) Object.assign(this.canvas, { width, height });
      const context = this.canvas.getContext("2d");
      const data = context.createImageData(width, height);
      const target = new Uint32Array(data.data.buffer);
      if (this.isColour) {
        paintColour(target, this.frame, isInverted, step);
      } else {
        paintGrey(target, this.frame, Filmroom.greyTable(this.item.grey, voi, isInverted, this.frame.type), step);
      }
      context.putImageData(data, 0, 0);
    }
  }

  Filmroom.Picture = Picture;
})((window.Filmroom = window.Filmroom || {}));
