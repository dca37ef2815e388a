"""Checking and correcting what was extracted: records, decisions, and the forms that other tools exchange them in."""
