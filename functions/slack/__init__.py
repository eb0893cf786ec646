"""What people do in Slack, and comes back to us."""
