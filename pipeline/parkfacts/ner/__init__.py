"""The name model: a small dilated network over characters, trained on text of our own, run as int8 ONNX.

No weights ship yet: on held reports the rules alone count firms better (see the changelog).

``features`` and ``decode`` are shared by training and use; ``model`` runs what ``parkfacts train`` wrote; ``corpus``,
``augment`` and ``train`` are needed by ``parkfacts train`` alone, and only ``train`` needs torch.
"""
