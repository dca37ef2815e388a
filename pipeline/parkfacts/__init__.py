"""parkfacts: Chinese industrial-park reports to validated data."""
