"""The spaCy component on pipelines of other people."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

import parkfacts.component  # noqa: F401  registers the factory

TEXT = "2023年6月，禾渡园区新引进企业12家，总投资3.5亿元。\r\n2021年9月，晟拓科技有限公司建成投产。"


def analyse(text: str = TEXT, language: str = "zh", **config: object) -> Doc:
    nlp = spacy.blank(language)
    nlp.add_pipe("parkfacts", config=config)
    return nlp(text)


def test_spans_are_the_reports() -> None:
    doc = analyse()
    assert doc.text == TEXT
    for group in ("dates", "amounts", "companies", "milestones"):
        assert doc.spans[group], group
    assert [(s.text, s.label_, s.id_) for s in doc.spans["dates"]] == [
        (d.text, d.kind, d.id) for d in doc._.parkfacts.dates
    ]
    assert {(s.text, s.label_) for s in doc.spans["amounts"]} >= {("12家", "count"), ("3.5亿元", "money")}
    assert [s.text for s in doc.spans["companies"]] == ["晟拓科技有限公司"]


def test_reference_date_is_given() -> None:
    doc = analyse("今年6月，园区引进企业12家。", reference_date="2023-10-08")
    assert doc._.parkfacts.dates[0].edtf == "2023-06"


def test_spans_are_widened_to_tokens() -> None:
    doc = analyse("于2023年6月建成。", language="en")
    assert [s.text for s in doc.spans["dates"]] == ["于2023年6月建成"]
    assert doc._.parkfacts.dates[0].text == "2023年6月"


def test_empty_text() -> None:
    doc = analyse("")
    assert not doc.spans["dates"] and doc._.parkfacts.dates == ()


def test_a_doc_can_be_saved_and_sent() -> None:
    doc = analyse()
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert again._.parkfacts == doc._.parkfacts
    assert [s.id_ for s in again.spans["dates"]] == [s.id_ for s in doc.spans["dates"]]


def test_a_doc_without_it() -> None:
    assert spacy.blank("zh")("园区")._.parkfacts is None
