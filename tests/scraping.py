"""The page of figures, read as Prometheus reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client.parser import text_string_to_metric_families

from bot.machine import figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.samples import Sample


def samples(text: str) -> Iterator[Sample]:
    """Every line of a page."""
    for family in text_string_to_metric_families(text):
        yield from family.samples


def scraped() -> dict[tuple[str, ...], float]:
    """The figures as they are now, by name and the values of labels; buckets left out."""
    text = figures.page()[0].decode()
    return {
        (one.name, *one.labels.values()): one.value
        for one in samples(text)
        if "le" not in one.labels
    }


def counted(name: str) -> dict[tuple[str, ...], float]:
    """What is above nothing of one figure, by the values of its labels."""
    return {key[1:]: value for key, value in scraped().items() if key[0] == name and value}
