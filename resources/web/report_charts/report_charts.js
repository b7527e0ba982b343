// Shows the charts of a report and tells the window which cell of its tables was chosen.
// Text reaches the page as textContent or is drawn on a canvas: never as markup.
"use strict";

(function () {
  const TALL = 300; // px
  const BEAT = 2000; // ms between two signs of life
  const FONT = '"Bundled SC", sans-serif';

  const shown = new Map(); // chart id -> {section, title, subtitle, box, chart}
  let bridge = null;

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
    box.style.height = "200px";
    section.append(title, subtitle, box);
    document.getElementById("charts").append(section);
    const chart = echarts.init(box, { textStyle: { fontFamily: FONT } }, { renderer: "canvas", locale: "ZH" });
    chart.on("click", function (event) {
      const cell = event.data && (event.data.cell || event.data.id);
      if (cell) {
        bridge.cell_clicked(String(cell));
      }
    });
    sizes.observe(box);
    const one = { section, title, subtitle, box, chart };
    shown.set(id, one);
    return one;
  }

  function show(message) {
    const { tokens, charts } = JSON.parse(message);
    for (const [name, colour] of Object.entries(tokens)) {
      document.documentElement.style.setProperty("--" + name.replaceAll("_", "-"), colour);
    }
    const wanted = new Set(charts.map((chart) => chart.id));
    for (const [id, one] of shown) {
      one.section.hidden = !wanted.has(id);
    }
    for (const { id, title, subtitle, height, wide, option } of charts) {
      const one = shown.get(id) || add(id);
      one.section.classList.toggle("wide", wide);
      one.section.classList.toggle("tall", !wide && height > TALL);
      one.title.textContent = title;
      one.subtitle.textContent = subtitle;
      one.box.style.height = height + "px";
      document.getElementById("charts").append(one.section);
      one.chart.resize();
      one.chart.setOption(option, { notMerge: true });
    }
    bridge.drawn(charts.length);
  }

  // Where a bar or node of a cell lies in the page, for tests that click with a real mouse.
  window.centreOf = function (id, cell) {
    const one = shown.get(id);
    one.box.scrollIntoView({ block: "center" });
    const box = one.box.getBoundingClientRect();
    const series = one.chart.getModel().getSeries();
    for (const each of series) {
      const data = each.getData();
      for (let at = 0; at < data.count(); at += 1) {
        const item = data.getRawDataItem(at);
        const graphic = data.getItemGraphicEl(at);
        if (item && (item.cell || item.id) === cell && graphic) {
          const bounds = graphic.getBoundingRect().clone();
          bounds.applyTransform(graphic.getComputedTransform());
          return [box.left + bounds.x + bounds.width / 2, box.top + bounds.y + bounds.height / 2];
        }
      }
    }
    return null;
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
