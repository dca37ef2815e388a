"""The name model: a chain of labels over hashed n-grams of characters, words and word classes, trained on our own text.

``columns`` and ``features`` (what is seen of a character) and ``chain`` (labels and their probabilities) are shared by
training and use; ``model`` runs ``names.npz``, which ``parkfacts train`` writes; ``corpus``, ``augment``, ``train`` and
``score`` are needed by ``parkfacts train`` alone. numpy is all that either needs. The model card is ``CARD.md``.
"""
