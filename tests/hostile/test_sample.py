"""Some of the hostile files, read here: what becomes of them. `make hostile` measures."""

from __future__ import annotations

import pytest

from tests.hostile.corpus import CORPUS, File
from tests.hostile.readers import READERS, outcome

SAMPLE = {
    ("SVG", "one path used 4,500 times"): "refused: costly_svg",
    ("SVG", "copies of copies"): "refused: costly_svg",
    ("SVG", "masks behind masks"): "refused: costly_svg",
    ("SVG", "280 KB of text"): "refused: costly_svg",
    ("SVG", "a million dashes"): "refused: costly_svg",
    ("SVG", "70,000 crossing lines"): "refused: costly_svg",
    ("SVG", "a tile of a gigapixel"): "refused: costly_svg",
    ("SVG", "500 rules for 4,000 elements"): "refused: costly_svg",
    ("SVG", "a billion laughs"): "refused: active_svg",
    ("SVG", "an effect as wide as a house"): "refused: active_svg",
    ("SVG", "a picture bomb within"): "refused: active_svg",
    ("SVG", "200 gradients"): "taken",
    ("SVG", "100 masked groups"): "taken",
    ("SVG", "1.9 MB of a drawing program's own"): "taken",
    ("PNG", "100,000 x 100,000, declared"): "refused: too_many_pixels",
    ("PNG", "zTXt bombs"): "taken",
    ("PNG", "8 million pixels of 16 bits"): "taken",
    ("PNG", "8 million pixels, interlaced"): "taken",
    ("JPEG", "65,535 x 65,535, declared"): "refused: too_many_pixels",
    ("JPEG", "6 million pixels of ink, progressive"): "taken",
    ("Word", "a ZIP bomb of overlapping parts"): "refused: unpacks_too_large",
    ("Word", "a billion laughs"): "refused: broken",
    ("CSV", "UTF-16 of an odd length"): "refused: not_text",
    ("CSV", "lone surrogates"): "refused: not_text",
    ("book", "a billion laughs in the strings"): "refused: broken",
    ("book", "ten thousand injected addresses"): "refused: email",
    ("book", "formulas everywhere"): "refused: formula",
    ("HTML", "40,000 attributes on a tag"): "refused: crowded",
    ("XML", "190,000 rows"): "refused: crowded",
    ("campaign", "powers of powers"): "refused: pow is not for letters",
}


def test_the_sample_is_of_the_corpus() -> None:
    assert SAMPLE.keys() <= {(file.kind, file.name) for file in CORPUS}


@pytest.mark.parametrize(
    "file",
    [file for file in CORPUS if (file.kind, file.name) in SAMPLE],
    ids=lambda file: f"{file.kind}-{file.name}",
)
def test_what_becomes_of_a_hostile_file(file: File) -> None:
    found = outcome(READERS[file.kind].read(file.make()))
    assert found == SAMPLE[file.kind, file.name]


def test_the_corpus_names_no_file_twice_and_every_kind_has_a_reader() -> None:
    assert len({(file.kind, file.name) for file in CORPUS}) == len(CORPUS) >= 80
    assert {file.kind for file in CORPUS} == set(READERS)
