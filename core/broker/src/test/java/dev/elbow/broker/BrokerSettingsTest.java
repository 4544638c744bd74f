package dev.elbow.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerSettingsTest {
  private static final Path FOLDER = Path.of("folder");

  @Test
  void needsNothingButAFolder() {
    BrokerSettings settings = BrokerSettings.in(FOLDER);
    assertEquals("127.0.0.1", settings.host());
    assertEquals(0, settings.port());
    assertEquals(List.of(), settings.voters());
  }

  @Test
  void namesAllProblemsAtOnce() {
    BrokerSettings.Builder wrong =
        BrokerSettings.builder(FOLDER)
            .port(65536)
            .nodeId(0)
            .controllerPort(-1)
            .property("log.dirs", "elsewhere");
    assertEquals(
        List.of(
            "port: found 65536, expected 0 for a free one, or 1 to 65535",
            "controller port: found -1, expected 0 for a free one, or 1 to 65535",
            "node id: found 0, expected 1 or more",
            "property log.dirs: it follows from the other settings, expected none"),
        assertThrows(BrokerException.class, wrong::build).problems());
  }

  @Test
  void refusesVotersWithoutThisNodeAndNodesNamedTwice() {
    BrokerSettings.Builder wrong =
        BrokerSettings.builder(FOLDER).nodeId(3).voters(Voter.parse("1@a:1,1@b:2"));
    assertEquals(
        List.of(
            "voters: found [1@a:1, 1@b:2], expected each node once",
            "voters: found [1@a:1, 1@b:2], expected node 3 among them"),
        assertThrows(BrokerException.class, wrong::build).problems());
  }

  @Test
  void refusesAControllerPortThatTheOtherNodesDoNotKnow() {
    BrokerSettings.Builder wrong =
        BrokerSettings.builder(FOLDER).controllerPort(7).voters(Voter.parse("1@a:8"));
    assertEquals(
        List.of("controller port: found 7, expected 8 as in the voters"),
        assertThrows(BrokerException.class, wrong::build).problems());
  }

  @Test
  void readsVotersAsItWritesThem() {
    List<Voter> voters = Voter.parse("1@localhost:9093, 2@[::1]:9094");
    assertEquals(List.of(new Voter(1, "localhost", 9093), new Voter(2, "[::1]", 9094)), voters);
    assertEquals("2@[::1]:9094", voters.get(1).toString());
  }

  @Test
  void namesEveryVoterThatItCannotRead() {
    BrokerException e = assertThrows(BrokerException.class, () -> Voter.parse("1@a:1,x@b:2,3@c,"));
    assertEquals(
        List.of(
            "voters: found 'x@b:2', expected NODE@HOST:PORT",
            "voters: found '3@c', expected NODE@HOST:PORT",
            "voters: found '', expected NODE@HOST:PORT"),
        e.problems());
    assertTrue(e.getMessage().endsWith("The broker was not started."));
  }
}
