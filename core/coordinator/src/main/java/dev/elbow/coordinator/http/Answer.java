package dev.elbow.coordinator.http;

import dev.elbow.coordinator.client.AnswerFormat;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** An answer of success. */
interface Answer {
  /** Sends it whole, with its headers; called on the event loop of the request. */
  void send(HttpServerResponse response);

  /** It is not sent after all. */
  default void drop() {}

  /**
   * 200 with a record of {@link dev.elbow.coordinator.client}. Written at once, which may cost more
   * than an event loop should give.
   */
  static Answer of(Object document) {
    byte[] json = AnswerFormat.write(document);
    return response ->
        response.putHeader("Content-Type", "application/json").end(Buffer.buffer(json));
  }

  /** Whether whoever asks reads gzip. */
  static boolean mayBePacked(HttpServerRequest request) {
    String accepted = request.getHeader("Accept-Encoding");
    return accepted != null && accepted.contains("gzip");
  }

  /**
   * The same as {@link #of(Object)} for a record of megabytes.
   *
   * @param packed whether it is sent in gzip
   */
  static Answer large(Object document, boolean packed) {
    if (!packed) {
      return of(document);
    }
    byte[] json = Gzip.pack(AnswerFormat.write(document));
    return response ->
        response
            .putHeader("Content-Type", "application/json")
            .putHeader("Content-Encoding", "gzip")
            .end(Buffer.buffer(json));
  }

  /** The same with another status. */
  static Answer of(int status, Object document) {
    Answer answer = of(document);
    return response -> answer.send(response.setStatusCode(status));
  }

  /** 201 with where it is found from now on. */
  static Answer created(String location, Object document) {
    Answer answer = of(201, document);
    return response -> answer.send(response.putHeader("Location", location));
  }

  /** A handler that answers what {@code question} comes to, whichever thread that happens on. */
  static Handler<RoutingContext> to(Function<RoutingContext, Future<Answer>> question) {
    return asked -> {
      Context loop = Vertx.currentContext();
      HttpFigures.found(asked);
      question.apply(asked).onComplete(done -> loop.runOnContext(now -> finish(asked, done)));
    };
  }

  private static void finish(RoutingContext asked, AsyncResult<Answer> done) {
    boolean gone = asked.response().closed() || asked.response().ended();
    if (done.failed() && !gone) {
      asked.fail(done.cause());
    } else if (done.succeeded() && gone) {
      done.result().drop();
    } else if (done.succeeded()) {
      done.result().send(asked.response());
    }
  }
}
