"""Weighing a sentence: how much it reads like a claim of each family, from many small signs.

Rules name the constructions of a claim; many claims are made without any of them. A linear model over the words of a
sentence, their parts, our word classes and the sentences beside it adds up small signs for and against. It knows
nothing that cannot be listed: every sign has its weight in a text file, and the words that weighed most are shown.
Method: logistic regression (Cox 1958) on binary features; trained by ``tools/train.py`` on our own sentences.
"""
