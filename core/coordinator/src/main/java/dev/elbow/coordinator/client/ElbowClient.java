package dev.elbow.coordinator.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.elbow.api.TrialId;
import dev.elbow.coordinator.results.PlainText;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import dev.elbow.coordinator.sweep.Goal;
import dev.elbow.coordinator.sweep.Goal.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Asks a coordinator over HTTP. Thread-safe; every method waits for the answer. What one that
 * stands by cannot do is asked of the active one, and for some seconds again while none is active.
 *
 * <p>Every method throws {@link ClientException} if the coordinator cannot be reached, refuses, or
 * cannot do it now.
 */
public final class ElbowClient {
  /** How long an answer may take: reading the data of a sweep is part of submitting it. */
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(10);

  /** Three times as long as a stream stays silent that has nothing to tell. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

  /** An election takes ten seconds at most, where somebody was killed. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Coordinators coordinators;

  private ElbowClient(Coordinators coordinators) {
    this.coordinators = coordinators;
  }

  /** What a sweep file is written in. */
  public enum Format {
    YAML,
    JSON;

    String mediaType() {
      return "application/" + name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param url of the coordinator, for example {@code http://127.0.0.1:8080}
   * @throws IllegalArgumentException if it is no URL of HTTP or HTTPS
   */
  public static ElbowClient at(URI url) {
    return at(List.of(url));
  }

  /**
   * For several coordinators of one system, of which one is active and the others stand by.
   *
   * @param urls at least one; those that are not among them are found when they are active
   * @throws IllegalArgumentException if one is no URL of HTTP or HTTPS
   */
  public static ElbowClient at(List<URI> urls) {
    return at(urls, Credentials.NONE);
  }

  /** The same with a token, or other trust than Java's own. */
  public static ElbowClient at(List<URI> urls, Credentials credentials) {
    return new ElbowClient(new Coordinators(urls, credentials, PATIENCE));
  }

  /**
   * Adds a sweep; the same sweep again changes nothing.
   *
   * @param file its content
   */
  public SubmittedSweep submit(byte[] file, Format format) throws ClientException {
    HttpRequest.Builder request =
        request("/api/sweeps")
            .header("Content-Type", format.mediaType())
            .POST(BodyPublishers.ofByteArray(file));
    return answer(request, SubmittedSweep.class);
  }

  /** All sweeps, in the order of submission. */
  public List<SweepStatus> sweeps() throws ClientException {
    return answer(request("/api/sweeps").GET(), SweepList.class).sweeps();
  }

  /** How a sweep stands. */
  public SweepStatus sweep(String sweep) throws ClientException {
    return answer(request(path(sweep)).GET(), SweepStatus.class);
  }

  /** Queues no further trials of a sweep. */
  public SweepStatus pause(String sweep) throws ClientException {
    return answer(command(path(sweep) + "/pause"), SweepStatus.class);
  }

  /** Ends a pause. */
  public SweepStatus resume(String sweep) throws ClientException {
    return answer(command(path(sweep) + "/resume"), SweepStatus.class);
  }

  /** Gives up what has not ended of a sweep. */
  public SweepStatus cancel(String sweep) throws ClientException {
    return answer(command(path(sweep) + "/cancel"), SweepStatus.class);
  }

  /** Queues failed and cancelled trials of a sweep again. */
  public SweepStatus retry(String sweep) throws ClientException {
    return answer(command(path(sweep) + "/retry"), SweepStatus.class);
  }

  /** What {@link #delete} would remove. */
  public SweepUsage usage(String sweep) throws ClientException {
    return answer(request(path(sweep) + "/usage").GET(), SweepUsage.class);
  }

  /** Removes a sweep with everything that it has left; its trials that run are stopped. */
  public SweepUsage delete(String sweep) throws ClientException {
    return answer(request(path(sweep)).DELETE(), SweepUsage.class);
  }

  /**
   * What {@link #prune} would remove.
   *
   * @param keep {@code best:N}
   */
  public SweepUsage prunable(String sweep, String keep) throws ClientException {
    return answer(request(path(sweep) + "/usage?keep=" + encoded(keep)).GET(), SweepUsage.class);
  }

  /**
   * Removes the models and pictures of ended trials; what tells of their figures stays.
   *
   * @param keep {@code best:N}: the N best by the sweep's goal keep theirs
   */
  public SweepUsage prune(String sweep, String keep) throws ClientException {
    return answer(command(path(sweep) + "/prune?keep=" + encoded(keep)), SweepUsage.class);
  }

  /** Some trials of a sweep. */
  public TrialPage trials(String sweep, TrialQuery query) throws ClientException {
    return answer(request(path(sweep) + "/trials" + query.text()).GET(), TrialPage.class);
  }

  /** One trial. */
  public TrialStatus trial(TrialId trial) throws ClientException {
    return answer(request(path(trial)).GET(), TrialStatus.class);
  }

  /** Gives up one trial. */
  public TrialStatus cancel(TrialId trial) throws ClientException {
    return answer(command(path(trial) + "/cancel"), TrialStatus.class);
  }

  /** Queues one failed or cancelled trial again. */
  public TrialStatus retry(TrialId trial) throws ClientException {
    return answer(command(path(trial) + "/retry"), TrialStatus.class);
  }

  /** A trial from evaluation to evaluation. */
  public Curve curve(TrialId trial) throws ClientException {
    return answer(request(path(trial) + "/curve").GET(), Curve.class);
  }

  /**
   * A file of a trial, to be closed by the caller.
   *
   * @param name for example {@code vae.onnx}
   */
  public InputStream file(TrialId trial, String name) throws ClientException {
    String path = path(trial) + "/files/" + encoded(name);
    return send(request(path).GET());
  }

  /** The models that were given names, all their versions. */
  public List<RegisteredModel> models() throws ClientException {
    return answer(request("/api/models").GET(), ModelList.class).models();
  }

  /** The workers that are alive. */
  public List<WorkerList.WorkerStatus> workers() throws ClientException {
    return answer(request("/api/workers").GET(), WorkerList.class).workers();
  }

  /** Records of Kafka that the coordinator cannot read. */
  public UnreadableList unreadable() throws ClientException {
    return answer(request("/api/unreadable").GET(), UnreadableList.class);
  }

  /** The plugins that the coordinator has. */
  public List<PluginList.PluginStatus> plugins() throws ClientException {
    return answer(request("/api/plugins").GET(), PluginList.class).plugins();
  }

  /** The trials of a sweep that have ended, by number, as a table of results. */
  public Results results(String sweep) throws ClientException {
    SweepStatus status = sweep(sweep);
    Map<Integer, Row> rows = new TreeMap<>();
    List<String> parameters = List.of();
    int read = 0;
    // By number and whatever their state, so that no trial changes pages meanwhile.
    for (boolean more = true; more; ) {
      TrialPage page = trials(sweep, TrialQuery.from(read));
      page.trials().stream()
          .filter(trial -> ended(trial.state()))
          .map(ElbowClient::row)
          .forEach(row -> rows.put(row.trial(), row));
      parameters = page.parameters();
      read += page.trials().size();
      more = read < page.total() && !page.trials().isEmpty();
    }
    return new Results(sweep, parameters, goal(status.goal()), List.copyOf(rows.values()));
  }

  private static boolean ended(String state) {
    return !state.equals("queued") && !state.equals("running");
  }

  private static Goal goal(SweepStatus.GoalStatus goal) {
    Direction direction = Direction.valueOf(goal.direction().toUpperCase(Locale.ROOT));
    return new Goal(direction, goal.column(), goal.instead());
  }

  private static Row row(TrialStatus trial) {
    Map<String, String> texts = new LinkedHashMap<>();
    trial.parameters().forEach((name, value) -> texts.put(name, PlainText.of(value)));
    return new Row(
        Integer.parseInt(trial.trial()),
        trial.state(),
        trial.attempts(),
        trial.seed(),
        texts,
        trial.figures(),
        trial.failure(),
        trial.message());
  }

  /**
   * What happens from now on, or after a position. A stream that cannot continue from there begins
   * with {@link LiveEvent.Reset}. First comes how the sweeps stand, then what changes.
   *
   * @param sweep only what is about it; all if empty
   * @param after {@link LiveEvents#position} of an earlier stream
   */
  public LiveEvents events(Optional<String> sweep, Optional<String> after) throws ClientException {
    StringJoiner query = new StringJoiner("&", "?", "");
    sweep.ifPresent(name -> query.add("sweep=" + encoded(name)));
    after.ifPresent(position -> query.add("after=" + encoded(position)));
    InputStream stream = send(request("/api/events" + query).GET());
    return new LiveEvents(stream, after.orElse(""), LONGEST_SILENCE);
  }

  private static String path(String sweep) {
    return "/api/sweeps/" + encoded(sweep);
  }

  private static String path(TrialId trial) {
    return path(trial.sweep()) + "/trials/" + trial.folder();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(Coordinators.ANY + path))
        .timeout(LONGEST_ANSWER)
        .header("Accept", "application/json, application/problem+json, */*");
  }

  // With a type that no foreign page may send, without which the coordinator refuses it.
  private HttpRequest.Builder command(String path) {
    return request(path)
        .header("Content-Type", Format.JSON.mediaType())
        .POST(BodyPublishers.ofString("{}"));
  }

  private <T> T answer(HttpRequest.Builder request, Class<T> type) throws ClientException {
    try (InputStream body = send(request)) {
      return AnswerFormat.read(body.readAllBytes(), type);
    } catch (JsonProcessingException e) {
      String text = Coordinators.stranger(coordinators.current(), e.getOriginalMessage());
      throw ClientException.unreachable(text, e);
    } catch (IOException e) {
      throw ClientException.unreachable(Unreachable.text(coordinators.current(), e), e);
    }
  }

  /** The body of an answer that is a success, to be closed by the caller. */
  private InputStream send(HttpRequest.Builder request) throws ClientException {
    return coordinators.send(request.build()).body();
  }
}
