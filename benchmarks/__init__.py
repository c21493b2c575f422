"""How fast the product is, beside the least a Django product can do: `make bench`."""
