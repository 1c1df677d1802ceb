// The text in a pane's corners and at its edges: whose image it is, which one, and how it is shown.
//
// Owns the elements. It only shows what it is told; every text is a text node.
(function (Filmroom) {
  "use strict";

  const { element } = Filmroom;
  const CORNERS = ["top-left", "top-right", "bottom-left", "bottom-right"];
  const EDGES = ["left", "right", "top", "bottom"];

  function scaleBar(mmPerPixel, width) {
    const wanted = width * 0.3 * mmPerPixel;
    const length = [200, 100, 50, 20, 10, 5, 2, 1].find((value) => value <= wanted);
    return length ? { length, pixels: length / mmPerPixel } : null;
  }

  class Overlay {
    constructor() {
      this.corners = Object.fromEntries(CORNERS.map((name) => [name, element("div", { class: `corner ${name}` })]));
      this.edges = Object.fromEntries(EDGES.map((name) => [name, element("div", { class: `edge ${name}` })]));
      this.barText = element("span", {});
      this.bar = element("div", { class: "scale-bar" }, this.barText);
      this.message = element("div", { class: "pane-message", hidden: true });
      this.element = element("div", { class: "overlay", "aria-hidden": "true" },
        Object.values(this.corners), Object.values(this.edges), this.bar);
    }

    /** Lines of a corner: text, or `[text, class]`. */
    setCorner(name, lines) {
      const nodes = lines.filter((line) => line && (!Array.isArray(line) || line[0])).map((line) => {
        const [text, kind] = Array.isArray(line) ? line : [line, null];
        return element("div", { class: kind }, text);
      });
      this.corners[name].replaceChildren(...nodes);
    }

    /** Moves all text away from the side to which an image leans: −1 left, 1 right. */
    setSide(side) {
      this.element.classList.toggle("leans-left", side < 0);
      this.element.classList.toggle("leans-right", side > 0);
    }

    setEdges(edges) {
      for (const name of EDGES) this.edges[name].textContent = edges ? edges[name] : "";
    }

    /** A bar of a round length; none where the image does not say what a pixel measures. */
    setScale(mmPerPixel, note, width) {
      const bar = mmPerPixel ? scaleBar(mmPerPixel, width) : null;
      this.bar.hidden = !bar;
      if (!bar) return;
      this.bar.style.width = `${bar.pixels}px`;
      this.barText.textContent = `${bar.length >= 10 ? `${bar.length / 10} cm` : `${bar.length} mm`}${note ? ` ${note}` : ""}`;
    }

    /** Text in the middle of the pane; empty for none. */
    setMessage(text, isError) {
      this.message.textContent = text;
      this.message.hidden = !text;
      this.message.classList.toggle("error", Boolean(isError));
    }
  }

  Filmroom.Overlay = Overlay;
})((window.Filmroom = window.Filmroom || {}));
