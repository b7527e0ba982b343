"""One bar chart as an ECharts option, built with pyecharts. Only the option is used, never its HTML.

All text is drawn on the canvas (the tooltip as well: ``renderMode: richText``), so that names from the
catalogue cannot become markup, and the page's Content-Security-Policy has no style attribute to refuse.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from hpviewer.charting.chart import ChartRow
from hpviewer.charting.palette import Palette
from hpviewer.wording import say

_NAME_WIDTH = 168  # px, room for 12 characters; longer names end in an ellipsis
_FIGURE_WIDTH = 64  # px, right of the longest bar


def bar_option(rows: Sequence[ChartRow], name: str, unit: str, palette: Palette, *, upright: bool) -> str:
    """Option as JSON text: bars from the left, in the order of rows from the top; ``upright``: from below."""
    from pyecharts import options as opts
    from pyecharts.charts import Bar

    bar = Bar(init_opts=opts.InitOpts(animation_opts=opts.AnimationOpts(animation=False)))
    bar.add_xaxis([row.label for row in rows])
    bar.add_yaxis(
        name,
        [row.value for row in rows],
        bar_max_width=18 if not upright else 28,
        itemstyle_opts=opts.ItemStyleOpts(
            color=palette.bar, border_radius=[3, 3, 0, 0] if upright else [0, 3, 3, 0]
        ),
        emphasis_opts=opts.EmphasisOpts(itemstyle_opts=opts.ItemStyleOpts(color=palette.bar_hover)),
        label_opts=opts.LabelOpts(
            is_show=True, position="top" if upright else "right", color=palette.text_muted, font_size=12
        ),
    )
    if not upright:
        bar.reversal_axis()
    names = opts.AxisOpts(
        type_="category",
        is_inverse=not upright,
        axisline_opts=opts.AxisLineOpts(linestyle_opts=opts.LineStyleOpts(color=palette.line)),
        axistick_opts=opts.AxisTickOpts(is_show=False),
        axislabel_opts=opts.LabelOpts(color=palette.text, font_size=12),
        splitline_opts=opts.SplitLineOpts(is_show=False),
    )
    # Every bar carries its figure, so that the axis of values would only say it again.
    values = opts.AxisOpts(type_="value", min_=0, is_show=False)
    bar.set_global_opts(
        xaxis_opts=names if upright else values,
        yaxis_opts=values if upright else names,
        legend_opts=opts.LegendOpts(is_show=False),
        title_opts=opts.TitleOpts(is_show=False),
        tooltip_opts=opts.TooltipOpts(
            trigger="axis",
            axis_pointer_type="shadow",
            background_color=palette.ground,
            border_color=palette.line,
            border_width=1,
            textstyle_opts=opts.TextStyleOpts(color=palette.text, font_size=12),
        ),
    )
    option: dict[str, Any] = json.loads(bar.dump_options_with_quotes())
    del option["legend"], option["title"]
    option["series"][0]["data"] = [_item(row) for row in rows]
    name_axis = "xAxis" if upright else "yAxis"
    option[name_axis][0]["axisLabel"] |= {"width": _NAME_WIDTH, "overflow": "truncate"}
    option["tooltip"] |= {"renderMode": "richText", "confine": True}
    option["aria"] = {"enabled": True, "label": {"description": _description(rows, name, unit)}}
    option["grid"] = {
        "left": 4,
        "right": 4 if upright else _FIGURE_WIDTH,
        "top": 24 if upright else 4,
        "bottom": 4,
        "outerBoundsMode": "same",  # the names of the axis lie inside these margins, however long
    }
    return json.dumps(option, ensure_ascii=False)


def _item(row: ChartRow) -> dict[str, Any]:
    """A data item, put in after pyecharts, which drops empty texts (the key of "no date"). Figures hold no
    template marks, so that they can be a formatter."""
    label = {"show": bool(row.value), "formatter": row.figure}
    return {"id": row.key, "name": row.label, "value": row.value, "label": label}


def _description(rows: Sequence[ChartRow], name: str, unit: str) -> str:
    """For a screen reader: the chart in one sentence."""
    listed = say("charting.list_mark").join(
        say("charting.listed", label=row.label, figure=row.figure, unit=unit) for row in rows
    )
    return say("charting.description", title=name, listed=listed)
