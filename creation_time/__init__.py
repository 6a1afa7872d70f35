"""How long a stack takes to create and delete, on paper: from its template's own graph."""
