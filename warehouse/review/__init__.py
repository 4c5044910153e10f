"""Facts before a person's eyes: samples that tell how often they are right."""
