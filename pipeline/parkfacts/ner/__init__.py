"""The name model: a chain of labels over hashed n-grams of characters, words and word classes, trained on our own text.

``cut``, ``columns`` and ``features`` (what is seen of a character), ``glance`` (what is seen of a word) and the labels
of ``chain`` are shared by training and use; ``decode`` makes names of scores, ``model`` runs ``names.npz``, which
``parkfacts train`` writes; ``corpus``, ``augment``, ``train`` and ``score`` are needed by ``parkfacts train`` alone.
numpy is all that either needs. The model card is ``CARD.md``.
"""
