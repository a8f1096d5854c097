"""Weights proposed by method: by rank, by pairs, by the data alone, by what came after."""
