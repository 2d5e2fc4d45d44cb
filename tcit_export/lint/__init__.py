"""Document + Library -> diagnostics. One file a check."""
