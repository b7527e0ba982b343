"use strict";

/* What the colours mean, the scale and the notice about the boundaries, along the lower edge. */
hp.Legend = class {
  /* options: title, unplaced (text of the hatched entry) */
  constructor(options) {
    this.options = options;
  }

  attach(view) {
    this.view = view;
    this.bar = hp.element("div", "bottom-bar");
    this.box = hp.element("div", "panel legend");
    this.right = hp.element("div", "bottom-right");
    this.notice = hp.element("div", "panel notice");
    this.notice.hidden = true;
    const scale = L.control.scale({ imperial: false, maxWidth: 80 }).addTo(view.leaflet);
    this.right.append(scale.getContainer(), this.notice);
    this.bar.append(this.box, this.right);
    view.leaflet.getContainer().appendChild(this.bar);
    L.DomEvent.disableClickPropagation(this.bar);
  }

  /* Before the view is fitted: the room that the legend takes counts. */
  onClasses() {
    const head = hp.element("div", "legend-head");
    head.append(hp.element("span", "legend-title", this.options.title), this.entry("hatched", this.options.unplaced));
    const entries = hp.element("div", "legend-entries");
    for (const { level, label } of this.view.classes.labels()) {
      entries.append(this.entry(`level-${level}`, label));
    }
    this.box.replaceChildren(head, entries);
  }

  onFacts(facts) {
    this.notice.textContent = [facts.notice, facts.review].filter(Boolean).join(" · ");
    this.notice.hidden = this.notice.textContent === "";
  }

  entry(className, label) {
    const entry = hp.element("span", "legend-entry");
    const swatch = hp.svg("svg", { class: "swatch", width: 18, height: 10, "aria-hidden": "true" });
    swatch.append(hp.svg("rect", { class: `region ${className}`, x: 0.5, y: 0.5, width: 17, height: 9 }));
    entry.append(swatch, hp.element("span", "legend-label", label));
    return entry;
  }

  bottomHeight() {
    return this.bar.offsetHeight;
  }

  boxes() {
    return [this.box, this.right];
  }
};
