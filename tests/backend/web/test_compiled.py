"""A template is compiled once, and again when its text is another."""

from __future__ import annotations

from jinja2 import DictLoader, Environment

from backend.web.compiled import Compiled


class Counted(Compiled):
    """Counts what had to be compiled."""

    compiled = 0

    def dump_bytecode(self, bucket):
        self.compiled += 1
        super().dump_bytecode(bucket)


def render(texts, kept, **told):
    return Environment(loader=DictLoader(texts), bytecode_cache=kept, autoescape=True).get_template("one").render(told)


def test_a_second_application_finds_the_template_compiled_and_fills_in_its_own_words():
    kept = Counted()

    assert [render({"one": "to {{ whom }}"}, kept, whom=name) for name in ("Li", "Wang")] == ["to Li", "to Wang"]
    assert kept.compiled == 1


def test_a_template_whose_text_was_changed_is_compiled_anew():
    kept = Counted()

    assert [render({"one": text}, kept) for text in ("before", "after", "after")] == ["before", "after", "after"]
    assert kept.compiled == 2
