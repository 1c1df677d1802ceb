// The decoded pixels that the page keeps: the most recently used, within a budget.
//
// Owns the script elements that bring pixel files in. A page from a folder may not fetch, but may load scripts: each
// pixel file calls `filmroomPixels` with its own key. What is over the budget is let go, the longest unused first.
(function (Filmroom) {
  "use strict";

  const DEFAULT_BUDGET_BYTES = 768 * 1024 * 1024;
  const waiting = new Map();

  /** Called by each pixel file. */
  window.filmroomPixels = function (key, header, base64) {
    const request = waiting.get(key);
    if (!request) return;
    waiting.delete(key);
    request.resolve({ header, base64 });
  };

  function loadScript(file) {
    return new Promise((resolve, reject) => {
      waiting.set(file.key, { resolve });
      const fail = (reason) => { waiting.delete(file.key); reject(new Error(`${file.path} ${reason}`)); };
      const script = Filmroom.element("script", {
        src: file.path.split("/").map(encodeURIComponent).join("/"),
        on: {
          load: () => { script.remove(); if (waiting.has(file.key)) fail("holds other pixels"); },
          error: () => { script.remove(); fail("could not be loaded"); },
        },
      });
      document.head.append(script);
    });
  }

  async function load(file) {
    const { header, base64 } = await loadScript(file);
    return Filmroom.framesOf(header, base64);
  }

  class PixelStore {
    constructor(budgetBytes) {
      this.budgetBytes = budgetBytes || DEFAULT_BUDGET_BYTES;
      this.usedBytes = 0;
      this.held = new Map();
    }

    /** The frames of a pixel file, from memory or from the folder. */
    frames(file) {
      const entry = this.held.get(file.key) || { promise: null, bytes: 0 };
      this.held.delete(file.key);
      this.held.set(file.key, entry);
      if (!entry.promise) entry.promise = this.#take(file, entry);
      return entry.promise;
    }

    /** One frame of an instance, 0-based. */
    async frame(instance, index) {
      const file = instance.pixels.find((f) => index >= f.firstFrame && index < f.firstFrame + f.frameCount);
      if (!file) throw new Error("there are no stored pixels for this frame");
      const frame = (await this.frames(file))[index - file.firstFrame];
      if (!frame) throw new Error(`${file.path} holds too few frames`);
      if (frame.rows !== instance.rows || frame.columns !== instance.columns) {
        throw new Error(`${file.path} holds an image of another size`);
      }
      return frame;
    }

    async #take(file, entry) {
      try {
        const frames = await load(file);
        entry.bytes = frames.reduce((sum, frame) => sum + frame.samples.byteLength, 0);
        this.usedBytes += entry.bytes;
        this.#letGo(file.key);
        return frames;
      } catch (error) {
        this.held.delete(file.key);
        throw error;
      }
    }

    #letGo(keptKey) {
      for (const [key, entry] of this.held) {
        if (this.usedBytes <= this.budgetBytes) return;
        if (key === keptKey || entry.bytes === 0) continue;
        this.held.delete(key);
        this.usedBytes -= entry.bytes;
      }
    }
  }

  Filmroom.PixelStore = PixelStore;
})((window.Filmroom = window.Filmroom || {}));
