package dev.elbow.trainer.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Names a stream of random numbers: equal keys give equal streams, different keys give streams that
 * have nothing to do with each other. Immutable and thread-safe.
 *
 * @param text everything that the stream may depend on, for example {@code 1/noise/3}
 */
public record StreamKey(String text) {
  /** A stream of a trial: keyed by its seed. */
  public static StreamKey ofTrial(long seed, String purpose, Object part) {
    return new StreamKey(seed + "/" + purpose + "/" + part);
  }

  /** A stream that all trials on the same data share: keyed by the data's hash, never a seed. */
  public static StreamKey ofData(String sha256, String purpose) {
    return new StreamKey(sha256 + "/" + purpose);
  }

  /** The stream from its beginning. */
  public RandomStream stream() {
    ByteBuffer hash = hash();
    return new RandomStream(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
  }

  /** Many streams of this key, numbered. */
  public Numbered numbered() {
    ByteBuffer hash = hash();
    return new Numbered(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
  }

  /** Streams of one key, one for each number; quicker than a key for each. */
  public record Numbered(long a, long b, long c, long d) {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** The stream of {@code number} from its beginning. */
    public RandomStream stream(long number) {
      long step = number * GOLDEN_GAMMA;
      return new RandomStream(mix(a + step), mix(b ^ step), mix(c + step), mix(d ^ step));
    }

    /** 64 bits for {@code number}, for where one draw is enough. */
    public long bits(long number) {
      return mix(mix(a + number * GOLDEN_GAMMA) ^ b);
    }

    // Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators", variant 13.
    private static long mix(long bits) {
      long once = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
      long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
      return twice ^ (twice >>> 31);
    }
  }

  private ByteBuffer hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
