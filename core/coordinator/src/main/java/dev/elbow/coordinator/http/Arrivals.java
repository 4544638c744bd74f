package dev.elbow.coordinator.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts connections from where they are accepted: what has not ended its TLS handshake is a
 * connection too, though nothing above has heard of it. Stands where a listening socket hands over
 * the accepted ones; for several sockets and any thread.
 */
@Sharable
final class Arrivals extends ChannelInboundHandlerAdapter {
  private final int most;
  private final Map<Channel, Long> accepted = new ConcurrentHashMap<>();

  /**
   * @param most how many may be open at once; further ones are closed at once
   */
  Arrivals(int most) {
    this.most = most;
  }

  /**
   * Counts from now on at the socket that a connection came from. Vert.x tells of the socket by its
   * connections alone, so until the first of them nothing is counted.
   */
  void watch(Channel connection) {
    Channel socket = connection.parent();
    if (socket != null && socket.pipeline().get(Arrivals.class) == null) {
      socket.pipeline().addFirst(this);
    }
  }

  /** When a connection was accepted, a time of {@link System#nanoTime}; empty if not counted. */
  Optional<Long> acceptedNanos(Channel connection) {
    return Optional.ofNullable(accepted.get(connection));
  }

  @Override
  public void channelRead(ChannelHandlerContext socket, Object arrived) {
    Channel connection = (Channel) arrived;
    if (accepted.size() >= most) {
      connection.unsafe().closeForcibly();
      return;
    }
    accepted.put(connection, System.nanoTime());
    connection.closeFuture().addListener(closed -> accepted.remove(connection));
    socket.fireChannelRead(arrived);
  }
}
