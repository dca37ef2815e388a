"""The name model: a small dilated network over characters, trained on text of our own, run as int8 ONNX.

``features`` and ``decode`` are shared by training and use; ``model`` is what the pipeline loads; ``corpus``,
``augment`` and ``train`` are needed by ``parkfacts train`` alone, and only ``train`` needs torch.
"""
