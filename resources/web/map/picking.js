"use strict";

/* The places that are being chosen for a record. A town around a chosen community is only outlined. */
hp.Picking = class {
  constructor(options) {
    this.options = options;
  }

  attach(view) {
    this.view = view;
    view.leaflet.createPane("picking").style.zIndex = this.options.zIndex;
    const renderer = L.svg({ pane: "picking", padding: 1 });
    this.style = { renderer, pane: "picking", interactive: false, smoothFactor: 0, noClip: true };
    this.group = L.layerGroup().addTo(view.leaflet);
  }

  onPicking() {
    this.group.clearLayers();
    const { codes } = this.view.picking;
    for (const code of codes) {
      const region = this.view.region(code);
      if (region === null) continue; // without a position, or still on its way: onState draws it then
      const around = [...codes].some((other) => other !== code && other.startsWith(code));
      const className = `picked${around ? " around" : ""}`;
      L.polygon(hp.latLngs(this.view.shapeOf(region)), { ...this.style, className }).addTo(this.group);
    }
  }

  onState() {
    if (this.view.picking.active) this.onPicking();
  }
};
