"use strict";

/* Name and count beside the mouse. */
hp.Tooltip = class {
  /* options: count, none, unplaced: templates with {count}; pick, unpick: what a click on a place does */
  constructor(options) {
    this.options = options;
  }

  attach(view) {
    this.view = view;
    this.tip = L.tooltip({ direction: "top", offset: [0, -8], opacity: 1, className: "tip" });
  }

  onHover(code, latlng) {
    const region = code ? this.view.region(code) : null;
    if (!region) {
      this.view.leaflet.closeTooltip(this.tip);
      return;
    }
    const area = this.view.areas.under;
    if (code !== this.code || area !== this.area) {
      this.area = area;
      this.tip.setContent(this.content(code, region));
    }
    this.code = code;
    this.tip.setLatLng(latlng);
    if (!this.view.leaflet.hasLayer(this.tip)) this.view.leaflet.openTooltip(this.tip);
  }

  onPicking() {
    this.onState();
  }

  onState() {
    const region = this.code ? this.view.region(this.code) : null;
    if (region && this.view.leaflet.hasLayer(this.tip)) this.tip.setContent(this.content(this.code, region));
    else this.code = null;
  }

  content(code, region) {
    const { count, none, unplaced, pick, unpick } = this.options;
    const number = this.view.count(code);
    const missing = code.length > 9 ? this.view.unplacedCount(hp.townOf(code)) : 0;
    const content = hp.element("div", "");
    if (this.area) content.append(hp.element("div", "tip-area", this.area.name));
    content.append(
      hp.element("div", "tip-name", region.name),
      hp.element("div", "tip-count", number ? hp.fill(count, { count: hp.number(number) }) : none),
    );
    if (missing) content.append(hp.element("div", "tip-note", hp.fill(unplaced, { count: hp.number(missing) })));
    if (this.view.picking.active) content.append(hp.element("div", "tip-pick", this.view.picking.codes.has(code) ? unpick : pick));
    return content;
  }
};
