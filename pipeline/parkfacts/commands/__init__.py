"""What the commands do; ``cli`` holds their options, and imports a command when it is called."""
