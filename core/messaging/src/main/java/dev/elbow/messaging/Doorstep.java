package dev.elbow.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Finds out whether a broker demands TLS or a password. It hangs up in silence on a client that
 * brings the wrong one, and Kafka's client takes that for a broker that is away: people would wait
 * a minute and read that nobody answered.
 */
final class Doorstep {
  private static final int PATIENCE_MILLIS = 2000;
  private static final short SASL_HANDSHAKE = 17;
  private static final short VERSION = 1;
  private static final short UNSUPPORTED_MECHANISM = 33;
  private static final short NO_SASL_HERE = 34;
  private static final String NO_MECHANISM = "none";
  private static final int LARGEST_ANSWER = 1 << 16;

  private Doorstep() {}

  /**
   * What a broker demands of its clients.
   *
   * @param mechanisms of SASL; empty where it asks for none
   */
  private record Demand(boolean tls, List<String> mechanisms) {
    String protocol() {
      String transport = tls ? "SSL" : "PLAINTEXT";
      return mechanisms.isEmpty() ? transport : "SASL_" + transport;
    }
  }

  /** What is wrong with the settings' security, if a broker can be reached and demands another. */
  static Optional<String> mismatch(KafkaSettings settings) {
    String brought = settings.properties().getOrDefault("security.protocol", "PLAINTEXT");
    return Stream.of(settings.bootstrapServers().split(","))
        .flatMap(server -> demand(server).stream())
        .findFirst()
        .filter(demand -> !demand.protocol().equals(brought))
        .map(demand -> sentence(brought, demand));
  }

  private static String sentence(String brought, Demand demand) {
    String mechanisms =
        demand.mechanisms().isEmpty()
            ? ""
            : " with a sasl.mechanism of " + String.join(", ", demand.mechanisms());
    return "found security.protocol=%s, expected %s%s"
        .formatted(brought, demand.protocol(), mechanisms);
  }

  private static Optional<Demand> demand(String server) {
    int colon = server.lastIndexOf(':');
    InetSocketAddress address =
        new InetSocketAddress(
            server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)));
    Optional<Demand> plain = demand(address, false);
    return plain.isPresent() ? plain : demand(address, true);
  }

  private static Optional<Demand> demand(InetSocketAddress address, boolean tls) {
    try (Socket socket = new Socket()) {
      socket.connect(address, PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return tls ? behindTls(socket, address) : mechanisms(socket).map(m -> new Demand(false, m));
    } catch (IOException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Optional<Demand> behindTls(Socket socket, InetSocketAddress address)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anyone()}, null);
    try (SSLSocket secured =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(socket, address.getHostString(), address.getPort(), true)) {
      secured.startHandshake();
      return mechanisms(secured).map(found -> new Demand(true, found));
    }
  }

  /** The mechanisms that a broker names when it is asked for one that there is not. */
  private static Optional<List<String>> mechanisms(Socket socket) throws IOException {
    byte[] none = NO_MECHANISM.getBytes(UTF_8);
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(12 + none.length);
    out.writeShort(SASL_HANDSHAKE);
    out.writeShort(VERSION);
    out.writeInt(0); // correlation
    out.writeShort(-1); // no name of this client
    out.writeShort(none.length);
    out.write(none);
    out.flush();
    return answer(new DataInputStream(socket.getInputStream()));
  }

  private static Optional<List<String>> answer(DataInputStream in) throws IOException {
    int size = in.readInt();
    if (size < 10 || size > LARGEST_ANSWER || in.readInt() != 0) {
      return Optional.empty();
    }
    short error = in.readShort();
    if (error == NO_SASL_HERE) {
      return Optional.of(List.of());
    }
    return error == UNSUPPORTED_MECHANISM ? Optional.of(names(in)) : Optional.empty();
  }

  private static List<String> names(DataInputStream in) throws IOException {
    List<String> names = new ArrayList<>();
    for (int left = Math.min(in.readInt(), 100); left > 0; left--) {
      byte[] name = new byte[Math.max(0, in.readShort())];
      in.readFully(name);
      names.add(new String(name, UTF_8));
    }
    return names;
  }

  /** Nothing secret is said through this connection, so whoever answers may be trusted. */
  private static final class Anyone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
