"""Learning from review: a user's corrected documents are added to our sentences, and what it changes is measured.

``documents`` makes labelled sentences of a gold folder and parts it into what is learnt and what is measured on;
``course`` measures what the pipeline finds with the model that ships and with the new one.
"""
