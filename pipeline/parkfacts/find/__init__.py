"""What is written: dates, amounts, names and events, as rules find them in the text."""
