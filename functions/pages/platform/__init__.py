"""The platform's own pages: which hotels there are, on which plan, and how their kiosks are."""
