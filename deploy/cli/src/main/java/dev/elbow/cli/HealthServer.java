package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves {@code /metrics}, {@code /health/live} and {@code /health/ready} of a worker. */
final class HealthServer implements AutoCloseable {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";
  // Scrapes are rare and short; one that hangs leaves room for another.
  private static final int THREADS = 2;

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, HealthServer::daemon);
  private final PrometheusMeterRegistry metrics;
  private volatile boolean ready;

  private HealthServer(HttpServer server, PrometheusMeterRegistry metrics) {
    this.server = server;
    this.metrics = metrics;
  }

  /**
   * Listens; not ready yet.
   *
   * @param port 0 for a free one
   * @throws CommandException if the port cannot be listened at
   */
  static HealthServer start(String host, int port, PrometheusMeterRegistry metrics)
      throws CommandException {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
      HealthServer health = new HealthServer(HttpServer.create(address, 0), metrics);
      health.listen();
      return health;
    } catch (IOException e) {
      throw CommandException.system(
          "--metrics-port %s:%d: %s, expected a port that is free"
              .formatted(host, port, e.getMessage()),
          e);
    } catch (IllegalArgumentException e) {
      throw CommandException.badInput(
          List.of("--metrics-port: %d is out of range, expected 0 to 65535".formatted(port)));
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "health");
    thread.setDaemon(true);
    return thread;
  }

  private void listen() {
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, 404, TEXT, "not here\n"));
    server.createContext("/metrics", this::metrics);
    server.createContext("/health/live", exchange -> health(exchange, 200, "live"));
    server.createContext("/health/ready", this::ready);
    server.start();
  }

  private void metrics(HttpExchange exchange) throws IOException {
    String type = "text/plain; version=0.0.4; charset=utf-8";
    answer(exchange, 200, type, metrics.scrape());
  }

  private void ready(HttpExchange exchange) throws IOException {
    health(exchange, ready ? 200 : 503, ready ? "ready" : "not ready");
  }

  private static void health(HttpExchange exchange, int status, String word) throws IOException {
    answer(exchange, status, JSON, "{\"status\":\"%s\"}%n".formatted(word));
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Says from now on whether there is any use in asking for work. */
  void ready(boolean now) {
    ready = now;
  }

  /** Where it is found: {@code http://127.0.0.1:40123}. */
  String url() {
    InetSocketAddress address = server.getAddress();
    return "http://%s:%d".formatted(address.getHostString(), address.getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
