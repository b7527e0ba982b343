"use strict";

/* For orientation: the ground of the district, water, metro lines and stations. No tiles. */
hp.BaseMap = class {
  constructor(options) {
    this.options = options;
  }

  attach(view) {
    this.view = view;
    this.lower = this.ground(view, "water", this.options.waterZIndex);
    this.upper = this.ground(view, "metro", this.options.metroZIndex);
  }

  ground(view, pane, zIndex) {
    view.leaflet.createPane(pane).style.zIndex = zIndex;
    const renderer = L.svg({ pane, padding: 1 });
    const style = { renderer, pane, interactive: false, smoothFactor: 0.5 };
    return { style, group: L.layerGroup().addTo(view.leaflet) };
  }

  onGeography(start) {
    const { lower, upper } = this;
    lower.group.clearLayers();
    upper.group.clearLayers();
    this.stations = [];
    for (const body of start.water) {
      L.polygon(hp.latLngs(body.shape), { ...lower.style, className: "water" }).addTo(lower.group);
    }
    for (const line of start.metro) {
      for (const className of ["metro-ground", "metro"]) {
        L.polyline(hp.latLngs(line.paths), { ...upper.style, fill: false, className }).addTo(upper.group);
      }
    }
    for (const station of start.stations) {
      const dot = L.circleMarker(hp.latLng(station.at), { ...upper.style, radius: 3, className: "station" });
      this.stations.push(dot.addTo(upper.group));
    }
    this.onZoom();
  }

  onZoom() {
    // Towards the whole district, dots would hide the areas: there the line alone says where the metro is.
    const near = this.view.leaflet.getZoom() >= hp.STATION_ZOOM;
    for (const dot of this.stations ?? []) dot.getElement().classList.toggle("far", !near);
  }
};
