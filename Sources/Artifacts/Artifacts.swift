// The Artifacts module.
