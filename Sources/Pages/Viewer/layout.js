// The room: its panes, which of them is active, how they are arranged, and what links them.
//
// Owns the panes, the store of pixels and the tool in hand. Panes tell it what changed; it tells whoever listens.
(function (Filmroom) {
  "use strict";

  const { element } = Filmroom;
  const FRAMES_PER_SECOND = 15;

  /** The arrangements, by name: how many panes, and the words for them. */
  Filmroom.LAYOUTS = {
    1: { count: 1, name: "One pane" }, 2: { count: 2, name: "Two panes" }, 3: { count: 3, name: "Three panes" },
    4: { count: 4, name: "Four panes side by side" }, "2x2": { count: 4, name: "Two by two panes" },
  };

  class Room {
    constructor(page) {
      this.page = page;
      this.store = new Filmroom.PixelStore(page.pixelMemoryBytes);
      this.annotations = new Filmroom.Annotations();
      this.groups = Filmroom.stacksOf(page);
      this.stacks = this.groups.flatMap((group) => group.stacks);
      this.tool = "window";
      this.isLinked = false;
      this.isMaximised = false;
      this.listeners = [];
      this.element = element("section", { class: "panes", "aria-label": "Images" });
      this.panes = [0, 1, 2, 3].map((index) => new Filmroom.Pane(this, index));
      this.active = this.panes[0];
      this.element.append(...this.panes.map((pane) => pane.element));
    }

    get shown() { return this.panes.slice(0, Filmroom.LAYOUTS[this.layout].count); }

    /** Calls back after every change of what is shown or active. */
    listen(listener) { this.listeners.push(listener); }

    changed() { this.listeners.forEach((listener) => listener(this)); }

    activate(pane) {
      this.active = pane;
      for (const other of this.panes) other.element.classList.toggle("active", other === pane);
      if (this.isMaximised) this.arrange(this.layout);
      this.changed();
    }

    arrange(layout) {
      this.layout = layout;
      const count = Filmroom.LAYOUTS[layout].count;
      if (this.active.index >= count) this.active = this.panes[0];
      this.element.dataset.layout = this.isMaximised ? "1" : layout;
      this.panes.forEach((pane, index) => {
        pane.element.hidden = index >= count || (this.isMaximised && pane !== this.active);
        pane.element.classList.toggle("active", pane === this.active);
      });
      this.#keepFocus();
      this.#fill();
      this.changed();
    }

    /** Focus that was in a pane which is now out of sight goes to the active one. */
    #keepFocus() {
      const hidden = this.panes.find((pane) => pane.element.hidden && pane.element.contains(document.activeElement));
      if (hidden) this.active.surface.focus();
    }

    /** Panes that came into sight empty show what is not shown yet. */
    #fill() {
      const order = this.groups.flatMap((group) => Filmroom.hangingOrder(group.stacks));
      for (const pane of this.shown.filter((p) => !p.stack)) {
        const seen = new Set(this.shown.map((p) => p.stack));
        const next = order.find((stack) => !seen.has(stack));
        if (next) pane.show(next);
      }
    }

    maximise() {
      this.isMaximised = !this.isMaximised;
      this.arrange(this.layout);
      this.active.surface.focus();
    }

    /** The first sight of an exam: four mammograms two by two, else what there is room for. */
    open() {
      const current = this.groups[0].stacks;
      const isMammography = current.length >= 4 && current.every((s) => s.series.modality === "MG");
      this.arrange(isMammography ? "2x2" : current.length > 1 ? "2" : "1");
    }

    /** The panes that a change acts on: the active one, or all that are linked. */
    get targets() { return this.isLinked ? this.shown.filter((p) => p.stack) : [this.active]; }

    /** Changes the active pane, and the linked ones with it. */
    change(action) {
      for (const pane of this.targets) {
        if (!pane.stack) continue;
        action(pane);
        pane.redraw();
      }
      this.changed();
    }

    /** The stack before or after that of the active pane. */
    stepStack(count) {
      if (!this.stacks.length) return;
      const index = this.stacks.indexOf(this.active.stack);
      this.active.show(this.stacks[(index + count + this.stacks.length) % this.stacks.length]);
    }

    stepPane(count) {
      const shown = this.shown;
      shown[(this.active.index + count + shown.length) % shown.length].surface.focus();
    }

    /** The active pane's image at the left, the prior one most like it at the right. */
    compare() {
      const stack = this.active.stack && !this.active.stack.isPrior ? this.active.stack : this.groups[0].stacks[0];
      const prior = stack && Filmroom.priorOf(this.groups, stack);
      if (!prior) return Filmroom.announce("There is no prior to compare with.");
      this.isMaximised = false;
      this.arrange("2");
      this.panes[0].show(stack);
      this.panes[1].show(prior);
      this.panes[0].surface.focus();
      Filmroom.announce(`Prior of ${prior.exam.studyDate || "unknown date"} beside the current image.`);
    }

    /** Runs through the images of the active pane, or stops. */
    play() {
      if (this.playing) {
        clearInterval(this.playing);
        this.playing = null;
      } else if (this.active.stack && this.active.stack.items.length > 1) {
        const pane = this.active;
        this.playing = setInterval(() => pane.goTo((pane.position + 1) % pane.stack.items.length), 1000 / FRAMES_PER_SECOND);
      }
      this.changed();
    }

    async prefetch(pane, files) {
      const turn = (pane.turn = (pane.turn || 0) + 1);
      for (const file of files) {
        if (pane.turn !== turn) return;
        await this.store.frames(file).catch(() => null);
      }
    }

    redrawAll() { this.panes.forEach((pane) => pane.redraw()); }
  }

  Filmroom.Room = Room;
})((window.Filmroom = window.Filmroom || {}));
