"use strict";

/* Names and counts on the map, so that no two overlap: the important ones are placed first, each at its
   label point or a little above or below, and those that find no room are left out. */
hp.Labels = class {
  constructor(options) {
    this.options = options;
    this.measured = new Map();
    this.ruler = document.createElement("canvas").getContext("2d");
  }

  attach(view) {
    this.view = view;
    const pane = view.leaflet.createPane("labels");
    pane.style.zIndex = this.options.zIndex;
    pane.classList.add("leaflet-zoom-hide");
    this.canvas = hp.svg("svg", { class: "labels", width: 1, height: 1, "aria-hidden": "true" });
    pane.appendChild(this.canvas);
    document.fonts.addEventListener("loadingdone", () => {
      this.measured.clear();
      if (this.view.drawn) this.place();
    });
  }

  onState() {
    this.place();
  }

  onZoom() {
    this.place();
  }

  onMove() {
    this.place();
  }

  place() {
    const { leaflet } = this.view;
    const size = leaflet.getSize();
    const taken = this.view.reserved();
    const texts = [];
    for (const label of this.wanted()) {
      const at = leaflet.latLngToContainerPoint(hp.latLng(label.at));
      if (at.x < 0 || at.y < 0 || at.x > size.x || at.y > size.y) continue;
      for (const variant of hp.Labels.variants(label)) {
        const room = this.findRoom(variant, at, taken, size);
        if (room === null) continue;
        taken.push(room.box);
        texts.push(...this.draw(variant, leaflet.containerPointToLayerPoint([room.x, room.y])));
        break;
      }
    }
    this.canvas.replaceChildren(...texts);
  }

  /* Most important first: the selected place, then places with records, then by size. */
  wanted() {
    const { view } = this;
    const zoom = view.leaflet.getZoom();
    const labels = [];
    for (const level of ["town", "community"]) {
      for (const [code, region] of view.visibleRegions(level)) {
        if (level === "town" && view.showsInside(code)) {
          if (!view.isWide(code)) labels.push(this.regionLabel(code, region, level));
        } else {
          labels.push(this.regionLabel(code, region, level));
        }
      }
    }
    labels.sort((a, b) => b.weight - a.weight);
    if (zoom >= hp.STATION_ZOOM) {
      for (const station of view.start.stations) {
        labels.push({ at: station.at, name: station.name, count: 0, kind: "station" });
      }
    }
    return labels;
  }

  regionLabel(code, region, level) {
    const { view } = this;
    const count = view.count(code);
    const [west, south, east, north] = region.bbox;
    const size = (east - west) * (north - south);
    const rank =
      (code === view.state.selected ? 1000 : 0) + (level === "town" ? 100 : 0) + (count > 0 ? 10 : 0);
    return { at: region.at, name: region.label, count, kind: level, weight: rank + Math.min(9, size * 1000) };
  }

  width(text, font) {
    const key = font + text;
    if (!this.measured.has(key)) {
      this.ruler.font = font;
      this.measured.set(key, this.ruler.measureText(text).width);
    }
    return this.measured.get(key);
  }

  findRoom(label, at, taken, size) {
    const style = hp.Labels.STYLES[label.kind];
    const font = `${style.size}px ${this.family()}`;
    const width = Math.max(this.width(label.name, font), this.width(hp.number(label.count), font)) + 4;
    const height = style.size * (label.count > 0 ? 2.3 : 1.25);
    for (const [dx, dy] of style.shifts) {
      const x = at.x + dx;
      const y = at.y + dy;
      const box = { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
      const inside = box.left >= 2 && box.right <= size.x - 2 && box.top >= 2 && box.bottom <= size.y - 2;
      if (inside && !taken.some((other) => hp.Labels.overlap(box, other))) return { x, y, box };
    }
    return null;
  }

  family() {
    this.fontFamily ??= getComputedStyle(document.body).fontFamily;
    return this.fontFamily;
  }

  draw(label, at) {
    const { size } = hp.Labels.STYLES[label.kind];
    const twoLines = label.count > 0;
    const first = hp.svg("text", {
      class: `label ${label.kind}`,
      x: at.x,
      y: at.y + (twoLines ? -size * 0.2 : size * 0.36),
    });
    first.textContent = label.name;
    if (!twoLines) return [first];
    const second = hp.svg("text", { class: `label count ${label.kind}`, x: at.x, y: at.y + size * 0.95 });
    second.textContent = hp.number(label.count);
    return [first, second];
  }

  /* As it should be; where a town finds no room for that, its name alone in small letters. */
  static variants(label) {
    return label.kind === "town" ? [label, { ...label, kind: "small-town", count: 0 }] : [label];
  }

  static overlap(a, b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  }
};

/* Size in pixels, and how far from its point a label may stand, in the order in which places are tried. */
hp.Labels.STYLES = {
  town: { size: 13, shifts: [[0, 0], [0, -9], [0, 9], [-10, 0], [10, 0], [-10, -9], [10, -9], [-10, 9], [10, 9], [0, -16], [0, 16]] },
  "small-town": { size: 11, shifts: [[0, 0], [0, -8], [0, 8], [-8, 0], [8, 0], [-8, 8], [8, 8], [-8, -8], [8, -8], [0, 14], [-16, 0], [16, 0]] },
  community: { size: 12, shifts: [[0, 0], [0, -7], [0, 7], [-8, 0], [8, 0]] },
  station: { size: 10.5, shifts: [[0, 11], [0, -11]] },
};
