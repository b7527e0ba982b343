"use strict";

/* Zoom in, zoom out, whole district. */
hp.Buttons = class {
  /* options: zoomIn, zoomOut, home: accessible names */
  constructor(options) {
    this.options = options;
  }

  attach(view) {
    this.view = view;
    this.box = hp.element("div", "panel buttons");
    this.zoomIn = this.button("M8 3v10M3 8h10", this.options.zoomIn, () => view.leaflet.zoomIn());
    this.zoomOut = this.button("M3 8h10", this.options.zoomOut, () => view.leaflet.zoomOut());
    this.home = this.button("M2.5 8 8 3l5.5 5M4.5 7v6h7V7", this.options.home, () => view.fit(null));
    this.box.append(this.zoomIn, this.zoomOut, this.home);
    view.leaflet.getContainer().appendChild(this.box);
    L.DomEvent.disableClickPropagation(this.box);
  }

  button(path, name, act) {
    const button = hp.element("button", "map-button");
    button.type = "button";
    button.title = name;
    button.setAttribute("aria-label", name);
    const icon = hp.svg("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" });
    icon.append(hp.svg("path", { d: path, class: "icon" }));
    button.append(icon);
    button.addEventListener("click", act);
    return button;
  }

  onZoom() {
    const { leaflet } = this.view;
    this.zoomIn.disabled = leaflet.getZoom() >= leaflet.getMaxZoom();
    this.zoomOut.disabled = leaflet.getZoom() <= leaflet.getMinZoom();
  }

  boxes() {
    return [this.box];
  }
};
