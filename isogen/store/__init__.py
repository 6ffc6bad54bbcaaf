"""Objects, manifests, journals and marks on disk."""
