"""Noun phrases that are subjects."""

from parkfacts.link.milestones.phrase.actor import Actor
from parkfacts.link.milestones.phrase.bounds import after_date, subject_range
from parkfacts.link.milestones.phrase.general import generic, whole
from parkfacts.link.milestones.phrase.opening import opening
from parkfacts.link.milestones.phrase.plain import agent, plain
from parkfacts.link.milestones.phrase.topic import bare, topic

__all__ = ["Actor", "after_date", "agent", "bare", "generic", "opening", "plain", "subject_range", "topic", "whole"]
