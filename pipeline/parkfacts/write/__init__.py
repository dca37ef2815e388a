"""The record to files, and back, checked both ways."""
