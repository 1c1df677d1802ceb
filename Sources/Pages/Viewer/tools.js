// What the pointer and the wheel do in a pane.
//
// Left button: the tool in hand; middle: pan; right: zoom; wheel: through the images, or zoom where there is one image.
// Distances of a drag are in pixels of the page; the pane's own are in device pixels.
(function (Filmroom) {
  "use strict";

  const ratio = () => window.devicePixelRatio || 1;

  /** The tools, by name: the words for them. Those that set points work by keyboard with a crosshair. */
  Filmroom.TOOLS = {
    window: { name: "Window" }, pan: { name: "Pan" }, zoom: { name: "Zoom" }, scroll: { name: "Scroll" },
    measure: { name: "Measure", setsPoints: true }, mark: { name: "Mark", setsPoints: true },
  };

  /** Changes centre and width of a pane's window, in steps that fit its width. */
  Filmroom.changeWindow = function (pane, widthSteps, centreSteps) {
    if (!pane.hasWindow) return;
    const { center, width, function: curve } = Filmroom.asWindow(pane.voi);
    const unit = Math.min(1, Math.abs(pane.item.grey.slope) || 1);
    const step = Math.max(width, 8 * unit) / 256;
    pane.ownVOI = {
      center: center + centreSteps * step, width: Math.max(unit, width + widthSteps * step),
      function: unit < 1 && curve === "LINEAR" ? "LINEAR_EXACT" : curve,
    };
  };

  Filmroom.pan = function (pane, dx, dy) {
    const view = Filmroom.loosened(pane.view, pane.item.instance, pane.width, pane.height);
    pane.view = { ...view, panX: view.panX + dx, panY: view.panY + dy };
  };

  Filmroom.zoom = function (pane, factor, at) {
    const point = at || { x: pane.width / 2, y: pane.height / 2 };
    pane.view = Filmroom.zoomed(pane.view, pane.item.instance, pane.width, pane.height, factor, point);
  };

  function pointOf(pane, event) {
    const box = pane.image.getBoundingClientRect();
    return { x: (event.clientX - box.left) * ratio(), y: (event.clientY - box.top) * ratio() };
  }

  function isInside(instance, { x, y }) {
    return x >= 0 && y >= 0 && x < instance.columns && y < instance.rows;
  }

  /** A drag changes something by how far it went since the last move. */
  const DRAGS = {
    window: (room, dx, dy) => room.change((pane) => {
      pane.isCoarse = true;
      Filmroom.changeWindow(pane, dx, dy);
    }),
    pan: (room, dx, dy) => room.change((pane) => Filmroom.pan(pane, dx * ratio(), dy * ratio())),
    zoom: (room, dx, dy) => room.change((pane) => Filmroom.zoom(pane, Math.exp(-dy / 150))),
    scroll(room, dx, dy, state) {
      state.rest = (state.rest || 0) + dy;
      const count = Math.trunc(state.rest / 8);
      state.rest -= count * 8;
      if (count) room.targets.forEach((pane) => pane.step(count));
    },
  };

  function endDrag(room, pane, state) {
    for (const other of room.panes) other.isCoarse = false;
    if (state.line) {
      const { from, to } = state.line;
      if (Math.hypot(to.x - from.x, to.y - from.y) > 1) Filmroom.addLine(room, pane, state.line);
      pane.draft = null;
    }
    room.panes.forEach((other) => other.redraw());
    room.changed();
  }

  /** Keeps a measured line and says its length. */
  Filmroom.addLine = function (room, pane, line) {
    room.annotations.add(pane.item.id, line);
    Filmroom.announce(`Measured ${Filmroom.lengthText(pane.item.instance, line.from, line.to)}.`);
  };

  /** A point set with the tool `mark`. */
  Filmroom.setMark = function (room, pane, point) {
    if (!isInside(pane.item.instance, point)) return;
    if (pane.stack.isPrior) return Filmroom.announce("Findings are marked on the current exam, not on a prior.");
    if (room.onMark) room.onMark(pane, { x: Math.floor(point.x), y: Math.floor(point.y) });
  };

  function toolOf(room, event) {
    return event.button === 1 ? "pan" : event.button === 2 ? "zoom" : room.tool;
  }

  function begin(room, pane, event, state) {
    if (!pane.item || !pane.picture.isReady || event.button > 2) return;
    const point = Filmroom.toImage(pane.matrix, pointOf(pane, event));
    Object.assign(state, { tool: toolOf(room, event), x: event.clientX, y: event.clientY, rest: 0, line: null });
    if (state.tool === "mark") {
      state.tool = null;
      return Filmroom.setMark(room, pane, point);
    }
    if (state.tool === "measure") pane.draft = state.line = { from: point, to: point };
    pane.surface.setPointerCapture(event.pointerId);
  }

  function move(room, pane, event, state) {
    if (!pane.item || !pane.picture.isReady) return;
    const point = Filmroom.toImage(pane.matrix, pointOf(pane, event));
    probe(pane, point);
    if (!state.tool) return;
    if (state.line) {
      state.line.to = point;
      pane.redraw();
    } else {
      DRAGS[state.tool](room, event.clientX - state.x, event.clientY - state.y, state);
    }
    Object.assign(state, { x: event.clientX, y: event.clientY });
  }

  /** The value under the pointer. */
  function probe(pane, point) {
    const { instance, grey } = pane.item;
    const [x, y] = [Math.floor(point.x), Math.floor(point.y)];
    let text = "";
    if (isInside(instance, point) && pane.hasWindow) {
      const value = Filmroom.modalityValue(grey, pane.picture.frame.samples[y * instance.columns + x]);
      text = `${x}, ${y}: ${Math.round(value * 100) / 100} ${grey.rescaleType || (pane.stack.series.modality === "CT" ? "HU" : "")}`;
    }
    if (text === pane.probe) return;
    pane.probe = text;
    Filmroom.fillOverlay(pane);
  }

  function wheel(room, pane, event, state) {
    event.preventDefault();
    if (!pane.item) return;
    room.activate(pane);
    const amount = event.deltaY * (event.deltaMode === 1 ? 33 : 1);
    if (event.ctrlKey || pane.stack.items.length < 2) {
      room.change((each) => Filmroom.zoom(each, Math.exp(-amount / 400), each === pane ? pointOf(pane, event) : null));
      return;
    }
    state.wheel = (state.wheel || 0) + amount;
    const count = Math.trunc(state.wheel / 50);
    if (!count) return;
    state.wheel = 0;
    room.targets.forEach((each) => each.step(Math.sign(count)));
  }

  /** Lets the pointer work on a pane. */
  Filmroom.bindPointer = function (room, pane) {
    const state = {};
    const surface = pane.surface;
    const end = () => {
      if (state.tool) endDrag(room, pane, state);
      state.tool = null;
    };
    surface.addEventListener("pointerdown", (event) => { surface.focus(); begin(room, pane, event, state); });
    surface.addEventListener("pointermove", (event) => move(room, pane, event, state));
    surface.addEventListener("pointerup", end);
    surface.addEventListener("pointercancel", end);
    surface.addEventListener("pointerleave", () => { pane.probe = ""; pane.redraw(); });
    surface.addEventListener("contextmenu", (event) => event.preventDefault());
    surface.addEventListener("wheel", (event) => wheel(room, pane, event, state), { passive: false });
    surface.addEventListener("dblclick", () => { if (!Filmroom.TOOLS[room.tool].setsPoints) room.maximise(); });
    surface.addEventListener("dragover", (event) => event.preventDefault());
    surface.addEventListener("drop", (event) => {
      event.preventDefault();
      const stack = room.stacks.find((s) => s.id === event.dataTransfer.getData("text/plain"));
      if (stack) pane.show(stack).then(() => surface.focus());
    });
  };
})((window.Filmroom = window.Filmroom || {}));
