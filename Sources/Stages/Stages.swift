// The Stages module.
