"""Perimeters: the countries where data may be placed, by data class; with what was approved or accepted, until when.

``values`` is what a perimeter is, ``file`` how it is read.
"""

from __future__ import annotations

from residency.perimeter.file import BUILT_IN, DEFAULT, FILE_NAME, load
from residency.perimeter.values import DataClass, Exemption, Holding, Located, Perimeter, Transfer

__all__ = [
    "BUILT_IN",
    "DEFAULT",
    "FILE_NAME",
    "DataClass",
    "Exemption",
    "Holding",
    "Located",
    "Perimeter",
    "Transfer",
    "load",
]
