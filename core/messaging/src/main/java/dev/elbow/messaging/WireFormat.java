package dev.elbow.messaging;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.UntypedObjectDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.elbow.api.DatasetChoice;
import dev.elbow.api.Evaluation;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.Training;
import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.score.ScoreChoice;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How Jackson writes the records: fields in the order of their components, the type of a sealed one
 * as {@code type}, trials as {@code sweep/0001}, options as plain objects. The annotations stand
 * here, because {@code elbow-api} knows nothing but the JDK.
 */
final class WireFormat {
  private WireFormat() {}

  static JsonMapper mapper() {
    return JsonMapper.builder()
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule().addDeserializer(Instant.class, new InstantText()))
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        // The JDK's own text of a double changed between 17 and 19.
        .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
        // The same numbers in a fifth of the time: a replay reads millions.
        .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        // Options hold whole numbers as Long, whatever their size.
        .enable(DeserializationFeature.USE_LONG_FOR_INTS)
        .addMixIn(Event.class, Sealed.class)
        .addMixIn(Control.class, Sealed.class)
        .addMixIn(TrialOutcome.class, Sealed.class)
        .addMixIn(Event.Leader.class, LeaderFields.class)
        .addMixIn(Event.SweepSubmitted.class, SubmittedFields.class)
        .addMixIn(Event.Ended.class, EndedFields.class)
        .addMixIn(TrialOutcome.Completed.class, CompletedFields.class)
        .addMixIn(Trial.class, TrialFields.class)
        .addMixIn(DatasetChoice.class, DatasetFields.class)
        .addMixIn(TrialId.class, TrialIdText.class)
        .addMixIn(Options.class, OptionsObject.class)
        .addMixIn(Training.class, TrainingObject.class)
        .build();
  }

  /** A mapper that knows the names of all records of {@code root}, if that is sealed. */
  static JsonMapper mapper(Class<?> root) {
    JsonMapper mapper = mapper();
    Stream.of(root, TrialOutcome.class)
        .flatMap(WireFormat::leaves)
        .map(leaf -> new NamedType(leaf, name(leaf)))
        .forEach(mapper::registerSubtypes);
    return mapper;
  }

  /** One that refuses what is not complete. */
  static JsonMapper strict(JsonMapper mapper) {
    return mapper
        .rebuild()
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
        .addModule(new SimpleModule().addDeserializer(Object.class, new PlainValue()))
        .build();
  }

  /** A value of options, whose nulls Jackson's settings do not reach. */
  private static final class PlainValue extends UntypedObjectDeserializer {
    PlainValue() {
      super((JavaType) null, null);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return parser.currentToken() == JsonToken.VALUE_NULL
          ? context.reportInputMismatch(this, "null among plain values")
          : super.deserialize(parser, context);
    }
  }

  /** The records of a sealed type; of any other, that type itself. */
  static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(WireFormat::leaves)
        : Stream.of(type);
  }

  /** {@code handedBack} for {@code HandedBack}. */
  static String name(Class<?> type) {
    String name = type.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface Sealed {}

  private interface LeaderFields {
    // The first release wrote none.
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    Optional<String> address();
  }

  /**
   * Logs of earlier releases do not say who handed a sweep in, and the bytes stay what they were.
   */
  private interface SubmittedFields {
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    Optional<String> by();
  }

  private interface EndedFields {
    // An unordered map would give other bytes in each JVM.
    @JsonFormat(with = JsonFormat.Feature.WRITE_SORTED_MAP_ENTRIES)
    Map<String, String> files();
  }

  /**
   * Records of earlier releases have no scores, and their bytes stay what they were. Without a word
   * on what is missing, each of them would be read twice.
   */
  private abstract static class CompletedFields {
    CompletedFields(
        Evaluation last,
        double onnxMaxAbsError,
        double seconds,
        double imagesPerSecond,
        @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, Double> scores) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    abstract Map<String, Double> scores();
  }

  /** As {@link CompletedFields}. */
  private abstract static class TrialFields {
    TrialFields(
        TrialId id,
        Map<String, Object> parameters,
        long seed,
        DatasetChoice dataset,
        PluginChoice encoder,
        PluginChoice decoder,
        PluginChoice objective,
        int latent,
        Training training,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<ScoreChoice> scores) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    abstract List<ScoreChoice> scores();
  }

  /** As {@link CompletedFields}, of classes that are left out. */
  private abstract static class DatasetFields {
    DatasetFields(
        PluginChoice choice,
        double validation,
        String sha256,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> without) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    abstract List<String> without();
  }

  private abstract static class TrialIdText {
    @JsonCreator
    static TrialId parse(String text) {
      return TrialId.parse(text);
    }

    @JsonValue
    @Override
    public abstract String toString();
  }

  private abstract static class OptionsObject {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    OptionsObject(Map<String, Object> values) {}

    @JsonValue
    abstract Map<String, Object> values();
  }

  private abstract static class TrainingObject {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    TrainingObject(Options options) {}

    @JsonValue
    abstract Options options();
  }
}
