"""Every word a person reads, in both languages, from the TOML files beside this one."""

from tiering.words.catalogue import LANGUAGES, Language, Words

__all__ = ["LANGUAGES", "Language", "Words"]
