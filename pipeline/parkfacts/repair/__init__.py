"""Blocks, clutter, duplicates and joins: the source in reading order, with a reason for every change."""
