"""What changes a case. Each module one subject; everything goes through `maak`, `wijzig` and `voer_uit`."""
