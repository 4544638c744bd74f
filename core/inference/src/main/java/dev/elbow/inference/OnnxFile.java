package dev.elbow.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * One exported file, open in ONNX Runtime: some arrays of examples in, some out. Thread-safe;
 * closing waits for calls that are running.
 */
final class OnnxFile implements AutoCloseable {
  /** Larger inputs run in pieces of this many examples, which bounds the memory of a call. */
  static final int LARGEST_BATCH = 256;

  /** Inputs that a file has if its network is told more than an image or a code. */
  static final List<String> CONDITIONS = List.of("label", "beta");

  private final OrtSession session;
  private final List<Port> inputs;
  private final List<Port> outputs;
  private final Deque<Binding> idle = new ConcurrentLinkedDeque<>();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private OnnxFile(OrtSession session, List<Port> inputs, List<Port> outputs) {
    this.session = session;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * Opens a file that takes {@code inputs}, what may be told of each example, and gives {@code
   * outputs}, in the order in which {@link #run} has them.
   *
   * @throws ModelException if it is anything else
   */
  static OnnxFile open(Path file, List<String> inputs, List<String> outputs, int threads)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new ModelException(file + ": no such file, expected an exported model");
    }
    OrtSession session = session(file, threads);
    try {
      List<Port> in =
          ports(file, "inputs", session.getInputInfo(), withConditions(session, inputs));
      List<Port> out = ports(file, "outputs", session.getOutputInfo(), outputs);
      requireOneBatch(file, in, out);
      return new OnnxFile(session, in, out);
    } catch (OrtException | ModelException e) {
      close(session);
      throw e instanceof ModelException known ? known : unreadable(file, (OrtException) e);
    }
  }

  private static List<String> withConditions(OrtSession session, List<String> inputs) {
    Stream<String> told = CONDITIONS.stream().filter(session.getInputNames()::contains);
    return Stream.concat(inputs.stream(), told).toList();
  }

  private static OrtSession session(Path file, int threads) throws IOException {
    OrtEnvironment environment = NativeRuntime.environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      // ONNX Runtime opens files of the machine only; other file systems are read here.
      return file.getFileSystem() == FileSystems.getDefault()
          ? environment.createSession(file.toString(), options)
          : environment.createSession(content(file), options);
    } catch (OrtException e) {
      throw unreadable(file, e);
    }
  }

  // A channel, as Files.readAllBytes opens it, makes some file systems write the file again.
  private static byte[] content(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readAllBytes();
    }
  }

  private static ModelException unreadable(Path file, OrtException cause) {
    return new ModelException(
        "%s: ONNX Runtime cannot read it; truncated, or no ONNX file: %s"
            .formatted(file, cause.getMessage()),
        cause);
  }

  private static List<Port> ports(
      Path file, String what, Map<String, NodeInfo> found, List<String> expected)
      throws ModelException {
    if (found.size() != expected.size() || !found.keySet().containsAll(expected)) {
      throw new ModelException(
          "%s: its %s are %s, expected %s".formatted(file, what, found.keySet(), expected));
    }
    List<Port> ports = new ArrayList<>();
    for (String name : expected) {
      ports.add(Port.of(file, found.get(name)));
    }
    return List.copyOf(ports);
  }

  private static void requireOneBatch(Path file, List<Port> in, List<Port> out)
      throws ModelException {
    List<Integer> batches = Stream.concat(in.stream(), out.stream()).map(Port::batch).toList();
    if (Set.copyOf(batches).size() > 1) {
      throw new ModelException(
          "%s: its inputs and outputs take batches of %s (0: any), expected one"
              .formatted(file, batches));
    }
  }

  Port input(int index) {
    return inputs.get(index);
  }

  /** The inputs behind the first {@code known}. */
  List<Port> inputsFrom(int known) {
    return inputs.subList(known, inputs.size());
  }

  Port output(int index) {
    return outputs.get(index);
  }

  /** What the exporter wrote beside the graph, by key. */
  Map<String, String> metadata() {
    try {
      return Collections.unmodifiableMap(new TreeMap<>(session.getMetadata().getCustomMetadata()));
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }
  }

  /**
   * The outputs for {@code batch} examples.
   *
   * @param values for each input, that many examples
   * @throws IllegalStateException if it is closed
   */
  float[][] run(int batch, float[]... values) {
    float[][] results = new float[outputs.size()][];
    for (int i = 0; i < results.length; i++) {
      results[i] = new float[Math.multiplyExact(outputs.get(i).size(), batch)];
    }
    lock.readLock().lock();
    try {
      int piece = piece();
      for (int first = 0; first < batch; first += piece) {
        runPiece(Math.min(piece, batch - first), values, results, first);
      }
    } finally {
      lock.readLock().unlock();
    }
    return results;
  }

  // A file that takes one batch alone is given that, of which some may be of no interest.
  private int piece() {
    int fixed = inputs.get(0).batch();
    return fixed == 0 ? LARGEST_BATCH : fixed;
  }

  private void runPiece(int count, float[][] values, float[][] results, int first) {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    try {
      int fixed = inputs.get(0).batch();
      Binding binding = binding(fixed == 0 ? count : fixed);
      try {
        binding.run(session, values, results, first, count);
      } finally {
        idle.push(binding);
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }
  }

  private Binding binding(int batch) throws OrtException {
    Binding latest = idle.poll();
    if (latest != null && latest.batch() == batch) {
      return latest;
    }
    Binding other = latest == null ? null : another(batch);
    if (latest != null) {
      idle.push(latest);
    }
    return other != null ? other : made(batch);
  }

  // The last piece of a large input is smaller than the others, and comes again with the next.
  private Binding another(int batch) {
    for (Binding each : idle) {
      if (each.batch() == batch && idle.removeFirstOccurrence(each)) {
        return each;
      }
    }
    return null;
  }

  /** A new one, in place of the one that nobody used for longest where several are idle. */
  private Binding made(int batch) throws OrtException {
    Binding oldest = idle.size() > 1 ? idle.pollLast() : null;
    if (oldest != null) {
      oldest.close();
    }
    return new Binding(NativeRuntime.environment(), inputs, outputs, batch);
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        idle.forEach(Binding::close);
        close(session);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }
  }
}
