// A pane: one stack, the image of it that is shown, and how it is shown.
//
// Owns its canvases and the state of its view. It draws at most once a frame of the screen, and never before the pixels
// are there. What the pointer and the keys do to it is told in tools.js and commands.js.
(function (Filmroom) {
  "use strict";

  const { element } = Filmroom;
  const PREFETCHED = 3;

  class Pane {
    constructor(room, index) {
      this.room = room;
      this.index = index;
      this.stack = null;
      this.position = 0;
      this.picture = new Filmroom.Picture(room.store);
      this.overlay = new Filmroom.Overlay();
      this.draft = null;
      this.crosshair = null;
      this.isCoarse = false;
      this.#build();
      this.resetLook();
    }

    #build() {
      this.image = element("canvas", { class: "image" });
      this.marks = element("canvas", { class: "marks" });
      this.slider = element("input", {
        type: "range", class: "pane-slider", min: 1, step: 1, hidden: true, "aria-label": `Image in pane ${this.index + 1}`,
        on: { input: () => this.goTo(Number(this.slider.value) - 1) },
      });
      this.surface = element("div", {
        class: "surface", tabindex: 0, role: "application", "aria-roledescription": "image pane",
        "aria-describedby": "pane-keys",
      }, this.image, this.marks, this.overlay.element, this.overlay.message);
      this.element = element("div", { class: "pane" }, this.surface, this.slider);
      this.surface.addEventListener("focus", () => this.room.activate(this));
      new ResizeObserver(() => this.#resize()).observe(this.surface);
    }

    get item() { return this.stack ? this.stack.items[this.position] : null; }
    get width() { return this.image.width; }
    get height() { return this.image.height; }
    get matrix() { return Filmroom.matrixOf(this.view, this.item.instance, this.width, this.height); }
    get hasWindow() { return this.picture.isReady && this.picture.hasStoredValues; }

    /** The presets of the image that is shown; empty without stored values. */
    get presets() {
      return this.hasWindow ? Filmroom.presetsOf(this.stack.series, this.item.grey, this.picture.frame) : [];
    }

    /** The window or table in force; null without stored values. */
    get voi() {
      if (!this.hasWindow) return null;
      return this.ownVOI || (this.presets[this.preset] || this.presets[0]).voi;
    }

    get isInverted() {
      return this.inverted !== (this.hasWindow && this.item.instance.photometricInterpretation === "MONOCHROME1");
    }

    /** Back to how the file wants to be shown. */
    resetLook() {
      const view = Filmroom.fittingView(this.stack ? Filmroom.alignmentOf(this.stack) : 0);
      Object.assign(this, { view, preset: 0, ownVOI: null, inverted: false, crosshair: null });
      this.redraw();
    }

    async show(stack, position) {
      this.stack = stack;
      this.picture.clear();
      this.resetLook();
      const middle = stack && stack.items[0].instance.frames === 1 ? Math.floor((stack.items.length - 1) / 2) : 0;
      this.slider.hidden = !stack || stack.items.length < 2;
      if (stack) this.slider.max = stack.items.length;
      await this.goTo(position === undefined ? middle : position);
    }

    async goTo(position) {
      if (!this.stack) return this.#describe();
      this.position = Math.min(Math.max(position, 0), this.stack.items.length - 1);
      this.slider.value = this.position + 1;
      this.slider.setAttribute("aria-valuetext", `Image ${this.position + 1} of ${this.stack.items.length}`);
      const item = this.item;
      const late = setTimeout(() => { if (this.item === item) this.overlay.setMessage("Loading…"); }, 150);
      try {
        const note = await this.picture.show(item);
        if (note === "overtaken" || this.item !== item) return;
        this.overlay.setMessage(note, Boolean(note));
      } catch (error) {
        if (this.item !== item) return;
        this.picture.clear();
        this.overlay.setMessage(error.message, true);
        Filmroom.announce(`Pane ${this.index + 1}: ${error.message}`);
      } finally {
        clearTimeout(late);
      }
      this.#describe();
      this.redraw();
      this.room.changed(this);
      this.#prefetch();
    }

    step(count) {
      if (this.stack) this.goTo(this.position + count);
    }

    #prefetch() {
      const near = [1, -1, 2, -2, PREFETCHED, -PREFETCHED].map((d) => this.stack.items[this.position + d]);
      const files = near.filter((item) => item && item.source === "pixels").map((item) =>
        item.instance.pixels.find((f) => item.frame >= f.firstFrame && item.frame < f.firstFrame + f.frameCount));
      this.room.prefetch(this, files);
    }

    #describe() {
      const number = `Pane ${this.index + 1}`;
      const text = this.stack ? `${number}: ${this.stack.isPrior ? "prior, " : ""}${this.stack.exam.studyDate || ""} `
        + `${this.stack.title}, image ${this.position + 1} of ${this.stack.items.length}` : `${number}: empty`;
      this.surface.setAttribute("aria-label", text);
    }

    #resize() {
      const ratio = window.devicePixelRatio || 1;
      const width = Math.round(this.surface.clientWidth * ratio), height = Math.round(this.surface.clientHeight * ratio);
      if (width === this.width && height === this.height) return;
      for (const canvas of [this.image, this.marks]) Object.assign(canvas, { width, height });
      this.drawNow();
    }

    /** Draws with the next frame of the screen. */
    redraw() {
      if (this.pending) return;
      this.pending = requestAnimationFrame(() => this.drawNow());
    }

    drawNow() {
      cancelAnimationFrame(this.pending);
      this.pending = null;
      const context = this.image.getContext("2d");
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, this.width, this.height);
      const isReady = this.item && this.picture.isReady;
      if (isReady && this.width && this.height) this.#drawImage(context);
      this.#drawOver();
    }

    #drawImage(context) {
      const matrix = this.matrix;
      const scale = Math.hypot(matrix[0], matrix[1]);
      const step = this.isCoarse ? Math.max(1, Math.floor(1 / scale)) : 1;
      const { columns, rows } = this.item.instance;
      context.setTransform(...matrix);
      context.imageSmoothingEnabled = scale !== 1;
      context.imageSmoothingQuality = this.isCoarse ? "low" : "high";
      context.filter = this.picture.image && this.inverted ? "invert(1)" : "none";
      context.drawImage(this.picture.drawable(this.voi, this.isInverted, step), 0, 0, columns, rows);
      context.filter = "none";
    }

    #drawOver() {
      const ratio = window.devicePixelRatio || 1;
      const hasSize = this.item && this.width && this.height;
      Filmroom.drawAnnotations(this.marks, ratio, hasSize ? this.matrix : null, hasSize ? this.item : null,
        this.room.annotations, { draft: this.draft, crosshair: this.crosshair });
      Filmroom.fillOverlay(this);
    }
  }

  Filmroom.Pane = Pane;
})((window.Filmroom = window.Filmroom || {}));
