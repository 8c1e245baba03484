"""A brand's colors: text on them passes AA whatever a brand chooses."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from panel.brand.theme import contrast, luminance, palette, stylesheet

AA = 4.5


def light_of(color: str) -> float:
    """The luminance of what `palette` wrote."""
    lightness, chroma, hue = (float(part) for part in re.findall(r"[\d.]+", color))
    return luminance(lightness, chroma, hue)


@pytest.mark.parametrize("strength", [2, 8, 15, 25])
@pytest.mark.parametrize("hue", range(0, 360, 15))
def test_palette_text_passes_aa_by_day_and_by_night(hue: int, strength: int) -> None:
    colors = palette(hue, strength)

    assert contrast(1.0, light_of(colors.fill)) >= AA
    assert contrast(1.0, light_of(colors.dark_fill)) >= AA
    assert contrast(light_of(colors.strong), light_of(colors.tint)) >= AA
    assert contrast(light_of(colors.dark_strong), light_of(colors.dark_tint)) >= AA


def test_stylesheet_carries_the_palette() -> None:
    text = stylesheet(150, 12)

    assert "--brand-hue: 150;" in text
    assert palette(150, 12).fill in text
    assert "<" not in text


def test_theme_is_the_hosts_brand_and_changes_its_address_with_the_look(client: Client, alder: Any) -> None:
    before = client.get("/accounts/login/", headers={"host": "alder.localhost"}).content.decode()
    alder.hue = 20
    alder.save()
    after = client.get("/accounts/login/", headers={"host": "alder.localhost"}).content.decode()
    response = client.get("/theme.css", headers={"host": "alder.localhost"})

    assert "/theme.css?v=150-12" in before
    assert "/theme.css?v=20-12" in after
    assert response["Content-Type"] == "text/css"
    assert "--brand-hue: 20;" in response.content.decode()
