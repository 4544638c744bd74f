package dev.elbow.coordinator.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of the dashboard, as it is sent. Immutable.
 *
 * @param type its media type
 * @param plain what it holds
 * @param packed the same in gzip
 * @param tag differs where the content does
 */
record DashboardFile(String type, Buffer plain, Buffer packed, String tag) {
  // Nothing but this server, no text that becomes code, and nobody's frame. Pictures of models are
  // made into addresses by
  // the page, which has asked for them with its token.
  private static final String POLICY =
      "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'none'";

  static DashboardFile of(String type, byte[] content) {
    return new DashboardFile(
        type,
        Buffer.buffer(content),
        Buffer.buffer(Gzip.pack(content)),
        "W/\"" + digest(content) + '"');
  }

  private static String digest(byte[] content) {
    try {
      byte[] whole = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(whole, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The answer to a request for it: itself, or that it is what the browser has. */
  Answer to(HttpServerRequest request) {
    boolean known = tag.equals(request.getHeader("If-None-Match"));
    boolean bodiless = request.method().equals(HttpMethod.HEAD);
    boolean zipped = Answer.mayBePacked(request);
    return response -> {
      describe(response);
      if (known) {
        response.setStatusCode(304).end();
      } else {
        send(response, zipped, bodiless);
      }
    };
  }

  // A browser asks each time whether it has changed, which costs next to nothing, and so never
  // mixes two releases.
  private void describe(HttpServerResponse response) {
    response
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cache-Control", "no-cache")
        .putHeader("Vary", "Accept-Encoding")
        .putHeader("ETag", tag);
  }

  private void send(HttpServerResponse response, boolean zipped, boolean bodiless) {
    Buffer body = zipped ? packed : plain;
    response.putHeader("Content-Type", type).putHeader("Content-Length", "" + body.length());
    if (zipped) {
      response.putHeader("Content-Encoding", "gzip");
    }
    if (bodiless) {
      response.end();
    } else {
      response.end(body);
    }
  }
}
