package dev.elbow.coordinator.http;

import dev.elbow.coordinator.Coordinator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * The HTTP port of a coordinator. Thread-safe.
 *
 * <p>Answers of success are JSON: the records of {@link dev.elbow.coordinator.client}. All others
 * are problems as RFC 9457 has them ({@link dev.elbow.coordinator.client.ProblemDocument}), with
 * the texts of the command line.
 *
 * <table>
 * <caption>What can be asked</caption>
 * <tr><td>{@code POST /api/sweeps}</td><td>adds the sweep of the body (YAML or JSON): 201, 200 if it
 *   is there already, 400 with all problems, 409 if another sweep has its name</td></tr>
 * <tr><td>{@code GET /api/sweeps}, {@code /api/sweeps/{sweep}}</td><td>how sweeps stand</td></tr>
 * <tr><td>{@code POST /api/sweeps/{sweep}/pause|resume|cancel|retry}</td><td>as the commands of these
 *   names; answers how the sweep stands then</td></tr>
 * <tr><td>{@code GET /api/sweeps/{sweep}/usage?keep=best:N}</td><td>which files {@code prune} would
 *   remove, without {@code keep} {@code DELETE}</td></tr>
 * <tr><td>{@code DELETE /api/sweeps/{sweep}}, {@code POST …/prune?keep=best:N}</td><td>removes the
 *   sweep, or the models of all but its best trials; answers which files are gone</td></tr>
 * <tr><td>{@code GET …/trials?sort=&order=asc|desc&state=&limit=&offset=}</td><td>a page of its
 *   trials; {@code state} may come several times</td></tr>
 * <tr><td>{@code GET …/trials/{trial}}, {@code …/curve}, {@code …/latents}, {@code
 *   …/rate-distortion}, {@code …/files/{file}} </td><td>one trial, its curve, its latent dimensions,
 *   its curve over the weights of the KL term, its files</td></tr>
 * <tr><td>{@code GET …/trials/{trial}/images}</td><td>the test images that its pictures show</td></tr>
 * <tr><td>{@code POST …/trials/{trial}/cancel|retry}</td><td>409 if its state does not allow it
 *   </td></tr>
 * <tr><td>{@code POST …/trials/{trial}/encode|decode|reconstruct|sample|traverse}</td><td>asks the
 *   exported model of a trial: JSON of {@link dev.elbow.coordinator.client.ModelAnswer}, or a
 *   picture where {@code image/png} is accepted</td></tr>
 * <tr><td>{@code GET /api/models}, {@code …/{model}}, {@code …/{version}}, {@code …/files/{file}}
 *   </td><td>models that were given names, their versions and files; {@code POST
 *   …/{version}/sample} and so on asks them as those of trials</td></tr>
 * <tr><td>{@code GET /api/events?after=&sweep=}</td><td>server-sent events: {@code open} or {@code
 *   reset}, then {@code sweep}, {@code trial}, {@code evaluation}, {@code deleted}</td></tr>
 * <tr><td>{@code POST /api/validate}</td><td>what would come of a sweep file: its problems, or what it
 *   would train</td></tr>
 * <tr><td>{@code GET /api/examples}</td><td>sweep files to start from</td></tr>
 * <tr><td>{@code GET /api/plugins}, {@code /api/workers}</td><td>what is installed, who is there
 *   </td></tr>
 * <tr><td>{@code GET /api/unreadable}</td><td>records of Kafka that could not be read</td></tr>
 * <tr><td>{@code GET …/columns}</td><td>all of its trials, by the column</td></tr>
 * <tr><td>{@code GET /openapi.yaml}</td><td>all of this, exactly</td></tr>
 * <tr><td>{@code GET /}, {@code /dashboard/…}</td><td>the dashboard, for browsers; needs no token
 *   </td></tr>
 * <tr><td>{@code GET /health/live}, {@code /health/ready}, {@code /metrics}</td><td>for machines
 *   </td></tr>
 * </table>
 *
 * <p>A POST needs a content type of YAML or JSON even where it has no body, because a foreign page
 * cannot send one.
 */
public final class HttpApi {
  private final Vertx vertx;
  private final String deployment;
  private final int port;

  private HttpApi(Vertx vertx, String deployment, int port) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.port = port;
  }

  /**
   * Listens.
   *
   * @param coordinator that is asked; not closed
   * @return fails if the port is taken
   */
  public static Future<HttpApi> start(Vertx vertx, Coordinator coordinator, HttpSettings settings) {
    HttpEndpoint endpoint = new HttpEndpoint(coordinator, settings);
    return vertx
        .deployVerticle(endpoint)
        .map(deployment -> new HttpApi(vertx, deployment, endpoint.port()));
  }

  /** The port that is listened at. */
  public int port() {
    return port;
  }

  /** Ends every stream and connection. */
  public Future<Void> close() {
    return vertx.deploymentIDs().contains(deployment)
        ? vertx.undeploy(deployment)
        : Future.succeededFuture();
  }
}
