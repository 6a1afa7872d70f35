"""What things cost, from list prices."""
