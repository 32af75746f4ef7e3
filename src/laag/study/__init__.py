"""The what-if bench: streets to study, policies to compare, pictures of what came out."""
