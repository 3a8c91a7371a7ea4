#!/usr/bin/env python3
"""Makes projection.safetensors from scikit-learn's t-SNE and from umap-learn.

    pip install scikit-learn umap-learn safetensors && python make_projection_goldens.py
"""
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from sklearn.manifold import trustworthiness
from sklearn.manifold._t_sne import _joint_probabilities_nn
from sklearn.neighbors import NearestNeighbors
from umap.umap_ import find_ab_params, fuzzy_simplicial_set

PERPLEXITY = 5.0
NEIGHBOURS = 15

rng = np.random.default_rng(4)
centres = rng.normal(size=(4, 10))
rows = (centres[rng.integers(0, 4, 120)] + 0.6 * rng.normal(size=(120, 10))).astype(np.float32)
rows[7] = rows[3]  # A duplicate.
nearest = NearestNeighbors(n_neighbors=NEIGHBOURS).fit(rows)
squared = nearest.kneighbors_graph(mode="distance")
squared.data **= 2
joint = _joint_probabilities_nn(squared, PERPLEXITY, 0).toarray()
distances, indices = nearest.kneighbors(rows, n_neighbors=NEIGHBOURS + 1)
for i in range(len(rows)):  # The point itself comes first, also before its duplicate.
    own = np.flatnonzero(indices[i] == i)[0]
    indices[i, [0, own]] = indices[i, [own, 0]]
memberships, _, _ = fuzzy_simplicial_set(
    rows, NEIGHBOURS + 1, np.random.RandomState(0), "euclidean",
    knn_indices=indices, knn_dists=distances.astype(np.float32))
curves = np.array([[d, *find_ab_params(1.0, d)] for d in [0.0, 0.1, 0.5, 0.9]])
goldens = {
    "rows": rows, "joint": joint.astype(np.float32), "memberships": memberships.toarray().astype(np.float32),
    "curves": curves, "trustworthiness": np.array([trustworthiness(rows, rows[:, :2], n_neighbors=NEIGHBOURS)]),
}
save_file({k: np.ascontiguousarray(v) for k, v in goldens.items()}, Path(__file__).parent / "projection.safetensors")
