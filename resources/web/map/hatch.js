"use strict";

/* The pattern for areas about which nothing can be said, once in the page and referred to by the style. */
hp.Hatch = class {
  attach(view) {
    const svg = hp.svg("svg", { class: "definitions", width: 0, height: 0, "aria-hidden": "true" });
    const defs = hp.svg("defs");
    const pattern = hp.svg("pattern", {
      id: "hatch",
      width: 7,
      height: 7,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    });
    pattern.append(
      hp.svg("rect", { class: "hatch-ground", width: 7, height: 7 }),
      hp.svg("line", { class: "hatch-line", x1: 0.5, y1: 0, x2: 0.5, y2: 7 }),
    );
    defs.append(pattern);
    svg.append(defs);
    view.leaflet.getContainer().appendChild(svg);
  }
};
