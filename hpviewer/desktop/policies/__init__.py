"""Questions to the policy documents of the catalogue, and the documents themselves."""
