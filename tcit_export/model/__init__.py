"""The document model: nodes, walks over them, and the options of an output."""
