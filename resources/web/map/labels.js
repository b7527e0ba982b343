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
      this.needPlace();
    });
  }

  onGeography() {
    this.needPlace();
    if (!this.due) this.needFonts();
  }

  /* Names are placed later, but a font of 10 MB that they may need had better come meanwhile: the characters once,
     out of sight. */
  needFonts() {
    const names = [...this.view.geography.towns.values()].map((town) => town.label).join("");
    const text = hp.svg("text", { class: "label town", visibility: "hidden" });
    text.textContent = [...new Set(names)].join("");
    this.canvas.replaceChildren(text);
    text.getComputedTextLength(); // a page that is not shown yet looks for its fonts when it is asked for a length
  }

  onState() {
    this.needPlace();
  }

  onZoom() {
    this.needPlace();
  }

  onMove() {
    this.needPlace();
  }

  /* Once for all that one message or gesture changes: at its end, or when somebody asks for the result. */
  needPlace() {
    const { start, state } = this.view;
    if (start === null || state.seq === 0 || this.due) return; // which names find room depends on the counts
    this.due = true;
    queueMicrotask(() => this.settle());
  }

  settle() {
    if (this.due && this.view.start !== null) this.place();
  }

  place() {
    this.due = false;
    const { leaflet, geography } = this.view;
    const size = leaflet.getSize();
    const taken = new hp.Labels.Taken(this.view.reserved());
    const many = geography.towns.size > hp.FEW_TOWNS;
    const texts = [];
    let inVain = 0;
    for (const label of this.wanted()) {
      const at = leaflet.latLngToContainerPoint(hp.latLng(label.at));
      if (at.x < 0 || at.y < 0 || at.x > size.x || at.y > size.y) continue;
      const found = this.fitting(label, at, taken, size, many);
      inVain = found === null ? inVain + 1 : 0;
      if (many && inVain > hp.Labels.FULL) break;
      if (found === null) continue;
      const [variant, room] = found;
      taken.add(room.box);
      texts.push(...this.draw(variant, leaflet.containerPointToLayerPoint([room.x, room.y])));
    }
    this.canvas.replaceChildren(...texts);
  }

  /* The form of the label that finds room, and where. A full map is asked for the smallest form first: where that
     has no room, none has. */
  fitting(label, at, taken, size, full) {
    const variants = hp.Labels.variants(label);
    if (full && variants.length > 1 && this.findRoom(variants.at(-1), at, taken, size) === null) return null;
    for (const variant of variants) {
      const room = this.findRoom(variant, at, taken, size);
      if (room !== null) return [variant, room];
    }
    return null;
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

  /* Pixels at this size of letters. By character: a province has thousands of names of a few hundred characters.
     Chinese ones are squares in every font: measuring them while their font is on its way took 50 ms. */
  width(text, size) {
    let width = 0;
    for (const character of text) width += hp.Labels.isSquare(character) ? 1 : this.measure(character);
    return width * size;
  }

  measure(character) {
    if (!this.measured.has(character)) {
      this.ruler.font = `${hp.Labels.RULER}px ${this.family()}`;
      this.measured.set(character, this.ruler.measureText(character).width / hp.Labels.RULER);
    }
    return this.measured.get(character);
  }

  findRoom(label, at, taken, size) {
    const style = hp.Labels.STYLES[label.kind];
    const count = label.count > 0 ? hp.number(label.count) : "";
    const width = Math.max(this.width(label.name, style.size), this.width(count, style.size)) + 4;
    const height = style.size * (label.count > 0 ? 2.3 : 1.25);
    for (const [dx, dy] of style.shifts) {
      const x = at.x + dx;
      const y = at.y + dy;
      const box = { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
      const inside = box.left >= 2 && box.right <= size.x - 2 && box.top >= 2 && box.bottom <= size.y - 2;
      if (inside && taken.isFree(box)) return { x, y, box };
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
};

/* The boxes in which nothing may stand any more, by the squares of a grid that they touch. A full map asks 40,000
   times: no lists are made for that. */
hp.Labels.Taken = class {
  constructor(boxes) {
    this.squares = new Map();
    for (const box of boxes) this.add(box);
  }

  add(box) {
    this.squaresOf(box, (key) => {
      if (this.squares.has(key)) this.squares.get(key).push(box);
      else this.squares.set(key, [box]);
      return false;
    });
  }

  isFree(box) {
    return !this.squaresOf(box, (key) => {
      for (const other of this.squares.get(key) ?? []) if (hp.Labels.overlap(box, other)) return true;
      return false;
    });
  }

  /* True when ``found`` says so of one of the squares. */
  squaresOf({ left, right, top, bottom }, found) {
    for (let x = Math.floor(left / 64); x <= Math.floor(right / 64); x += 1) {
      for (let y = Math.floor(top / 64); y <= Math.floor(bottom / 64); y += 1) {
        if (found(x * 4096 + y)) return true;
      }
    }
    return false;
  }
};

hp.Labels.overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

hp.Labels.isSquare = (character) => character >= "\u3400" && character <= "\u9fff";

/* So many labels in vain, one after the other, and the map is full. */
hp.Labels.FULL = 150;

/* Size in pixels at which characters are measured. */
hp.Labels.RULER = 20;

/* Size in pixels, and how far from its point a label may stand, in the order in which places are tried. */
hp.Labels.STYLES = {
  town: { size: 13, shifts: [[0, 0], [0, -9], [0, 9], [-10, 0], [10, 0], [-10, -9], [10, -9], [-10, 9], [10, 9], [0, -16], [0, 16]] },
  "small-town": { size: 11, shifts: [[0, 0], [0, -8], [0, 8], [-8, 0], [8, 0], [-8, 8], [8, 8], [-8, -8], [8, -8], [0, 14], [-16, 0], [16, 0]] },
  community: { size: 12, shifts: [[0, 0], [0, -7], [0, 7], [-8, 0], [8, 0]] },
  station: { size: 10.5, shifts: [[0, 11], [0, -11]] },
};
