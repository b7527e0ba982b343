"use strict";

/* The map page. Every script adds to this one object; page.js, made by folium, puts the parts together. */
const hp = {};

/* Form of the layer documents that this page reads (hpviewer/mapping/layers.py). */
hp.LAYER_VERSION = 1;

/* From this zoom on all towns show their communities: one of them is then about 60 px wide. */
hp.COMMUNITY_ZOOM = 12.75;

/* More regions than these are drawn only where the map is: a province has 26,000 communities. */
hp.FEW_REGIONS = 800;

/* Of more towns than these the communities are fetched town by town, where the map is near. */
hp.FEW_TOWNS = 100;

/* Of those towns so many keep their communities in the page; then the ones fetched first go. */
hp.MOST_FETCHED = 150;

/* From this zoom on metro stations have names. */
hp.STATION_ZOOM = 12.25;

/* [longitude, latitude] of the layers → what Leaflet wants. */
hp.latLng = (point) => [point[1], point[0]];
hp.latLngs = (nested) => (typeof nested[0] === "number" ? hp.latLng(nested) : nested.map(hp.latLngs));

hp.bounds = (bbox) => L.latLngBounds([bbox[1], bbox[0]], [bbox[3], bbox[2]]);

/* An HTML element with a class and, optionally, a text; text is only ever set as text. */
hp.element = (tag, className, text) => {
  const element = document.createElement(tag);
  element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};

hp.svg = (tag, attributes = {}) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

/* Templates such as "{count} 条": one pass, so that a value with braces is not looked at again. */
hp.fill = (template, values) =>
  template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));

/* A colour of the theme, for a canvas, which knows no variables. */
hp.colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/* Back in the event loop: what waits there goes first. */
hp.letOthers = () =>
  new Promise((resume) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resume();
    channel.port2.postMessage(null);
  });

/* One formatter: toLocaleString makes its own each time, 50 ms for the counts of 1,600 towns. */
hp.numbers = new Intl.NumberFormat("zh-CN");
hp.number = (value) => hp.numbers.format(value);

hp.townOf = (code) => code.slice(0, 9);
