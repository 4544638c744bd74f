package dev.elbow.trainer;

import dev.elbow.trainer.data.DataShelf;
import dev.elbow.trainer.engine.Engine;
import dev.elbow.trainer.files.TrialFiles;

/** What the slots of a worker share. */
record Workshop(
    Engine engine,
    TrialParts parts,
    DataShelf shelf,
    TrialFolders folders,
    TrialFiles files,
    Reports reports,
    WorkerMetrics metrics) {}
