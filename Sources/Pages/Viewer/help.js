// The help sheet: every key and what the pointer does, from the list of commands.
//
// Owns the dialog, and whether single keys work at all: who speaks to the computer may want them off.
(function (Filmroom) {
  "use strict";

  const { element } = Filmroom;
  const POINTER = [
    ["Left button", "the tool in hand"], ["Middle button", "pan"], ["Right button", "zoom"],
    ["Wheel", "through the images; zoom where there is only one"], ["Ctrl wheel", "zoom"],
    ["Double click", "one pane large, and back"], ["Drag a series", "into a pane"],
    ["Shift arrows", "use the tool: window (↔ width, ↕ centre), pan, zoom"],
    ["Arrows, Enter", "with Measure and Mark: move the crosshair, set a point; Shift is finer"],
  ];

  function rows(pairs) {
    return element("dl", {}, pairs.map(([key, text]) => element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, text))));
  }

  function groupsOfKeys() {
    const groups = new Map();
    for (const { group, key, keyText, name, hidden } of Filmroom.COMMANDS) {
      if (hidden) continue;
      groups.set(group, [...(groups.get(group) || []), [keyText || (key.length === 1 ? key.toUpperCase() : key), name]]);
    }
    return Array.from(groups, ([group, pairs]) => element("section", {}, element("h3", {}, group), rows(pairs)));
  }

  class Help {
    constructor() {
      this.keys = element("input", { type: "checkbox", checked: true, id: "single-keys" });
      this.element = element("dialog", { class: "help", "aria-labelledby": "help-title" },
        element("header", {}, element("h2", { id: "help-title" }, "Keys and pointer"),
          element("button", { type: "button", class: "plain", on: { click: () => this.element.close() } }, "Close")),
        element("div", { class: "sheet" }, groupsOfKeys(), element("section", {}, element("h3", {}, "Pointer and tools"), rows(POINTER))),
        element("label", { class: "check", for: "single-keys" }, this.keys, "Keys work while the images have the focus"));
    }

    get areKeysOn() { return this.keys.checked; }

    show() {
      if (!this.element.open) this.element.showModal();
    }
  }

  Filmroom.Help = Help;
})((window.Filmroom = window.Filmroom || {}));
