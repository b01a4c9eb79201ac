// The Running module.
