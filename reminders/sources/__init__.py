"""What waits, floor by floor: for each row of the schedule who or what it is about, and by when."""
