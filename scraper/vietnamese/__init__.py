"""What is known of Vietnamese, as a library of its own: pure, with data tables, knowing no portal and no storage."""
