"use strict";

/* The map of an export: one file, no network. Everything from the catalogue is data and only ever set as text. */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words;
  const byId = (id) => document.getElementById(id);
  const COLOURS = ["#f2f3f5", "#d5e6ee", "#a9cfe0", "#6fafcb", "#3a8fb5"];
  const CLOSE = 12.4;

  const make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text !== undefined && text !== "") element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

  const counts = new Map();
  for (const record of data.records) {
    for (const code of record.codes) counts.set(code, (counts.get(code) || 0) + 1);
  }
  const count = (code) => counts.get(code) || 0;
  const names = new Map(data.places.map((place) => [place.code, place.name]));
  const regions = [...data.towns, ...data.communities];
  for (const region of regions) names.set(region.code, region.name);

  /* ---- the map ---- */
  const map = new L.Map("map", { zoomSnap: 0.1, zoomDelta: 0.5, minZoom: 9, maxZoom: 16, attributionControl: false });
  map.zoomControl.setPosition("topright");
  const turned = (rings) => rings.map((ring) => ring.map(([lon, lat]) => [lat, lon]));
  const boundsOf = ([west, south, east, north]) => [[south, west], [north, east]];
  for (const [name, z] of [["towns", 300], ["communities", 310], ["water", 320], ["edges", 330], ["chosen", 340]]) {
    map.createPane(name).style.zIndex = String(z);
  }
  const styleOf = (code) => ({
    color: "#8d99a6",
    weight: 0.8,
    fillColor: COLOURS[Math.min(count(code), COLOURS.length - 1)],
    fillOpacity: 1,
  });
  const shapes = new Map();
  const layers = { towns: new L.LayerGroup(), communities: new L.LayerGroup() };
  for (const [pane, list] of [["towns", data.towns], ["communities", data.communities]]) {
    for (const region of list) {
      const shape = new L.Polygon(region.shape.map(turned), { ...styleOf(region.code), pane });
      const tip = make("span", fill(words.tip, { name: region.name, count: count(region.code) }));
      shape.bindTooltip(tip, { sticky: true });
      shape.on("click", () => choose(region.code));
      shapes.set(region.code, { shape, region });
      layers[pane].addLayer(shape);
    }
  }
  layers.towns.addTo(map);
  for (const body of data.water) {
    new L.Polygon(body.shape.map(turned), {
      pane: "water", stroke: false, fillColor: "#c9dbe6", fillOpacity: 1, interactive: false,
    }).addTo(map);
  }
  const labelOf = (region, className) => {
    const icon = new L.DivIcon({ html: make("span", region.label, className), className: "label", iconSize: [0, 0] });
    return new L.Marker([region.at[1], region.at[0]], { icon, interactive: false, keyboard: false });
  };
  for (const region of data.communities) layers.communities.addLayer(labelOf(region, "name small"));
  for (const region of data.towns) {
    new L.Polygon(region.shape.map(turned), {
      pane: "edges", color: "#5f6c79", weight: 1.2, fill: false, interactive: false,
    }).addTo(map);
    labelOf(region, "name").addTo(map);
  }
  for (const edge of data.guessed) {
    for (const path of edge.paths) {
      new L.Polyline(turned([path])[0], {
        pane: "edges", color: "#ffffff", weight: 1.6, dashArray: "4 4", interactive: false,
      }).addTo(map);
    }
  }
  const outline = new L.Polygon([], { pane: "chosen", color: "#c2410c", weight: 3, fill: false, interactive: false });
  outline.addTo(map);
  map.on("zoomend", () => {
    const close = map.getZoom() >= CLOSE;
    if (close !== map.hasLayer(layers.communities)) {
      if (close) layers.communities.addTo(map);
      else layers.communities.remove();
    }
  });
  const home = () => map.fitBounds(boundsOf(data.district.bbox), { animate: false });
  home();

  /* ---- the list ---- */
  const select = byId("place");
  const search = byId("search");
  const list = byId("records");
  let chosen = "";

  const option = (code, text) => {
    const item = make("option", text);
    item.value = code;
    return item;
  };
  select.append(option("", fill(words.everywhere, { count: data.records.length })));
  for (const town of data.towns) {
    select.append(option(town.code, fill(words.choice, { name: town.name, count: count(town.code) })));
    for (const place of data.places) {
      if (place.code.length > 9 && place.code.startsWith(town.code)) {
        select.append(option(place.code, "\u3000" + fill(words.choice, { name: place.name, count: count(place.code) })));
      }
    }
  }

  const safeAddress = (text) => {
    try {
      const address = new URL(text);
      return ["http:", "https:"].includes(address.protocol) ? address.href : "";
    } catch {
      return "";
    }
  };

  const item = (record) => {
    const entry = make("li");
    entry.append(make("h3", record.title));
    entry.append(make("p", [record.date || words.undated, record.kind, record.number].filter(Boolean).join(" · "), "line"));
    const facts = [record.place, record.area === null ? "" : fill(words.area, { area: record.area }), record.project];
    entry.append(make("p", facts.filter(Boolean).join(" · "), "line"));
    const source = make("p", undefined, "line source");
    source.append(make("strong", record.source), " ");
    const address = safeAddress(record.address);
    if (address) {
      const link = make("a", record.source_name || address);
      link.href = address;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      source.append(link);
    } else {
      source.append(make("span", [record.source_name, record.address].filter(Boolean).join(" ")));
    }
    entry.append(source);
    return entry;
  };

  const PAGE = 200;
  let shown = [];
  const more = byId("more");
  const grow = () => {
    const next = shown.slice(list.children.length, list.children.length + PAGE);
    list.append(...next.map(item));
    more.hidden = list.children.length >= shown.length;
    more.textContent = fill(words.more, { count: shown.length - list.children.length });
  };
  more.addEventListener("click", grow);

  const show = () => {
    const wanted = search.value.trim().toLowerCase();
    shown = data.records.filter(
      (record) => (!chosen || record.codes.includes(chosen)) && (!wanted || record.text.includes(wanted)),
    );
    list.replaceChildren();
    grow();
    byId("count").textContent = fill(words.count, { count: shown.length });
    byId("none").hidden = shown.length > 0;
  };

  const choose = (code) => {
    chosen = code === chosen ? "" : code;
    select.value = chosen;
    if (select.value !== chosen) select.value = chosen.slice(0, 9);
    const now = shapes.get(chosen);
    outline.setLatLngs(now ? now.shape.getLatLngs() : []);
    show();
  };
  select.addEventListener("change", () => {
    choose(select.value === chosen ? "" : select.value);
    const now = shapes.get(chosen) || shapes.get(chosen.slice(0, 9));
    if (now) map.fitBounds(boundsOf(now.region.bbox), { animate: false, padding: [24, 24], maxZoom: 14 });
    else home();
  });
  byId("home").addEventListener("click", () => {
    search.value = "";
    if (chosen) choose(chosen);
    else show();
    home();
  });
  search.addEventListener("input", show);

  const legend = byId("legend");
  COLOURS.forEach((colour, level) => {
    const sample = make("i");
    sample.style.backgroundColor = colour;
    const line = make("span");
    line.append(sample, level + 1 < COLOURS.length ? String(level) : `${level}+`);
    legend.append(line);
  });
  const facts = byId("facts");
  for (const [label, value] of data.facts) facts.append(make("dt", label), make("dd", value));
  show();
  document.documentElement.dataset.ready = "yes";
})();
