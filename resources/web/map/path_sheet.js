"use strict";

/* Many areas in one drawing: each a path in coordinates of its own, written once; zooming moves and scales all of
   them together. Leaflet's own vector layers project and write every shape again at each zoom, which takes 150 ms
   for 1,600 towns, and hold each in six forms. Lines keep their width (style: vector-effect). */
hp.PathSheet = class {
  constructor(leaflet, pane) {
    this.leaflet = leaflet;
    this.svg = hp.svg("svg", { class: "path-sheet leaflet-zoom-animated", width: 1, height: 1 });
    this.group = hp.svg("g");
    this.svg.append(this.group);
    leaflet.getPane(pane).append(this.svg);
    this.target = new hp.PathSheet.Target({ bubblingMouseEvents: false });
    this.target.addTo(leaflet);
    this.origin = null;
    leaflet.on("zoom viewreset", () => this.place());
    leaflet.on("zoomanim", (event) => this.glide(event));
  }

  /* A path for these polygons ([longitude, latitude], as the layers have them), not shown yet. */
  path(polygons) {
    if (this.origin === null) {
      this.origin = this.leaflet.project(hp.latLng(polygons[0][0][0]), hp.PathSheet.ZOOM);
      this.place();
    }
    const path = hp.svg("path");
    this.write(path, polygons);
    this.target.addInteractiveTarget(path);
    return path;
  }

  write(path, polygons) {
    path.setAttribute("d", polygons.map((rings) => rings.map((ring) => this.ring(ring)).join("")).join(""));
  }

  show(path) {
    this.group.append(path);
  }

  /* Out of the drawing, and, where it will not come back, out of Leaflet's list. */
  hide(path, forget = false) {
    path.remove();
    if (forget) this.target.removeInteractiveTarget(path);
  }

  on(name, act) {
    this.target.on(name, (event) => act(event.originalEvent.target, event));
  }

  ring(ring) {
    const { x, y } = this.origin;
    let text = "";
    for (const point of ring) {
      const at = this.leaflet.project([point[1], point[0]], hp.PathSheet.ZOOM);
      text += `${text ? "L" : "M"}${(at.x - x).toFixed(1)} ${(at.y - y).toFixed(1)}`;
    }
    return `${text}Z`;
  }

  /* Where the map stands now. */
  place() {
    if (this.origin === null || !this.leaflet._loaded) return;
    const zoom = this.leaflet.getZoom();
    const scale = this.leaflet.getZoomScale(zoom, hp.PathSheet.ZOOM);
    const at = this.origin.multiplyBy(scale).subtract(this.leaflet.getPixelOrigin());
    this.group.setAttribute("transform", `translate(${at.x} ${at.y}) scale(${scale})`);
    L.DomUtil.setTransform(this.svg, L.point(0, 0), 1);
  }

  /* Towards where it will stand, as a picture. */
  glide(event) {
    const corner = this.leaflet.layerPointToLatLng([0, 0]);
    const to = this.leaflet._latLngToNewLayerPoint(corner, event.zoom, event.center);
    L.DomUtil.setTransform(this.svg, to, this.leaflet.getZoomScale(event.zoom));
  }
};

/* Coordinates are pixels of this zoom, the map's last. */
hp.PathSheet.ZOOM = 16;

/* What Leaflet tells of mouse events on the paths. */
hp.PathSheet.Target = L.Layer.extend({ onAdd() {}, onRemove() {} });
