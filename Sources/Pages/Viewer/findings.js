// The list of findings in the form: each with a code, a side, words, and a place on an image.
//
// Owns the findings of the draft while they are edited, and which of them is being marked.
(function (Filmroom) {
  "use strict";

  const { element } = Filmroom;
  const SIDES = [["", "–"], ["L", "Left"], ["R", "Right"], ["B", "Both"]];
  const CODES = { MG: ["BI-RADS-0", "BI-RADS-1", "BI-RADS-2", "BI-RADS-3", "BI-RADS-4", "BI-RADS-5", "BI-RADS-6"] };

  class Findings {
    constructor(room, draft, edited) {
      this.room = room;
      this.draft = draft;
      this.edited = edited;
      this.marking = null;
      this.list = element("ol", { class: "findings" });
      const modalities = new Set(room.page.exam.series.map((series) => series.modality));
      this.codes = element("datalist", { id: "finding-codes" },
        Array.from(modalities).flatMap((m) => CODES[m] || []).map((value) => element("option", { value })));
      this.element = element("fieldset", {}, element("legend", {}, "Findings"), this.list, this.codes,
        element("button", { type: "button", class: "plain wide", id: "add-finding", on: { click: () => this.add() } }, "Add a finding"));
      room.annotations.marksOf = (id) => this.#marksOf(id);
      room.onMark = (pane, point) => this.#place(pane, point);
    }

    #marksOf(id) {
      return this.draft.findings.map(({ mark }, index) => ({ mark, number: index + 1 }))
        .filter(({ mark }) => mark && `${mark.sopInstanceUID}#${mark.frame}` === id)
        .map(({ mark, number }) => ({ number, x: mark.x + 0.5, y: mark.y + 0.5 }));
    }

    add() {
      this.draft.findings.push(Filmroom.emptyFinding());
      this.#changed();
      this.list.lastElementChild.querySelector("input").focus();
    }

    #remove(finding) {
      const index = this.draft.findings.indexOf(finding);
      this.draft.findings.splice(index, 1);
      if (this.marking === finding) this.#stopMarking();
      this.#changed();
      const next = this.list.children[Math.min(index, this.list.children.length - 1)];
      (next ? next.querySelector("input") : document.getElementById("add-finding")).focus();
      Filmroom.announce(`Finding ${index + 1} is removed.`);
    }

    #changed() {
      this.list.replaceChildren(...this.draft.findings.map((finding, index) => this.#row(finding, index)));
      this.edited();
      this.room.redrawAll();
    }

    #row(finding, index) {
      const number = index + 1;
      const bind = (name) => ({ input: (event) => { finding[name] = event.target.value; this.edited(); } });
      return element("li", { id: `finding-${index}` },
        element("div", { class: "finding-head" }, element("span", { class: "number" }, String(number)),
          element("input", { type: "text", maxlength: 64, value: finding.code, list: "finding-codes", placeholder: "Code",
            "aria-label": `Code of finding ${number}`, class: "code", on: bind("code") }),
          element("select", { "aria-label": `Side of finding ${number}`, on: bind("laterality") },
            SIDES.map(([value, text]) => element("option", { value, selected: finding.laterality === value }, text))),
          element("button", { type: "button", class: "plain icon", "aria-label": `Remove finding ${number}`, title: "Remove",
            on: { click: () => this.#remove(finding) } }, "×")),
        element("input", { type: "text", value: finding.text, placeholder: "Description", "aria-label": `Description of finding ${number}`,
          on: bind("text") }),
        this.#markRow(finding, number));
    }

    #markRow(finding, number) {
      const { mark } = finding;
      const isMarking = this.marking === finding;
      const button = element("button", {
        type: "button", class: "plain", "aria-pressed": String(isMarking), "aria-label": `Mark finding ${number} on the image`,
        on: { click: () => this.#mark(finding) },
      }, isMarking ? "Click the place…" : mark ? "Mark again" : "Mark on image");
      if (!mark) return element("div", { class: "mark-row" }, button);
      return element("div", { class: "mark-row" }, button,
        element("button", { type: "button", class: "link", title: "Show on the image", on: { click: () => this.#show(mark) } },
          `${mark.title} ${mark.x}, ${mark.y}${mark.frames > 1 ? `, frame ${mark.frame + 1}` : ""}`),
        element("button", { type: "button", class: "plain icon", "aria-label": `Remove the mark of finding ${number}`, title: "Remove the mark",
          on: { click: () => { finding.mark = null; this.#changed(); } } }, "×"));
    }

    #mark(finding) {
      if (this.marking === finding) return this.#stopMarking(true);
      if (!this.marking) this.toolBefore = this.room.tool;
      this.marking = finding;
      this.room.tool = "mark";
      this.#changed();
      const pane = this.room.active.stack && !this.room.active.stack.isPrior ? this.room.active
        : this.room.shown.find((each) => each.stack && !each.stack.isPrior) || this.room.active;
      if (pane.item) pane.crosshair = { x: pane.item.instance.columns / 2, y: pane.item.instance.rows / 2 };
      pane.surface.focus();
      pane.redraw();
      Filmroom.announce("Click the place, or move the crosshair with the arrows and press Enter. Escape gives up.");
    }

    #stopMarking(redraws) {
      this.marking = null;
      this.room.tool = this.toolBefore || "window";
      for (const pane of this.room.panes) Object.assign(pane, { crosshair: null, draft: null });
      this.room.changed();
      if (redraws) this.#changed();
    }

    /** Gives up marking, if that is going on; says whether it was. */
    cancel() {
      if (!this.marking) return false;
      this.#stopMarking(true);
      return true;
    }

    #place(pane, { x, y }) {
      const finding = this.marking;
      if (!finding) return;
      const { instance, frame } = pane.item;
      finding.mark = { sopInstanceUID: instance.sopInstanceUID, x, y, frame, frames: instance.frames, title: pane.stack.title };
      const number = this.draft.findings.indexOf(finding) + 1;
      this.#stopMarking(true);
      this.list.children[number - 1].querySelector(".mark-row button").focus();
      Filmroom.announce(`Finding ${number} is marked at ${x}, ${y}.`);
    }

    #show(mark) {
      const stack = this.room.stacks.find((s) => s.items.some((i) => i.instance.sopInstanceUID === mark.sopInstanceUID));
      if (!stack) return;
      const position = stack.items.findIndex((i) => i.instance.sopInstanceUID === mark.sopInstanceUID && i.frame === mark.frame);
      const pane = this.room.shown.find((each) => each.stack === stack) || this.room.active;
      if (pane.stack === stack) pane.goTo(position);
      else pane.show(stack, position);
      this.room.activate(pane);
    }
  }

  Filmroom.Findings = Findings;
})((window.Filmroom = window.Filmroom || {}));
