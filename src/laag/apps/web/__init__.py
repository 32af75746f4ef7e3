"""What every page is made of: one layout, one style, both languages, strict headers, pictures with a table behind them."""

from laag.apps.web.charts import Line, chart
from laag.apps.web.dress import dress
from laag.apps.web.flow import Flow, flow_picture
from laag.apps.web.kit import Link, Web
from laag.apps.web.languages import language

__all__ = ["Flow", "Line", "Link", "Web", "chart", "dress", "flow_picture", "language"]
