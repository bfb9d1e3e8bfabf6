"""What may be done on the way of a client. Each function is one act, keyword-only and atomic."""
