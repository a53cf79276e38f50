"""What changes choices and services. Each module one subject; everything goes through `maak`, `wijzig`, `voer_uit`."""
