"""The guest's portal: from the link in a message to a request that is being seen to."""
