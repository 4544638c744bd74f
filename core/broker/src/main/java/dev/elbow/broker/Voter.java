package dev.elbow.broker;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One node of a cluster of brokers, as all nodes know it.
 *
 * @param nodeId from 1, unique in the cluster
 * @param host the name or address under which the other nodes and the clients reach it
 * @param controllerPort at which it talks to the other nodes
 */
public record Voter(int nodeId, String host, int controllerPort) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})@(.+):([0-9]{1,5})");

  public Voter {
    requireNonNull(host, "host is null");
  }

  /**
   * Reads {@code 1@H:P,2@H:P,…}.
   *
   * @throws BrokerException that names every entry that is not of this form
   */
  public static List<Voter> parse(String text) {
    List<Voter> voters = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (String entry : text.split(",", -1)) {
      Matcher matcher = FORM.matcher(entry.strip());
      if (matcher.matches()) {
        voters.add(of(matcher));
      } else {
        wrong.add("voters: found '%s', expected NODE@HOST:PORT".formatted(entry.strip()));
      }
    }
    if (!wrong.isEmpty()) {
      throw new BrokerException(wrong);
    }
    return List.copyOf(voters);
  }

  private static Voter of(Matcher matcher) {
    return new Voter(
        Integer.parseInt(matcher.group(1)), matcher.group(2), Integer.parseInt(matcher.group(3)));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return nodeId + "@" + host + ":" + controllerPort;
  }
}
