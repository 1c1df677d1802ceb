// A patient's chart beside the images: choosing an entry shows its images, choosing an image shows its entries.
//
// Owns the timeline and the page's address: `#entry=E1` and `#exam=<key>` lead to the one and to the other, from outside
// too. Texts of the chart are text nodes.
(function (Filmroom) {
  "use strict";

  const { element } = Filmroom;
  const KINDS = {
    encounter: "Visit", condition: "Diagnosis", order: "Order", report: "Report", document: "Document", imaging: "Imaging study",
  };
  const REASONS = {
    stated: "the chart says so", studyInstanceUID: "same study UID", accessionNumber: "same accession number",
    encounter: "same visit", date: "same day", patientID: "nearest exam of the patient",
  };

  const pathOf = (path) => path.split("/").map((part) => (part === ".." ? part : encodeURIComponent(part))).join("/");
  const dayText = (time) => (time ? time.slice(0, 10) : "No date");
  const clockText = (time) => (time && time.length > 10 ? time.slice(11, 16) : "");

  class Chart {
    constructor(room) {
      this.room = room;
      this.chart = room.page.chart;
      this.articles = new Map();
      this.exams = new Map(this.chart.exams.map((exam) => [exam.key, exam]));
      this.sections = new Map();
      this.timeline = element("ol", { class: "timeline" }, this.chart.entries.map((entry) => this.#entry(entry)));
      this.body = element("div", { class: "fields earlier", tabindex: "0" }, this.#notes(), this.timeline,
        this.chart.entries.length || this.chart.successor ? null : element("p", {}, "There is nothing in the chart."),
        this.chart.exams.map((exam) => this.#exam(exam)));
      this.element = element("section", { class: "diagnosis delivery chart", "aria-label": "Chart" },
        element("header", {}, element("h2", {}, "Chart")), this.body);
      room.listen(() => this.#follow());
      window.addEventListener("hashchange", () => this.goTo(location.hash));
    }

    focus() { this.body.focus(); }

    // What it shows

    #notes() {
      const { merged, successor } = this.chart;
      return [
        successor ? element("p", { class: "merge" }, "This patient was merged: the record goes on as ",
          element("a", { href: pathOf(successor.path) }, successor.patientID), ".") : null,
        merged.length ? element("p", { class: "merge" }, `Formerly also ${merged.join(", ")}: merged into this record.`) : null,
      ];
    }

    #entry(entry) {
      const heading = [KINDS[entry.kind] || entry.kind, clockText(entry.time)].filter(Boolean).join(" · ");
      const article = element("li", { class: "entry", id: `entry-${this.articles.size}` },
        element("button", { type: "button", class: "choose", "aria-pressed": "false", on: { click: () => this.choose(entry) } },
          element("span", { class: "date" }, dayText(entry.time)), element("span", { class: "kind" }, heading),
          element("strong", {}, entry.title || entry.name), entry.status ? element("span", { class: "read-label" }, entry.status) : null),
        entry.text ? element("p", { class: "report-text" }, entry.text) : null,
        entry.links.map((link) => this.#link(entry, link)),
        entry.held.map((text) => element("p", { class: "held" }, text)),
        entry.settled.map((text) => element("p", { class: "settled" }, text)),
        entry.links.length || entry.held.length ? null : element("p", { class: "unmatched" }, "No images belong to it yet."));
      this.articles.set(entry, article);
      return article;
    }

    #link(entry, link) {
      const exam = this.exams.get(link.exam);
      return element("p", { class: `belongs ${link.certainty}` },
        element("a", { href: `#exam=${encodeURIComponent(link.exam)}`, on: { click: (event) => { event.preventDefault(); this.choose(entry, link.exam); } } },
          exam ? exam.title : link.exam),
        element("span", { class: "why" }, ` ${link.certainty}: ${REASONS[link.by] || link.by}`));
    }

    #exam(exam) {
      const section = element("section", { class: "exam", "aria-label": exam.title }, element("h3", {}, exam.title),
        exam.missing ? element("p", { class: "unmatched" }, exam.missing) : null,
        this.chart.entries.some((entry) => entry.links.some((link) => link.exam === exam.key)) ? null
          : element("p", { class: "unmatched" }, "No entry of the chart belongs to it."),
        exam.reports.map(Filmroom.reportOf));
      this.sections.set(exam.key, section);
      return section;
    }

    // The two ways

    #stackOf(key) {
      const group = this.room.groups.find((each) => each.exam.key === key);
      return group && Filmroom.hangingOrder(group.stacks)[0];
    }

    /** Shows the images of an entry, of the named exam or of its first that has some. */
    choose(entry, key) {
      const keys = key ? [key] : entry.links.map((link) => link.exam);
      const shown = keys.find((each) => this.#stackOf(each));
      this.chosen = entry;
      this.#mark(new Set([entry]), entry);
      this.#address(`entry=${encodeURIComponent(entry.name)}`);
      if (shown) this.#open(shown);
      Filmroom.announce(shown ? `Images of ${this.exams.get(shown).title}.` : "No images belong to this entry.");
    }

    /** Puts an exam into the panes, as a page that opens does, unless it is there. */
    #open(key) {
      const { room } = this;
      if (room.active.stack && room.active.stack.exam.key === key) return this.#shown(key);
      const group = room.groups.find((each) => each.exam.key === key);
      const stacks = Filmroom.hangingOrder(group.stacks);
      this.isMoving = true;
      room.shown.forEach((pane, index) => { if (stacks[index]) pane.show(stacks[index]); });
      room.activate(room.shown[0]);
      this.isMoving = false;
      this.#shown(key);
    }

    #shown(key) {
      this.shownKey = key;
      for (const [each, section] of this.sections) section.classList.toggle("active", each === key);
    }

    /** An image was chosen: its entries are marked, and the first is brought into sight. */
    #follow() {
      const { stack } = this.room.active;
      if (this.isMoving || !stack || stack.exam.key === this.shownKey) return;
      const isFirst = this.shownKey === undefined;
      this.#shown(stack.exam.key);
      const entries = this.#entriesOf(stack.exam.key);
      this.chosen = null;
      this.#mark(entries, null);
      if (isFirst) return;
      this.#address(`exam=${encodeURIComponent(stack.exam.key)}`);
      this.#bringIntoSight(this.articles.get(entries.values().next().value) || this.sections.get(stack.exam.key));
    }

    #entriesOf(key) {
      return new Set(this.chart.entries.filter((entry) => entry.links.some((link) => link.exam === key)));
    }

    #mark(entries, chosen) {
      for (const [entry, article] of this.articles) {
        article.classList.toggle("related", entries.has(entry));
        article.querySelector(".choose").setAttribute("aria-pressed", String(entry === chosen));
      }
    }

    #bringIntoSight(target) { if (target) target.scrollIntoView({ block: "nearest" }); }

    // The page's address

    #address(text) {
      if (location.hash !== `#${text}`) history.replaceState(null, "", `#${text}`);
    }

    /** Goes where an address leads: `#entry=E1`, `#exam=<key>`. */
    goTo(hash) {
      const [what, ...rest] = hash.replace(/^#/, "").split("=");
      let name;
      try { name = decodeURIComponent(rest.join("=")); } catch (error) { return; }
      const entry = what === "entry" && this.chart.entries.find((each) => each.name === name);
      if (entry) {
        this.choose(entry);
        this.#bringIntoSight(this.articles.get(entry));
      } else if (what === "exam" && this.exams.has(name)) {
        if (this.#stackOf(name)) this.#open(name);
        const entries = this.#entriesOf(name);
        this.#mark(entries, null);
        this.#bringIntoSight(this.articles.get(entries.values().next().value) || this.sections.get(name));
      }
    }
  }

  Filmroom.Chart = Chart;
})((window.Filmroom = window.Filmroom || {}));
