package dev.elbow.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.testkit.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes on a Kafka that demands TLS and a password, and grants what was asked for alone. */
class SecuredIT {
  private static final String PLAIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\"";
  private static final String SCRAM =
      "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";";
  private static final Pattern GRANT =
      Pattern.compile(
          "kafka-acls\\.sh --add --allow-principal User:NAME --(topic|group) (\\S+?)((?: --operation \\w+)+)");

  @TempDir Path folder;
  private SelfSigned key;
  private String kafka;

  @Test
  void aSweepIsTrainedWithTheRightsThatWereNamedAtOnceAndNoMore() throws Exception {
    TinyImages.write(folder.resolve("data"));
    TinySweep.named("secured").with("seeds", "[1]").write(folder);
    key = SelfSigned.make(folder, "broker", "EC");
    Files.writeString(folder.resolve("broker.pem"), key.certificate());
    file("broker", brokerProperties());
    file("admin", login("PLAIN", PLAIN.formatted("admin", password("admin")) + ";"));
    file(
        "coordinator",
        login("PLAIN", PLAIN.formatted("coordinator", password("coordinator")) + ";"));
    file("worker", login("SCRAM-SHA-512", SCRAM.formatted("worker", password("worker"))));
    try (ElbowProcess broker =
        start("broker", "--home", "b", "--port", "0", "--kafka-config", "broker.properties")) {
      kafka = printed(broker, "Kafka at (\\S+)");
      try (Admin admin = Admin.create(clients("admin"))) {
        enrol(admin);
        ElbowProcess.Ended made = elbow("topics", "--create", "admin").await();
        assertEquals(0, made.exitCode(), made::toString);
        grantWhatTheyAskFor(admin);
      }
      train();
      ends(broker);
    }
  }

  private void grantWhatTheyAskFor(Admin admin) throws Exception {
    try (ElbowProcess coordinator = coordinator();
        ElbowProcess worker = worker()) {
      grant(admin, "coordinator", coordinator.await());
      grant(admin, "worker", worker.await());
    }
  }

  private void train() throws Exception {
    try (ElbowProcess coordinator = coordinator();
        ElbowProcess worker = worker()) {
      String url = printed(coordinator, "Coordinator at (\\S+)");
      ElbowProcess.Ended waited =
          ElbowProcess.run(folder, "submit", "sweep.yaml", "--wait", "--url", url);
      assertEquals(0, waited.exitCode(), () -> waited + coordinator.err() + worker.err());
      assertTrue(Files.isRegularFile(folder.resolve("sweeps/secured/trials/0002/vae.onnx")));
      ends(worker);
      ends(coordinator);
    }
  }

  private ElbowProcess coordinator() throws IOException {
    return elbow(
        "coordinator", "--port", "0", "--results", "sweeps", "--data", "data", "coordinator");
  }

  private ElbowProcess worker() throws IOException {
    return elbow("worker", "--slots", "1", "--results", "sweeps", "--data", "data", "worker");
  }

  /**
   * Starts the command with a HOME and as a user of Kafka's that both have the name of the last.
   */
  private ElbowProcess elbow(String... arguments) throws IOException {
    String user = arguments[arguments.length - 1];
    List<String> all = new ArrayList<>(List.of(arguments).subList(0, arguments.length - 1));
    all.addAll(List.of("--home", user, "--kafka", kafka));
    all.addAll(List.of("--kafka-config", user + ".properties"));
    return start(all.toArray(String[]::new));
  }

  private ElbowProcess start(String... arguments) throws IOException {
    return ElbowProcess.start(folder, List.of(arguments));
  }

  private Map<String, String> trust() {
    Map<String, String> properties = new HashMap<>();
    properties.put("ssl.truststore.type", "PEM");
    properties.put("ssl.truststore.location", folder.resolve("broker.pem").toString());
    return properties;
  }

  private Map<String, String> brokerProperties() {
    String users =
        Stream.of("admin", "coordinator")
            .map(user -> " user_%s=\"%s\"".formatted(user, password(user)))
            .collect(Collectors.joining("", PLAIN.formatted("admin", password("admin")), ";"));
    Map<String, String> properties = trust();
    properties.put("listener.security.protocol.map", "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT");
    properties.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512");
    properties.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    properties.put("listener.name.clients.plain.sasl.jaas.config", users);
    properties.put(
        "listener.name.clients.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    properties.put("ssl.keystore.location", key.store().toString());
    properties.put("ssl.keystore.password", SelfSigned.PASSWORD);
    properties.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    properties.put("super.users", "User:ANONYMOUS;User:admin");
    return properties;
  }

  private Map<String, String> login(String mechanism, String jaas) {
    Map<String, String> properties = trust();
    properties.put("security.protocol", "SASL_SSL");
    properties.put("sasl.mechanism", mechanism);
    properties.put("sasl.jaas.config", jaas);
    return properties;
  }

  private static String password(String user) {
    return user + "-knows-this";
  }

  private void file(String name, Map<String, String> properties) throws IOException {
    String text =
        properties.entrySet().stream()
            .map(property -> property.getKey() + "=" + property.getValue() + "\n")
            .collect(Collectors.joining());
    Files.writeString(folder.resolve(name + ".properties"), text);
  }

  private Map<String, Object> clients(String user) {
    Map<String, Object> properties =
        new HashMap<>(login("PLAIN", PLAIN.formatted(user, password(user)) + ";"));
    properties.put("bootstrap.servers", kafka);
    return properties;
  }

  private static void enrol(Admin admin) throws Exception {
    ScramCredentialInfo strength = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
    var worker = new UserScramCredentialUpsertion("worker", strength, password("worker"));
    admin.alterUserScramCredentials(List.of(worker)).all().get();
  }

  /** Does what the command says, in Kafka's own words, that somebody has to do. */
  private static void grant(Admin admin, String user, ElbowProcess.Ended refused) throws Exception {
    assertEquals(3, refused.exitCode(), refused::toString);
    assertFalse(refused.toString().contains(password(user)), refused::toString);
    List<MatchResult> grants = GRANT.matcher(refused.err()).results().toList();
    assertFalse(grants.isEmpty(), refused::toString);
    for (MatchResult grant : grants) {
      ResourceType type = ResourceType.fromString(grant.group(1).toUpperCase(Locale.ROOT));
      allow(
          admin,
          user,
          new ResourcePattern(type, grant.group(2), PatternType.LITERAL),
          grant.group(3));
    }
  }

  private static void allow(Admin admin, String user, ResourcePattern what, String operations)
      throws Exception {
    for (String operation : operations.strip().replace("--operation ", "").split(" ")) {
      String name = operation.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
      AccessControlEntry entry =
          new AccessControlEntry(
              "User:" + user, "*", AclOperation.fromString(name), AclPermissionType.ALLOW);
      admin.createAcls(List.of(new AclBinding(what, entry))).all().get();
    }
  }

  private static String printed(ElbowProcess process, String pattern) {
    Pattern line = Pattern.compile("^" + pattern + "$", Pattern.MULTILINE);
    await()
        .atMost(ElbowProcess.LIMIT)
        .until(() -> line.matcher(process.out()).find() || !process.isAlive());
    Matcher found = line.matcher(process.out());
    assertTrue(found.find(), () -> process.out() + process.err());
    return found.group(1);
  }

  private static void ends(ElbowProcess process) throws Exception {
    process.terminate();
    ElbowProcess.Ended ended = process.await();
    assertEquals(0, ended.exitCode(), ended::toString);
    assertFalse(ended.err().contains("\tat "), ended::toString);
    assertFalse(ended.toString().contains("-knows-this"), ended::toString);
  }
}
