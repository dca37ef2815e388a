"""The rule engine, and the rules as data: one TOML table a dimension, examples beside each rule."""

from parkfacts.rules.engine import Hit, Rule, Table, load

__all__ = ["Hit", "Rule", "Table", "load"]
