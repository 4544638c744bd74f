package dev.elbow.coordinator.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connection on which a test says what no decent client would. */
final class Wire implements AutoCloseable {
  private final Socket socket = new Socket();
  private final BufferedReader answers;

  Wire(int port) throws IOException {
    this("127.0.0.1", port);
  }

  Wire(String host, int port) throws IOException {
    socket.setReceiveBufferSize(8 << 10);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(host, port));
    answers =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  /** Every character is a byte. */
  Wire say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** The next line; null where the other side has closed or cut the connection. */
  String line() {
    try {
      return answers.readLine();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the connection is open and nothing is said", e);
    } catch (IOException e) {
      return null;
    }
  }

  /** The status of the answer. */
  int status() {
    String line = line();
    return line == null ? 0 : Integer.parseInt(line.split(" ")[1]);
  }

  /** Whether the other side ends the connection before it says anything more. */
  boolean ends() {
    return line() == null;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
