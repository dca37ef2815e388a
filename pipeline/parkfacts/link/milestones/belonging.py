"""The firms, the project and the figures that belong to an event."""

from __future__ import annotations

from parkfacts.link.milestones.event import Event
from parkfacts.link.milestones.phrase import Actor
from parkfacts.link.milestones.scene import Scene


def belonging(scene: Scene, event: Event, actor: Actor | None = None) -> Event:
    """The event with what its words name, and what its subject brings."""
    names = scene.names_in(event.start, event.end)
    companies = {*event.companies, *(n.place for n in names if n.kind == "company")}
    project = next((n.place for n in names if n.kind == "project"), event.project)
    if actor is not None:
        companies.update(actor.companies)
        project = actor.project if project is None else project
    figures = scene.figures_in(event.start, event.end)
    return event._replace(companies=tuple(sorted(companies)), amounts=tuple(figures), project=project)
