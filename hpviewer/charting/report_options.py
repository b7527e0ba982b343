"""ECharts options of a report's charts, built with pyecharts; all text is drawn on the canvas."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hpviewer.charting.chart import ChartRow
from hpviewer.charting.palette import Palette
from hpviewer.wording import say


@dataclass(frozen=True, slots=True)
class FlowNode:
    """``cell`` is what a click leads to; ``depth`` the column from the left; ``figure`` as people read it."""

    name: str
    figure: str
    cell: str
    depth: int
    colour: str


@dataclass(frozen=True, slots=True)
class Series:
    """One name of the legend and a row per category."""

    name: str
    rows: tuple[ChartRow, ...]


def flow_option(
    nodes: Sequence[FlowNode],
    links: Sequence[tuple[str, str, float]],
    title: str,
    unit: str,
    palette: Palette,
) -> str:
    """A Sankey diagram; ``links`` are (from, to, value) by node name, values over 0."""
    from pyecharts import options as opts
    from pyecharts.charts import Sankey

    sankey = Sankey(init_opts=opts.InitOpts(animation_opts=opts.AnimationOpts(animation=False)))
    sankey.add(
        title,
        nodes=[{"name": node.name} for node in nodes],
        links=[{"source": source, "target": target, "value": value} for source, target, value in links],
        pos_left="2%",
        pos_right="24%",
        pos_top="4%",
        pos_bottom="4%",
        node_gap=12,
        node_width=14,
        layout_iterations=0,
        is_draggable=False,
        linestyle_opt=opts.LineStyleOpts(opacity=0.35, curve=0.5, color="source"),
        label_opts=opts.LabelOpts(position="right", color=palette.text, font_size=12),
    )
    sankey.set_global_opts(**_frame(palette, "item"))
    option = _option(sankey.dump_options_with_quotes(), palette)
    series = option["series"][0]
    series["data"] = [
        {
            "name": node.name,
            "cell": node.cell,
            "depth": node.depth,
            "label": {"formatter": f"{node.name}  {node.figure}"},
            "itemStyle": {"color": node.colour, "borderWidth": 0},
        }
        for node in nodes
    ]
    listed = say("charting_reports.list_mark").join(
        say("charting_reports.flow.link", source=source, target=target, value=f"{value:,.0f}", unit=unit)
        for source, target, value in links
    )
    return _done(option, title, listed)


def series_option(
    categories: Sequence[str],
    series: Sequence[Series],
    colours: Sequence[str],
    title: str,
    unit: str,
    palette: Palette,
    *,
    stacked: bool,
) -> str:
    """Bars: stacked ones lie, a category a line; others stand side by side, a group per category."""
    from pyecharts import options as opts
    from pyecharts.charts import Bar

    bar = Bar(init_opts=opts.InitOpts(animation_opts=opts.AnimationOpts(animation=False)))
    bar.add_xaxis(list(categories))
    for each, colour in zip(series, colours, strict=False):
        bar.add_yaxis(
            each.name,
            [row.value for row in each.rows],
            stack="all" if stacked else None,
            bar_max_width=22 if stacked else 26,
            itemstyle_opts=opts.ItemStyleOpts(color=colour, border_color=palette.ground, border_width=1),
            label_opts=opts.LabelOpts(
                is_show=not stacked, position="top", color=palette.text_muted, font_size=11
            ),
        )
    if stacked:
        bar.reversal_axis()
    names = opts.AxisOpts(
        type_="category",
        is_inverse=stacked,
        axisline_opts=opts.AxisLineOpts(linestyle_opts=opts.LineStyleOpts(color=palette.line)),
        axistick_opts=opts.AxisTickOpts(is_show=False),
        axislabel_opts=opts.LabelOpts(color=palette.text, font_size=12),
        splitline_opts=opts.SplitLineOpts(is_show=False),
    )
    values = opts.AxisOpts(type_="value", min_=0, is_show=False)
    bar.set_global_opts(
        xaxis_opts=values if stacked else names,
        yaxis_opts=names if stacked else values,
        **(_frame(palette, "axis") | {"legend_opts": _legend(palette)}),
    )
    option = _option(bar.dump_options_with_quotes(), palette, legend=True)
    longest = max(sum(each.rows[place].value for each in series) for place in range(len(categories)))
    for number, (drawn, each) in enumerate(zip(option["series"], series, strict=True)):
        drawn["data"] = [_item(row, longest if stacked else None) for row in each.rows]
        if stacked:
            drawn["label"] |= {"position": "inside", "color": palette.text if number else palette.ground}
    option["grid"] = {
        "left": 4,
        "right": 16,
        "top": 48 if not stacked else 32,
        "bottom": 4,
        "outerBoundsMode": "same",
    }
    listed = say("charting_reports.list_mark").join(
        say("charting_reports.listed", label=f"{row.label} {each.name}", figure=row.figure, unit=unit)
        for each in series
        for row in each.rows
        if row.figure
    )
    return _done(option, title, listed)


_ROOM = 0.06
"""Part of the longest stack that a figure of three digits needs."""


def _item(row: ChartRow, longest: float | None) -> dict[str, Any]:
    """Inside a stack (the longest of them given) a figure stands only where it has room.

    Figures hold no template marks, so that they can be a formatter.
    """
    room = longest is None or row.value > longest * _ROOM
    item: dict[str, Any] = {"cell": row.key, "name": row.label, "value": row.value if row.figure else None}
    item["label"] = {"show": bool(row.figure) and room, "formatter": row.figure}
    return item


def _frame(palette: Palette, trigger: str) -> dict[str, Any]:
    from pyecharts import options as opts

    return {
        "legend_opts": opts.LegendOpts(is_show=False),
        "title_opts": opts.TitleOpts(is_show=False),
        "tooltip_opts": opts.TooltipOpts(
            trigger=trigger,
            axis_pointer_type="shadow",
            background_color=palette.ground,
            border_color=palette.line,
            border_width=1,
            textstyle_opts=opts.TextStyleOpts(color=palette.text, font_size=12),
        ),
    }


def _legend(palette: Palette) -> Any:
    from pyecharts import options as opts

    return opts.LegendOpts(
        pos_left="left",
        pos_top="top",
        item_width=12,
        item_height=12,
        textstyle_opts=opts.TextStyleOpts(color=palette.text, font_size=12),
    )


def _option(text: str, palette: Palette, *, legend: bool = False) -> dict[str, Any]:
    option: dict[str, Any] = json.loads(text)
    del option["title"]
    if not legend:
        del option["legend"]
    option["tooltip"] |= {"renderMode": "richText", "confine": True}
    return option


def _done(option: dict[str, Any], title: str, listed: str) -> str:
    description = say("charting_reports.description", title=title, listed=listed)
    option["aria"] = {"enabled": True, "label": {"description": description}}
    return json.dumps(option, ensure_ascii=False)
