"""axe-core on a page: what WCAG 2.1 AA finds wrong and calls serious. The script comes in a wheel and is never committed."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Page

SOURCE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
COLOURS = "color-contrast"
"""The rule that takes longer than all others together; colours do not depend on the language."""
RUN = """async ([only, spared]) => {
  const wanted = only.length ? { type: "rule", values: only } : { type: "tag", values: %s };
  const rules = Object.fromEntries(spared.map((rule) => [rule, { enabled: false }]));
  const found = await axe.run(document, { runOnly: wanted, rules, resultTypes: ["violations"] });
  return found.violations.filter((each) => ["serious", "critical"].includes(each.impact)).flatMap((each) =>
    each.nodes.map((node) => ({ rule: each.id, target: node.target.join(" "), html: node.html.slice(0, 120),
      why: [...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ") })));
}""" % list(LEVELS)  # noqa: UP031 - braces are JavaScript's


async def faults(page: Page, *rules: str, spared: Sequence[str] = ()) -> list[str]:
    """What is serious or critical, one sentence each; only of these rules, when some are named, and none of those spared."""
    if not await page.evaluate("typeof axe !== 'undefined'"):
        await page.evaluate(SOURCE)
    found: Sequence[dict[str, Any]] = await page.evaluate(RUN, [list(rules), list(spared)])
    return [f"axe {each['rule']}: {each['target']} {each['html']} ({each['why']})" for each in found]
