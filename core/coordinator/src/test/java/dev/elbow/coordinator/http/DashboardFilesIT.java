package dev.elbow.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class DashboardFilesIT extends HttpFixture {
  private static final Map<String, String> TYPES =
      Map.of(
          "/", "text/html",
          "/dashboard/style.css", "text/css",
          "/dashboard/app.js", "text/javascript",
          "/dashboard/pages/sweep.js", "text/javascript",
          "/dashboard/lib/echarts.js", "text/javascript",
          "/dashboard/icon.svg", "image/svg+xml");

  private static final List<String> ELSEWHERE =
      List.of(
          "/dashboard",
          "/dashboard/",
          "/dashboard/none.js",
          "/dashboard/pages",
          "/dashboard/lib/LICENSE",
          "/dashboard/../Dashboard.class",
          "/dashboard/%2e%2e/Dashboard.class",
          "/dashboard/..%2fDashboard.class",
          "/dashboard/%5c..%5cDashboard.class");

  private final HttpClient http = HttpClient.newHttpClient();

  private HttpResponse<byte[]> ask(String method, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void servesThePageAndAllThatItLoadsAndAllowsItNothingElse() throws Exception {
    for (Map.Entry<String, String> file : TYPES.entrySet()) {
      HttpResponse<byte[]> response = ask("GET", file.getKey());
      assertEquals(200, response.statusCode(), file.getKey());
      assertEquals(file.getValue(), header(response, "Content-Type").split(";")[0]);
      assertEquals("nosniff", header(response, "X-Content-Type-Options"));
      assertEquals("no-referrer", header(response, "Referrer-Policy"));
      String policy = header(response, "Content-Security-Policy");
      assertTrue(policy.startsWith("default-src 'self';"), policy);
      assertTrue(policy.contains("frame-ancestors 'none'"), policy);
      assertFalse(policy.contains("unsafe") || policy.contains("http"), policy);
    }
  }

  @Test
  void servesNothingElseAndCanOnlyBeRead() throws Exception {
    for (String path : ELSEWHERE) {
      HttpResponse<byte[]> response = ask("GET", path);
      assertEquals(404, response.statusCode(), path);
      assertEquals("application/problem+json", header(response, "Content-Type"), path);
    }
    assertEquals(
        405, ask("POST", "/dashboard/app.js", "Content-Type", "application/json").statusCode());
    assertEquals(405, ask("DELETE", "/").statusCode());
  }

  @Test
  void sendsNoMoreThanIsNeeded() throws Exception {
    HttpResponse<byte[]> whole = ask("GET", "/dashboard/lib/echarts.js");
    String tag = header(whole, "ETag");
    HttpResponse<byte[]> again = ask("GET", "/dashboard/lib/echarts.js", "If-None-Match", tag);
    assertEquals(304, again.statusCode());
    assertEquals(0, again.body().length);
    assertEquals("no-cache", header(again, "Cache-Control"));
    assertEquals(200, ask("GET", "/dashboard/app.js", "If-None-Match", tag).statusCode());
    HttpResponse<byte[]> head = ask("HEAD", "/dashboard/lib/echarts.js");
    assertEquals(200, head.statusCode());
    assertEquals(0, head.body().length);
    assertEquals(header(whole, "Content-Length"), header(head, "Content-Length"));
    assertPacked(whole.body());
  }

  private void assertPacked(byte[] plain) throws Exception {
    HttpResponse<byte[]> packed =
        ask("GET", "/dashboard/lib/echarts.js", "Accept-Encoding", "br, gzip");
    assertEquals("gzip", header(packed, "Content-Encoding"));
    assertTrue(packed.body().length < plain.length / 2, () -> packed.body().length + " bytes");
    try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertArrayEquals(plain, unpacked.readAllBytes());
    }
  }
}
