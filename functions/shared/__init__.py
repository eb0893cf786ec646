"""What every function needs: settings, the caller, the database as the caller, one error shape."""
