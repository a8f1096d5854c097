"""Every word a person reads, in each language, from the TOML files beside this one."""

from tiering.words.catalogue import Words
from tiering.words.locale import LANGUAGES, Language

__all__ = ["LANGUAGES", "Language", "Words"]
