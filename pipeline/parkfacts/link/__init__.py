"""What it means: the time line, indicators, companies with their aliases and roles, milestones."""
