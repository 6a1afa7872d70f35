"""What is known of each environment: its record, how records change, where they are kept."""
