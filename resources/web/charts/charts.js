// Shows the charts that the window sends and tells it which bar was chosen. Knows ids, no names' meaning.
// Text from the catalogue reaches the page as textContent or is drawn on a canvas: never as markup.
"use strict";

(function () {
  const ROW = 26; // px per bar of a chart that lies on its side
  const UPRIGHT = 208; // px, height of a chart with upright bars
  const FRAME = 12; // px, margins
  const BEAT = 2000; // ms between two signs of life
  const FONT = '"Bundled SC", sans-serif';

  const shown = new Map(); // chart id -> {section, title, subtitle, box, chart, keys, upright}
  let bridge = null;

  // A chart measures its box; boxes change with the window, the splitter and the tab.
  const sizes = new ResizeObserver(function (entries) {
    for (const entry of entries) {
      const one = shown.get(entry.target.dataset.chart);
      if (one && entry.contentRect.width > 0) {
        one.chart.resize();
      }
    }
  });

  function add(id) {
    const section = document.createElement("section");
    const title = document.createElement("h2");
    const subtitle = document.createElement("p");
    const box = document.createElement("div");
    box.className = "chart";
    box.dataset.chart = id;
    section.append(title, subtitle, box);
    document.getElementById("charts").append(section);
    box.style.height = UPRIGHT + "px";
    const chart = echarts.init(box, { textStyle: { fontFamily: FONT } }, { renderer: "canvas", locale: "ZH" });
    const one = { section, title, subtitle, box, chart, keys: [], upright: false };
    // The whole row answers a click, name and empty ground included: a bar of one record is narrow.
    chart.getZr().on("click", function (event) {
      const index = rowAt(one, event.offsetX, event.offsetY);
      if (index !== null) {
        bridge.bar_chosen(JSON.stringify({ chart: id, key: one.keys[index] }));
      }
    });
    sizes.observe(box);
    shown.set(id, one);
    return one;
  }

  function rowAt(one, x, y) {
    if (one.keys.length === 0) {
      return null;
    }
    const at = one.chart.convertFromPixel({ seriesIndex: 0 }, [x, y]);
    const index = Math.round(one.upright ? at[0] : at[1]);
    return index >= 0 && index < one.keys.length ? index : null;
  }

  function show(message) {
    const { tokens, charts } = JSON.parse(message);
    for (const [name, colour] of Object.entries(tokens)) {
      document.documentElement.style.setProperty("--" + name.replaceAll("_", "-"), colour);
    }
    for (const { id, title, subtitle, option } of charts) {
      const one = shown.get(id) || add(id);
      const axis = option.xAxis[0];
      one.upright = axis.type === "category";
      one.keys = option.series[0].data.map((item) => item.id);
      one.title.textContent = title;
      one.subtitle.textContent = subtitle;
      one.section.hidden = one.keys.length === 0;
      one.box.style.height = (one.upright ? UPRIGHT : one.keys.length * ROW + FRAME) + "px";
      one.chart.resize();
      one.chart.setOption(option, { notMerge: true });
    }
    bridge.drawn(charts.length);
  }

  // Where the middle of a bar lies in the page, for tests that click with a real mouse.
  window.barCentre = function (id, key) {
    const one = shown.get(id);
    const index = one.keys.indexOf(key);
    const value = one.chart.getOption().series[0].data[index].value;
    const at = one.chart.convertToPixel(
      { seriesIndex: 0 },
      one.upright ? [index, value / 2] : [value / 2, index],
    );
    one.box.scrollIntoView({ block: "nearest" });
    const box = one.box.getBoundingClientRect();
    return [box.left + at[0], box.top + at[1]];
  };

  new QWebChannel(qt.webChannelTransport, function (channel) {
    bridge = channel.objects.bridge;
    bridge.charts_sent.connect(show);
    bridge.beat();
    setInterval(() => bridge.beat(), BEAT);
    // Canvas text does not wait for a font by itself and would be drawn in a fallback.
    document.fonts.load('12px "Bundled SC"', "\u9ec4").then(
      () => bridge.ready(),
      () => bridge.ready(),
    );
  });
})();
