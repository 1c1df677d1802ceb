// The list of series: a small picture for each stack, the current exam first, then the priors.
//
// Owns its buttons. Each opens its stack in the active pane; it can be dragged to another.
(function (Filmroom) {
  "use strict";

  const { element } = Filmroom;

  function pictureOf(stack) {
    const item = stack.items[Math.floor((stack.items.length - 1) / 2)];
    if (!item.thumbnail) return element("span", { class: "no-picture" }, stack.series.modality);
    const src = item.thumbnail.split("/").map(encodeURIComponent).join("/");
    return element("img", { src, alt: "", loading: "lazy", decoding: "async", draggable: "false" });
  }

  class Thumbnails {
    constructor(room) {
      this.room = room;
      this.buttons = new Map();
      this.element = element("nav", { class: "thumbnails", "aria-label": "Series" },
        room.groups.map((group, index) => this.#group(group, index)));
      this.settle = Filmroom.rove(this.element, ".thumbnail", { next: "ArrowDown", previous: "ArrowUp" });
      room.listen(() => this.update());
    }

    #group(group, index) {
      const heading = `exam-${index}`;
      return element("section", { "aria-labelledby": heading },
        element("h2", { id: heading }, element("span", {}, this.#name(group)),
          element("span", { class: "date" }, group.exam.studyDate || "")),
        element("ul", {}, group.stacks.map((stack) => element("li", {}, this.#button(stack)))));
    }

    /** A chart has no current exam: there each is called by what it is. */
    #name(group) {
      if (!this.room.page.chart) return group.isPrior ? "Prior" : "Current";
      return Array.from(new Set(group.exam.series.map((series) => series.modality))).join(" ");
    }

    #button(stack) {
      const count = stack.items.length;
      const parts = [stack.title, stack.series.modality, count > 1 ? `${count} images` : ""].filter(Boolean);
      const button = element("button", {
        type: "button", class: "thumbnail", draggable: "true", "aria-pressed": "false",
        "aria-label": `${stack.isPrior && !this.room.page.chart ? "Prior, " : ""}${parts.join(", ")}`, title: parts.join(", "),
        on: {
          click: () => this.room.active.show(stack),
          dragstart: (event) => event.dataTransfer.setData("text/plain", stack.id),
        },
      }, element("span", { class: "frame" }, pictureOf(stack), count > 1 ? element("span", { class: "count" }, String(count)) : null),
      element("span", { class: "caption" }, stack.title));
      this.buttons.set(stack, button);
      return button;
    }

    update() {
      const shown = new Set(this.room.shown.map((pane) => pane.stack));
      for (const [stack, button] of this.buttons) {
        button.setAttribute("aria-pressed", String(shown.has(stack)));
        button.classList.toggle("active", stack === this.room.active.stack);
      }
    }

    focus() {
      const button = this.buttons.get(this.room.active.stack) || this.buttons.values().next().value;
      if (button) button.focus();
    }
  }

  Filmroom.Thumbnails = Thumbnails;
})((window.Filmroom = window.Filmroom || {}));
