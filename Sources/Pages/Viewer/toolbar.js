// The toolbar: the commands that the pointer needs, and the list of window presets.
//
// Owns its buttons. One stop of the tab key; the arrows go from one to the next.
(function (Filmroom) {
  "use strict";

  const { element } = Filmroom;
  const GROUPS = [
    ["Tools", ["window", "pan", "zoom", "scroll", "measure"]],
    ["Grey", ["presets", "invert"]],
    ["View", ["flip-h", "flip-v", "rotate", "fit", "full-size", "reset"]],
    ["Panes", ["layout-1", "layout-2", "layout-3", "layout-4", "layout-2x2", "link", "compare"]],
    ["Page", ["play", "text", "help"]],
  ];
  const SHORT = { "flip-h": "Flip ↔", "flip-v": "Flip ↕", "full-size": "1 : 1", link: "Link", compare: "Prior", play: "Play", "layout-1": "1",
    "layout-2": "2", "layout-3": "3", "layout-4": "4", "layout-2x2": "2 × 2" };

  const presetText = (name, voi) => (voi.table ? name : `${name}  ${Filmroom.windowText(voi).replace(/[CW] /g, "").replace("  ", " / ")}`);

  class Toolbar {
    constructor(room) {
      this.room = room;
      this.buttons = new Map();
      this.presets = element("select", {
        class: "tool presets", "aria-label": "Window preset", title: "Window preset (1 … 9)",
        on: { change: () => this.#choosePreset() },
      });
      this.element = element("div", { class: "toolbar", role: "toolbar", "aria-label": "Image tools" },
        GROUPS.map(([name, ids]) => element("div", { class: "tools", role: "group", "aria-label": name },
          ids.map((id) => (id === "presets" ? this.presets : this.#button(id))))));
      this.settle = Filmroom.rove(this.element, ".tool", { next: "ArrowRight", previous: "ArrowLeft" });
      room.listen(() => this.update());
    }

    #button(id) {
      const command = Filmroom.command(id);
      const key = command.keyText || command.key.toUpperCase();
      const button = element("button", {
        type: "button", class: "tool", title: `${command.name} (${key})`, "aria-label": command.name,
        "aria-pressed": command.isPressed ? "false" : null, on: { click: () => command.run(this.room) },
      }, Filmroom.drawing(Filmroom.ICONS[id]), element("span", { "aria-hidden": "true" }, SHORT[id] || command.name));
      this.buttons.set(id, button);
      return button;
    }

    #choosePreset() {
      const index = Number(this.presets.value);
      this.room.change((pane) => { if (index >= 0 && index < pane.presets.length) Object.assign(pane, { preset: index, ownVOI: null }); });
    }

    /** Shows the state of the room. */
    update() {
      for (const [id, button] of this.buttons) {
        const command = Filmroom.command(id);
        if (command.isPressed) button.setAttribute("aria-pressed", String(command.isPressed(this.room)));
      }
      this.buttons.get("compare").disabled = this.room.groups.length < 2;
      this.buttons.get("play").disabled = !this.room.active.stack || this.room.active.stack.items.length < 2;
      this.#updatePresets();
    }

    #updatePresets() {
      const { active } = this.room;
      const names = active.presets.map((preset, index) => [String(index), presetText(preset.name, preset.voi)]);
      const entries = names.length ? [...(active.ownVOI ? [["-1", presetText("Own", active.voi)]] : []), ...names]
        : [["-1", "No window"]];
      const key = JSON.stringify(entries);
      if (key !== this.presetKey) this.presets.replaceChildren(...entries.map(([value, text]) => element("option", { value }, text)));
      this.presetKey = key;
      this.presets.disabled = !names.length;
      this.presets.value = active.ownVOI || !names.length ? "-1" : String(active.preset < names.length ? active.preset : 0);
    }
  }

  Filmroom.Toolbar = Toolbar;
})((window.Filmroom = window.Filmroom || {}));
