// How elements are made, and how a person who cannot see the page is told what happened.
//
// Never takes HTML: whatever text comes from a file reaches the page as a text node or an attribute's value.
(function (Filmroom) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  function give(element, attributes) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "on") {
        for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
      } else {
        element.setAttribute(name, value === true ? "" : String(value));
      }
    }
  }

  /** An element with attributes (`on` holds listeners; null and false are left out) and children (elements, text). */
  Filmroom.element = function (name, attributes, ...children) {
    const element = document.createElement(name);
    give(element, attributes);
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
  };

  /** An SVG picture of 24 × 24 from the data of its paths. */
  Filmroom.drawing = function (paths) {
    const svg = document.createElementNS(SVG, "svg");
    give(svg, { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" });
    for (const data of paths) {
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("d", data);
      svg.append(path);
    }
    return svg;
  };

  const live = Filmroom.element("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });

  /** Where announcements are put; it belongs somewhere in the page. */
  Filmroom.liveRegion = live;

  /** Has a screen reader say a text. */
  Filmroom.announce = function (text) {
    live.textContent = text;
  };

  /** One stop of the tab key for many elements; arrows, Home and End go from one to the next. */
  Filmroom.rove = function (container, selector, keys) {
    const items = () => Array.from(container.querySelectorAll(selector)).filter((item) => !item.disabled);
    const settle = (current) => items().forEach((item) => { item.tabIndex = item === current ? 0 : -1; });
    container.addEventListener("focusin", (event) => {
      if (event.target.matches(selector)) settle(event.target);
    });
    container.addEventListener("keydown", (event) => {
      const all = items();
      const index = all.indexOf(event.target);
      const steps = { [keys.next]: index + 1, [keys.previous]: index - 1, Home: 0, End: all.length - 1 };
      if (index < 0 || !(event.key in steps) || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target.matches("select") && (event.key === "Home" || event.key === "End")) return;
      const next = all[(steps[event.key] + all.length) % all.length];
      next.focus();
      event.preventDefault();
      event.stopPropagation();
    });
    const first = items()[0];
    if (first) settle(first);
    return settle;
  };
})((window.Filmroom = window.Filmroom || {}));
