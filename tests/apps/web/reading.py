"""What can be said of a page's HTML without a browser."""

from html.parser import HTMLParser
from itertools import pairwise

VOID = {"meta", "link", "input", "br", "hr", "img", "path", "rect", "circle"}


class Page(HTMLParser):
    """Collects elements; ``faults`` says what a reader with a screen reader would stumble over."""

    def __init__(self, text) -> None:
        super().__init__()
        self.found, self._open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs), [name for name, _ in self._open]))
        if tag not in VOID:
            self._open.append((tag, dict(attrs)))

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs), [name for name, _ in self._open]))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1][0] == tag, f"</{tag}> closes <{self._open[-1][0]}>"
        self._open.pop()

    def all(self, *tags):
        return [(tag, attrs, inside) for tag, attrs, inside in self.found if tag in tags]

    @property
    def faults(self):
        return [*self._headings(), *self._landmarks(), *self._labels(), *self._ids(), *self._styles()]

    def _headings(self):
        levels = [int(tag[1]) for tag, _, _ in self.all("h1", "h2", "h3", "h4")]
        if levels.count(1) != 1 or levels[0] != 1:
            yield f"headings {levels} have no single first one"
        yield from (f"h{a} is followed by h{b}" for a, b in pairwise(levels) if b > a + 1)

    def _landmarks(self):
        for tag in ("header", "main", "footer"):
            if len(self.all(tag)) != 1:
                yield f"there are {len(self.all(tag))} {tag}"

    def _labels(self):
        named = {attrs.get("for") for _, attrs, _ in self.all("label")}
        for tag, attrs, _ in self.all("input", "select", "textarea"):
            if attrs.get("type") == "hidden" or "hidden" in attrs:
                continue
            if attrs.get("id") not in named:
                yield f"{tag} {attrs.get('name')} has no label"

    def _ids(self):
        ids = [attrs["id"] for _, attrs, _ in self.found if "id" in attrs]
        yield from (f"two have the id {one}" for one in {one for one in ids if ids.count(one) > 1})
        named = set(ids)
        for _, attrs, _ in self.found:
            for name in ("aria-labelledby", "aria-describedby", "for"):
                yield from (
                    f"{name} names {one}, which is not there"
                    for one in (attrs.get(name) or "").split()
                    if one not in named
                )

    def _styles(self):
        """What the content security policy would not let through."""
        yield from (
            f"{tag} has a style or a handler"
            for tag, attrs, _ in self.found
            if "style" in attrs or any(name.startswith("on") for name in attrs)
        )
        yield from ("a style stands in the page" for _ in self.all("style"))
        yield from ("a script stands in the page" for _, attrs, _ in self.all("script") if "src" not in attrs)
        for _, attrs, _ in self.found:
            for name in ("src", "href"):
                if (attrs.get(name) or "").startswith(("http:", "https:", "//")):
                    yield f"{attrs[name]} lies elsewhere"
