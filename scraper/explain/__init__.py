"""An article with its facts marked in place: for a person to see what was read, where, and by which rule."""
