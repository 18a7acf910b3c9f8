"""How well names are found, beside jieba, rjieba and LAC, in one run."""
