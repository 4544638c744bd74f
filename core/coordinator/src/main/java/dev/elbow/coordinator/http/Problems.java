package dev.elbow.coordinator.http;

import dev.elbow.coordinator.NotActiveException;
import dev.elbow.coordinator.UnknownSweepException;
import dev.elbow.coordinator.UnknownTrialException;
import dev.elbow.coordinator.client.AnswerFormat;
import dev.elbow.coordinator.client.ProblemDocument;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers that are no success. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /** What the router ends with where no route fits. */
  private static final List<Integer> STATUSES = List.of(400, 404, 405, 500);

  private Problems() {}

  /** Makes a problem of whatever {@code router} fails with; to be called before it has routes. */
  static void answerAll(Router router) {
    router.route().failureHandler(failed -> answer(failed, status(failed)));
    STATUSES.forEach(status -> router.errorHandler(status, failed -> answer(failed, status)));
  }

  private static int status(RoutingContext failed) {
    if (failed.failure() instanceof HttpException known) {
      return known.getStatusCode();
    }
    return failed.statusCode() < 400 ? 500 : failed.statusCode();
  }

  private static void answer(RoutingContext failed, int status) {
    if (failed.response().closed() || failed.failure() instanceof HttpClosedException) {
      return;
    }
    if (failed.response().headWritten()) {
      failed.request().connection().close();
      return;
    }
    if (status == 413) {
      // The rest of a body that is too large is not worth reading.
      failed.response().putHeader("Connection", "close");
    }
    write(failed.response(), problem(failed, status));
  }

  private static ProblemDocument problem(RoutingContext failed, int status) {
    Throwable cause = failed.failure();
    if (cause instanceof Refusal refusal) {
      return refusal.problem();
    }
    if (cause instanceof UnknownSweepException || cause instanceof UnknownTrialException) {
      return Refusal.unknown(cause.getMessage()).problem();
    }
    if (cause instanceof NotActiveException other) {
      return Refusal.notActive(other).problem();
    }
    return status == 500 ? unforeseen(failed, cause) : plain(status, detail(failed, status));
  }

  // What went wrong inside is for the log; the number leads from one to the other.
  private static ProblemDocument unforeseen(RoutingContext failed, Throwable cause) {
    String number = UUID.randomUUID().toString().substring(0, 8);
    String what = failed.request().method() + " " + failed.request().path();
    LOG.error("{} failed ({})", what, number, cause);
    return plain(500, "something went wrong; the coordinator's log tells it under " + number);
  }

  private static String detail(RoutingContext failed, int status) {
    return switch (status) {
      case 404 -> "there is nothing at " + failed.request().path();
      case 405 ->
          "%s is not possible at %s".formatted(failed.request().method(), failed.request().path());
      case 413 ->
          "the body is too large, expected at most %,d bytes"
              .formatted(HttpLimits.LARGEST_BODY_BYTES);
      default -> title(status);
    };
  }

  private static ProblemDocument plain(int status, String detail) {
    return ProblemDocument.of(status, "about:blank", title(status), detail);
  }

  static String title(int status) {
    return HttpResponseStatus.valueOf(status).reasonPhrase();
  }

  /** Answers what is no request at all. */
  static void invalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    int status = 400;
    if (cause instanceof TooLongHttpLineException) {
      status = 414;
    } else if (cause instanceof TooLongHttpHeaderException) {
      status = 431;
    }
    request.response().putHeader("Connection", "close");
    write(request.response(), plain(status, title(status)));
    request.connection().close();
  }

  private static void write(HttpServerResponse response, ProblemDocument problem) {
    Guard.secure(response);
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", "application/problem+json")
        .end(Buffer.buffer(AnswerFormat.write(problem)));
  }
}
