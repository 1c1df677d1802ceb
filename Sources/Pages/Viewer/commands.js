// Everything that can be done with the images, each with its key: one list, for the keyboard, the toolbar and the help.
//
// Pure but for what a command does. A key is `KeyboardEvent.key`, or a code such as `Shift+Digit1`.
(function (Filmroom) {
  "use strict";

  const step = (count) => (room) => room.targets.forEach((pane) => pane.step(count));
  const end = (isLast) => (room) => room.targets.forEach((pane) => pane.goTo(isLast ? Infinity : 0));

  function hold(tool) {
    return {
      id: tool, name: Filmroom.TOOLS[tool].name, group: "Tools", isPressed: (room) => room.tool === tool,
      run(room) {
        room.tool = tool;
        room.panes.forEach((pane) => { pane.crosshair = null; pane.draft = null; pane.redraw(); });
        room.changed();
      },
    };
  }

  function preset(index) {
    return (room) => room.change((pane) => {
      if (index < pane.presets.length) Object.assign(pane, { preset: index, ownVOI: null });
    });
  }

  function turn(change) {
    return (room) => room.change((pane) => { pane.view = change(pane.view, pane); });
  }

  function fullSize(view) {
    return { ...view, isFit: false, scale: 1, panX: 0, panY: 0 };
  }

  function removeLine(room) {
    const { item } = room.active;
    const isRemoved = item && room.annotations.removeLast(item.id);
    Filmroom.announce(isRemoved ? "The last measurement is removed." : "There is no measurement to remove.");
    room.redrawAll();
  }

  function toggleOverlay(room) {
    room.element.classList.toggle("bare");
    room.changed();
  }

  const layouts = Object.entries(Filmroom.LAYOUTS).map(([layout, { name }], index) => ({
    id: `layout-${layout}`, name, group: "Panes", key: `Shift+Digit${index + 1}`, keyText: `Shift ${index + 1}`,
    isPressed: (room) => room.layout === layout && !room.isMaximised,
    run(room) { room.isMaximised = false; room.arrange(layout); },
  }));

  const numbered = Array.from({ length: 9 }, (_, index) => (
    { id: `preset-${index + 1}`, key: String(index + 1), hidden: index > 0, keyText: "1 … 9", name: "Window presets",
      group: "Grey", run: preset(index) }));

  Filmroom.COMMANDS = [
    { ...hold("window"), key: "w" }, { ...hold("pan"), key: "p" }, { ...hold("zoom"), key: "z" },
    { ...hold("scroll"), key: "s" }, { ...hold("measure"), key: "m" },
    { id: "delete", name: "Remove the last measurement", group: "Tools", key: "Delete", run: removeLine },
    { id: "previous", name: "Previous image", group: "Images", key: "ArrowUp", keyText: "↑", run: step(-1) },
    { id: "next", name: "Next image", group: "Images", key: "ArrowDown", keyText: "↓", run: step(1) },
    { id: "back", name: "Ten images back", group: "Images", key: "PageUp", keyText: "Page Up", run: step(-10) },
    { id: "on", name: "Ten images on", group: "Images", key: "PageDown", keyText: "Page Down", run: step(10) },
    { id: "first", name: "First image", group: "Images", key: "Home", run: end(false) },
    { id: "last", name: "Last image", group: "Images", key: "End", run: end(true) },
    { id: "play", name: "Play, stop", group: "Images", key: " ", keyText: "Space", run: (room) => room.play(),
      isPressed: (room) => Boolean(room.playing) },
    { id: "stack-back", name: "Previous series", group: "Images", key: "[", run: (room) => room.stepStack(-1) },
    { id: "stack-on", name: "Next series", group: "Images", key: "]", run: (room) => room.stepStack(1) },
    ...numbered,
    { id: "default", name: "Default window", group: "Grey", key: "0", run: preset(0) },
    { id: "invert", name: "Invert", group: "Grey", key: "i", isPressed: (room) => room.active.inverted,
      run: (room) => room.change((pane) => { pane.inverted = !pane.inverted; }) },
    { id: "flip-h", name: "Flip horizontally", group: "View", key: "h", isPressed: (room) => room.active.view.flipH,
      run: turn((view) => ({ ...view, flipH: !view.flipH, panX: -view.panX })) },
    { id: "flip-v", name: "Flip vertically", group: "View", key: "v", isPressed: (room) => room.active.view.flipV,
      run: turn((view) => ({ ...view, flipV: !view.flipV, panY: -view.panY })) },
    { id: "rotate", name: "Rotate", group: "View", key: "r", run: turn((view) => Filmroom.turned(view, 90)) },
    { id: "rotate-back", name: "Rotate back", group: "View", key: "Shift+KeyR", keyText: "Shift R",
      run: turn((view) => Filmroom.turned(view, -90)) },
    { id: "zoom-in", name: "Zoom in", group: "View", key: "+", run: (room) => room.change((pane) => Filmroom.zoom(pane, 1.25)) },
    { id: "zoom-out", name: "Zoom out", group: "View", key: "-", run: (room) => room.change((pane) => Filmroom.zoom(pane, 0.8)) },
    { id: "fit", name: "Fit", group: "View", key: "f", run: turn((view) => ({ ...view, isFit: true, panX: 0, panY: 0 })) },
    { id: "full-size", name: "Full size (1 : 1)", group: "View", key: "=", run: turn(fullSize) },
    { id: "reset", name: "Reset", group: "View", key: "x", run: (room) => room.change((pane) => pane.resetLook()) },
    ...layouts,
    { id: "pane-back", name: "Previous pane", group: "Panes", key: "ArrowLeft", keyText: "←", run: (room) => room.stepPane(-1) },
    { id: "pane-on", name: "Next pane", group: "Panes", key: "ArrowRight", keyText: "→", run: (room) => room.stepPane(1) },
    { id: "maximise", name: "One pane large, and back", group: "Panes", key: "Enter", isPressed: (room) => room.isMaximised,
      run: (room) => room.maximise() },
    { id: "link", name: "Link panes", group: "Panes", key: "l", isPressed: (room) => room.isLinked,
      run(room) { room.isLinked = !room.isLinked; room.changed(); } },
    { id: "compare", name: "Compare prior", group: "Panes", key: "c", run: (room) => room.compare() },
    { id: "text", name: "Text", group: "Panes", key: "t", isPressed: (room) => !room.element.classList.contains("bare"),
      run: toggleOverlay },
    { id: "diagnosis", name: "Diagnosis", group: "Page", key: "d", run: (room) => room.goToForm && room.goToForm() },
    { id: "thumbnails", name: "Series list", group: "Page", key: "n", run: (room) => room.goToThumbnails() },
    { id: "help", name: "Help", group: "Page", key: "?", run: (room) => room.help.show() },
  ];

  Filmroom.command = (id) => Filmroom.COMMANDS.find((command) => command.id === id);

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  /** Arrows in a tool: with Shift for window, pan and zoom; without it too for the crosshair of those that set points. */
  function useTool(room, event) {
    const pane = room.active;
    const arrow = ARROWS[event.key];
    if (!pane.item || !pane.picture.isReady) return false;
    if (Filmroom.TOOLS[room.tool].setsPoints) return useCrosshair(room, pane, event, arrow);
    if (!event.shiftKey || !arrow) return false;
    const [x, y] = arrow;
    if (room.tool === "window") room.change((each) => Filmroom.changeWindow(each, 8 * x, -8 * y));
    else if (room.tool === "pan") room.change((each) => Filmroom.pan(each, 20 * x, 20 * y));
    else if (room.tool === "zoom") room.change((each) => Filmroom.zoom(each, 1.1 ** (x - y)));
    else room.targets.forEach((each) => each.step(x + y));
    return true;
  }

  function useCrosshair(room, pane, event, arrow) {
    const { instance } = pane.item;
    if (event.key === "Enter" && pane.crosshair) return setPoint(room, pane);
    if (event.key === "Escape") {
      Object.assign(pane, { crosshair: null, draft: null });
      pane.redraw();
      return true;
    }
    if (!arrow) return false;
    const { x, y } = pane.crosshair || { x: instance.columns / 2, y: instance.rows / 2 };
    const distance = event.shiftKey ? 1 : 10;
    const place = Filmroom.toPane(pane.matrix, { x, y });
    const moved = Filmroom.toImage(pane.matrix, { x: place.x + arrow[0] * distance, y: place.y + arrow[1] * distance });
    pane.crosshair = {
      x: Math.min(Math.max(moved.x, 0), instance.columns - 0.001), y: Math.min(Math.max(moved.y, 0), instance.rows - 0.001),
    };
    if (pane.draft) pane.draft.to = pane.crosshair;
    pane.redraw();
    return true;
  }

  function setPoint(room, pane) {
    if (room.tool === "mark") {
      Filmroom.setMark(room, pane, pane.crosshair);
    } else if (pane.draft) {
      Filmroom.addLine(room, pane, pane.draft);
      pane.draft = null;
    } else {
      pane.draft = { from: pane.crosshair, to: pane.crosshair };
      Filmroom.announce("First point set. Move, then Enter for the second.");
    }
    pane.redraw();
    return true;
  }

  /** Does what a key says; tells whether it did anything. */
  Filmroom.runKey = function (room, event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return false;
    if (useTool(room, event)) return true;
    const names = event.shiftKey ? [`Shift+${event.code}`, event.key] : [event.key.length === 1 ? event.key.toLowerCase() : event.key];
    const command = Filmroom.COMMANDS.find((each) => names.includes(each.key));
    if (!command) return false;
    command.run(room);
    return true;
  };
})((window.Filmroom = window.Filmroom || {}));
