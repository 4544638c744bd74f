package dev.elbow.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private final Arrivals arrivals = new Arrivals(2);
  private final EmbeddedChannel socket = new EmbeddedChannel(arrivals);

  private EmbeddedChannel arrive() {
    EmbeddedChannel connection = new EmbeddedChannel();
    socket.writeInbound(connection);
    return connection;
  }

  @Test
  void whatIsTooMuchIsClosedBeforeAnybodyHearsOfIt() {
    EmbeddedChannel first = arrive();
    EmbeddedChannel second = arrive();
    EmbeddedChannel third = arrive();
    assertTrue(first.isOpen());
    assertTrue(second.isOpen());
    assertFalse(third.isOpen());
    assertEquals(first, socket.readInbound());
    assertEquals(second, socket.readInbound());
    assertEquals((Object) null, socket.readInbound());
  }

  @Test
  void whoLeavesMakesRoom() {
    EmbeddedChannel first = arrive();
    arrive();
    first.close();
    assertTrue(arrive().isOpen());
    assertFalse(arrive().isOpen());
  }

  @Test
  void timeCountsFromTheArrival() {
    long before = System.nanoTime();
    EmbeddedChannel first = arrive();
    long after = System.nanoTime();
    long accepted = arrivals.acceptedNanos(first).orElseThrow();
    assertTrue(before <= accepted && accepted <= after);
    assertTrue(arrivals.acceptedNanos(new EmbeddedChannel()).isEmpty());
  }
}
