package dev.elbow.trainer;

import dev.elbow.api.TrialId;
import dev.elbow.trainer.data.DataShelf;
import dev.elbow.trainer.engine.Engine;
import dev.elbow.trainer.files.TrialFiles;
import dev.elbow.trainer.scoring.Scorer;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What the slots of a worker share.
 *
 * @param checkpoint how long a trial trains inside an epoch without a checkpoint
 * @param afterwards is told of a trial that has left its slot
 */
record Workshop(
    Engine engine,
    TrialParts parts,
    DataShelf shelf,
    TrialFolders folders,
    TrialFiles files,
    Scorer scorer,
    Reports reports,
    WorkerMetrics metrics,
    Duration checkpoint,
    Consumer<TrialId> afterwards) {}
