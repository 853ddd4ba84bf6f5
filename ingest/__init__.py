"""Files of departments to typed records of the register."""
