"""Many documents: each is extracted once, whatever is killed on the way, and a run that was stopped goes on.

``task`` says what is to be done and what came of it, ``work`` does it for one document, ``engines`` do it for many,
``state`` keeps what is done in a folder beside the records, ``run`` is the way in.
"""

from parkfacts.batch.run import Batch, run
from parkfacts.batch.task import Counts, Limits, Options, Outcome, Shard, Task

__all__ = ["Batch", "Counts", "Limits", "Options", "Outcome", "Shard", "Task", "run"]
