"""The floor: a plain Django project that does the same four actions and nothing else."""
