package dev.elbow.messaging;

import dev.elbow.broker.Broker;
import dev.elbow.broker.BrokerSettings;
import dev.elbow.testkit.SelfSigned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** A broker that demands TLS and a password, and allows its users nothing but what is granted. */
final class SecuredKafka implements AutoCloseable {
  /** The user that may do all. */
  static final String ADMIN = "admin";

  private static final List<String> USERS = List.of(ADMIN, "coordinator", "worker", "nobody");

  private final Path folder;
  private final Broker broker;

  private SecuredKafka(Path folder, Broker broker) {
    this.folder = folder;
    this.broker = broker;
  }

  static SecuredKafka start(Path folder) throws Exception {
    Files.createDirectories(folder);
    SelfSigned own = key(folder, "broker");
    key(folder, "stranger");
    BrokerSettings.Builder settings = BrokerSettings.builder(folder.resolve("data"));
    tls(folder, "broker").forEach(settings::property);
    StringBuilder users = new StringBuilder(login(ADMIN, password(ADMIN)).replace(";", ""));
    USERS.forEach(user -> users.append(" user_%s=\"%s\"".formatted(user, password(user))));
    settings
        .property("listener.security.protocol.map", "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT")
        .property("sasl.enabled.mechanisms", "PLAIN")
        .property("sasl.mechanism.inter.broker.protocol", "PLAIN")
        .property("listener.name.clients.plain.sasl.jaas.config", users.append(';').toString())
        .property("ssl.keystore.location", own.store().toString())
        .property("ssl.keystore.password", SelfSigned.PASSWORD)
        .property(
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
        .property("super.users", "User:ANONYMOUS;User:" + ADMIN);
    return new SecuredKafka(folder, Broker.start(settings.build()));
  }

  private static SelfSigned key(Path folder, String name) throws Exception {
    SelfSigned made = SelfSigned.make(folder, name, "EC");
    Files.writeString(folder.resolve(name + ".pem"), made.certificate());
    return made;
  }

  private static Map<String, String> tls(Path folder, String trusted) {
    return Map.of(
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        folder.resolve(trusted + ".pem").toString());
  }

  static String password(String user) {
    return user + "-knows-this";
  }

  private static String login(String user, String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(user, password);
  }

  /** Settings of a user in the namespace {@code secured}. */
  KafkaSettings settings(String user) {
    return settings(security("SASL_SSL", "broker", user, password(user)));
  }

  KafkaSettings settings(Map<String, String> security) {
    return new KafkaSettings(broker.bootstrapServers(), "secured", security);
  }

  /**
   * A client's properties.
   *
   * @param trusted whose certificate it trusts: {@code broker} or {@code stranger}
   */
  Map<String, String> security(String protocol, String trusted, String user, String password) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("security.protocol", protocol);
    if (protocol.endsWith("SSL")) {
      properties.putAll(tls(folder, trusted));
    }
    if (protocol.startsWith("SASL")) {
      properties.put("sasl.mechanism", "PLAIN");
      properties.put("sasl.jaas.config", login(user, password));
    }
    return properties;
  }

  void allow(String user, ResourceType type, String name, AclOperation... operations)
      throws Exception {
    List<AclBinding> bindings = new ArrayList<>();
    for (AclOperation operation : operations) {
      bindings.add(
          new AclBinding(
              new ResourcePattern(type, name, PatternType.LITERAL),
              new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW)));
    }
    try (Admin admin = Admin.create(settings(ADMIN).admin())) {
      admin.createAcls(bindings).all().get();
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
