package dev.elbow.coordinator.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where an HTTP port listens, under which names it is known, and who may ask there. Beyond the
 * loopback network a token is always required.
 *
 * @param bind the addresses that are listened at, at least one
 * @param port that is listened at, at each of them; 0 for a free one
 * @param advertised each {@code HOST:PORT} by which others reach it, or {@code https://HOST} where
 *     a proxy ends TLS; the first is told to them. Requests that name another host are refused,
 *     because they come from a page that was told a false address
 * @param tokens what whoever asks must show; empty if everybody on this machine may do all
 * @param identity what is shown to clients; empty for HTTP without TLS
 */
public record Listening(
    List<String> bind,
    int port,
    List<String> advertised,
    Optional<Tokens> tokens,
    Optional<TlsIdentity> identity) {
  private static final Pattern ADVERTISED =
      Pattern.compile(
          "(?<scheme>https?://)?(?<host>\\[[0-9a-fA-F:.]+]|[A-Za-z0-9][A-Za-z0-9._-]*)(?<port>:[1-9][0-9]{0,4})?");

  /**
   * @throws IllegalArgumentException with one line for each problem
   */
  public Listening {
    bind = List.copyOf(bind);
    advertised = List.copyOf(advertised);
    List<String> problems = new ArrayList<>();
    if (port < 0 || port > 65_535) {
      problems.add("port: %d is out of range, expected 0 to 65535".formatted(port));
    }
    if (bind.isEmpty()) {
      problems.add("bind: found no address, expected at least one");
    }
    boolean guarded = tokens.isPresent();
    bind.forEach(address -> check(address, guarded).ifPresent(problems::add));
    advertised.stream()
        .filter(text -> !isAddress(ADVERTISED.matcher(text)))
        .map("advertise: found '%s', expected HOST:PORT or https://HOST"::formatted)
        .forEach(problems::add);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  /** At 127.0.0.1, for everybody on this machine. */
  public static Listening locally(int port) {
    return new Listening(List.of("127.0.0.1"), port, List.of(), Optional.empty(), Optional.empty());
  }

  // A URL has its scheme's port where it names none.
  private static boolean isAddress(Matcher matcher) {
    return matcher.matches() && (matcher.group("scheme") != null || matcher.group("port") != null);
  }

  private static Optional<String> check(String address, boolean guarded) {
    try {
      return isLocal(address) || guarded
          ? Optional.empty()
          : Optional.of(
              "bind: found '%s', expected a loopback address such as 127.0.0.1, or tokens (token-file): others can reach it"
                  .formatted(address));
    } catch (UnknownHostException e) {
      return Optional.of("bind: found '%s', expected a name or address".formatted(address));
    }
  }

  private static boolean isLocal(String address) throws UnknownHostException {
    return Arrays.stream(InetAddress.getAllByName(address))
        .allMatch(InetAddress::isLoopbackAddress);
  }

  /** Whether tokens pass over a network that may be listened to. */
  boolean showsTokens() {
    boolean behindTls = advertised.stream().anyMatch(text -> text.startsWith("https:"));
    return tokens.isPresent()
        && identity.isEmpty()
        && !behindTls
        && !bind.stream().allMatch(Listening::wasLocal);
  }

  private static boolean wasLocal(String address) {
    try {
      return isLocal(address);
    } catch (UnknownHostException e) {
      return false; // a name that has gone since it was checked
    }
  }

  /** Whether an address stands for all of this machine, so that nobody can be told it. */
  public boolean isAnywhere() {
    return bind.stream().anyMatch(address -> address.equals("0.0.0.0") || address.equals("::"));
  }

  /** Where others find it. */
  public String url(int actualPort) {
    String host = bind.get(0);
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    String own = bracketed + ":" + actualPort;
    String scheme = identity.isPresent() ? "https://" : "http://";
    String told = advertised.stream().findFirst().orElse(own);
    return told.contains("://") ? told : scheme + told;
  }

  /** The origins of pages that a proxy serves in our name, as browsers write them. */
  Set<String> origins() {
    return advertised.stream()
        .filter(text -> text.contains("://"))
        .map(text -> text.toLowerCase(Locale.ROOT))
        .map(text -> text.replaceAll("^(https://.*):443$|^(http://.*):80$", "$1$2"))
        .collect(Collectors.toSet());
  }

  /** The host names that requests may name, in lower case and without brackets. */
  Set<String> names() {
    Set<String> names = new HashSet<>(Set.of("localhost"));
    bind.forEach(name -> names.add(plain(name)));
    advertised.stream()
        .map(ADVERTISED::matcher)
        .filter(Matcher::matches)
        .forEach(address -> names.add(plain(address.group("host"))));
    return names;
  }

  /** As names are compared. */
  static String plain(String host) {
    return host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
  }
}
