package dev.elbow.trainer.libtorch;

import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.constant_pad_nd;
import static org.bytedeco.pytorch.global.torch.conv_transpose2d;
import static org.bytedeco.pytorch.global.torch.eye;
import static org.bytedeco.pytorch.global.torch.full;
import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.group_norm;
import static org.bytedeco.pytorch.global.torch.leaky_relu;
import static org.bytedeco.pytorch.global.torch.silu;
import static org.bytedeco.pytorch.global.torch.slow_conv_transpose2d;
import static org.bytedeco.pytorch.global.torch.softplus;
import static org.bytedeco.pytorch.global.torch.thnn_conv2d;

import dev.elbow.api.network.Op;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Population;
import dev.elbow.api.network.Rules;
import dev.elbow.api.network.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The description language on libtorch: a value of shape {@code s} becomes a tensor {@code [batch,
 * s…]}, with more rows where there are samples or pairs, with one where all examples have the same.
 *
 * @param parameters and buffers by name; in training the latter change
 * @param scheduled figures of this step, by name
 * @param training if this is a step of training
 */
record TensorRules(
    Map<String, Tensor> parameters,
    Map<String, Double> scheduled,
    long batch,
    Optional<TrainingStep> training)
    implements Rules<Tensor> {

  /** Where nothing is trained: nothing is left out, and batches are not measured. */
  TensorRules(Map<String, Tensor> parameters, Map<String, Double> scheduled, long batch) {
    this(parameters, scheduled, batch, Optional.empty());
  }

  @Override
  public Tensor input(Op.Input op, Shape shape) {
    throw new IllegalArgumentException("input '%s' was not given".formatted(op.name()));
  }

  @Override
  public Tensor scheduled(Op.Scheduled op) {
    Double value = scheduled.get(op.name());
    if (value == null) {
      throw new IllegalArgumentException(
          "scheduled figure '%s' was not given".formatted(op.name()));
    }
    return full(new long[] {1}, new Scalar(value));
  }

  /** {@code x} for each example. */
  Tensor examples(Tensor x) {
    return rows(x, batch);
  }

  private static Tensor rows(Tensor x, long rows) {
    long[] sizes = sizes(x, 0);
    sizes[0] = rows;
    return x.size(0) == rows ? x : x.expand(sizes);
  }

  /** The sizes of {@code x} from {@code axis} on. */
  private static long[] sizes(Tensor x, int axis) {
    return LongStream.range(axis, x.dim()).map(x::size).toArray();
  }

  private static long[] after(long[] first, long[] sizes) {
    return LongStream.concat(Arrays.stream(first), Arrays.stream(sizes)).toArray();
  }

  @Override
  public Tensor linear(Op.Linear op, Tensor x) {
    return torch.linear(x, weight(op.name()), bias(op));
  }

  // oneDNN is slow where an image has one channel; these are the plain kernels beside it.
  @Override
  public Tensor conv2d(Op.Conv2d op, Tensor x) {
    Tensor weight = weight(op.name());
    TensorOptional bias = bias(op);
    long[] stride = both(op.stride());
    long[] padding = both(op.padding());
    return op.in() == 1
        ? thnn_conv2d(x, weight, both(op.kernel()), bias, stride, padding)
        : torch.conv2d(x, weight, bias, stride, padding, both(1), 1);
  }

  @Override
  public Tensor convTranspose2d(Op.ConvTranspose2d op, Tensor x) {
    Tensor weight = weight(op.name());
    TensorOptional bias = bias(op);
    long[] stride = both(op.stride());
    long[] padding = both(op.padding());
    long[] outputPadding = both(op.outputPadding());
    return op.out() == 1
        ? slow_conv_transpose2d(
            x, weight, both(op.kernel()), bias, stride, padding, outputPadding, both(1))
        : conv_transpose2d(x, weight, bias, stride, padding, outputPadding, 1, both(1));
  }

  @Override
  public Tensor layerNorm(Op.LayerNorm op, Tensor x) {
    Parameter weight = op.parameters().get(0);
    Parameter bias = op.parameters().get(1);
    return group_norm(x, 1, optional(weight), optional(bias), Op.LayerNorm.EPSILON, false);
  }

  @Override
  public Tensor batchNorm(Op.BatchNorm op, Tensor x) {
    boolean isMeasured = training.isPresent() && x.numel() > op.channels();
    return batch_norm(
        x,
        optional(op.parameters().get(0)),
        optional(op.parameters().get(1)),
        optional(op.buffers().get(0)),
        optional(op.buffers().get(1)),
        isMeasured,
        Op.BatchNorm.MOMENTUM,
        Op.BatchNorm.EPSILON,
        false);
  }

  @Override
  public Tensor dropout(Op.Dropout op, Tensor x) {
    return training
        .map(step -> step.kept().get(op.name()).reshape_as(x))
        .map(kept -> x.mul(kept).mul(new Scalar(1 / (1 - op.rate()))))
        .orElse(x);
  }

  @Override
  public Tensor reshape(Op.Reshape op, Tensor x) {
    return x.reshape(Shapes.batched(-1, op.shape()));
  }

  @Override
  public Tensor concat(Op.Concat op, List<Tensor> parts) {
    long rows = parts.stream().mapToLong(part -> part.size(0)).max().orElseThrow();
    Tensor[] all = parts.stream().map(part -> rows(part, rows)).toArray(Tensor[]::new);
    return torch.cat(new TensorVector(all), op.axis() + 1);
  }

  // libtorch counts the amounts from the last axis backwards.
  @Override
  public Tensor pad(Op.Pad op, Tensor x) {
    int behind = (int) x.dim() - 2 - op.axis();
    long[] amounts = new long[2 * behind + 2];
    amounts[2 * behind] = op.before();
    amounts[2 * behind + 1] = op.after();
    return constant_pad_nd(x, amounts, new Scalar(op.value()));
  }

  @Override
  public Tensor slice(Op.Slice op, Tensor x) {
    return x.narrow(op.axis() + 1L, op.from(), op.to() - op.from());
  }

  @Override
  public Tensor spread(Op.Spread op, Tensor x) {
    return x.unsqueeze(2).unsqueeze(3).expand(-1, -1, op.height(), op.width());
  }

  @Override
  public Tensor plus(Tensor a, Shape shapeOfA, Tensor b, Shape shapeOfB) {
    return column(a, shapeOfA, shapeOfB).add(column(b, shapeOfB, shapeOfA));
  }

  @Override
  public Tensor times(Tensor a, Shape shapeOfA, Tensor b, Shape shapeOfB) {
    return column(a, shapeOfA, shapeOfB).mul(column(b, shapeOfB, shapeOfA));
  }

  @Override
  public Tensor affine(Op.Affine op, Tensor x) {
    Tensor scaled = op.factor() == 1 ? x : x.mul(new Scalar(op.factor()));
    return op.summand() == 0 ? scaled : scaled.add(new Scalar(op.summand()));
  }

  @Override
  public Tensor elementwise(Op.Elementwise op, Tensor x) {
    return switch (op.function()) {
      case RELU -> x.relu();
      case LEAKY_RELU -> leaky_relu(x, new Scalar(op.slope()));
      case TANH -> x.tanh();
      case SIGMOID -> x.sigmoid();
      case SOFTPLUS -> softplus(x);
      case EXP -> x.exp();
      case LOG -> x.log();
      case SQUARE -> x.square();
      case ABS -> x.abs();
      case SILU -> silu(x);
      case GELU -> gelu(x);
      case LOG_SINHC -> TensorCurves.logSinhc(x);
      case LANGEVIN -> TensorCurves.langevin(x);
    };
  }

  @Override
  public Tensor reduce(Op.Reduce op, Tensor x, Shape shapeOfX) {
    if (shapeOfX.rank() == 0) {
      return x;
    }
    return reduced(op.kind(), x.reshape(-1, shapeOfX.size()));
  }

  private static Tensor reduced(Op.Reduce.Kind kind, Tensor rows) {
    return switch (kind) {
      case SUM -> rows.sum(1);
      case MEAN -> rows.mean(1);
      case LOG_SUM_EXP -> rows.logsumexp(1);
    };
  }

  @Override
  public Tensor outer(Tensor a, Tensor b) {
    return a.unsqueeze(2).mul(b.unsqueeze(1));
  }

  @Override
  public Tensor detach(Tensor x) {
    return x.detach();
  }

  @Override
  public Tensor gate(Tensor x) {
    return training.map(step -> step.gate(x)).orElse(x);
  }

  @Override
  public Tensor batchSize() {
    return full(new long[] {1}, new Scalar((double) batch));
  }

  @Override
  public Tensor batchMean(Tensor x) {
    return rows(x.mean(new long[] {0}, true, new ScalarTypeOptional()), x.size(0));
  }

  @Override
  public Tensor repeat(Op.Repeat op, Tensor x) {
    boolean pairs = op.population().equals(Population.PAIRS);
    long[] times = sizes(x.unsqueeze(1), 0);
    Arrays.fill(times, 1);
    times[1] = pairs ? batch : op.population().samples();
    return x.unsqueeze(1).repeat(times).reshape(after(new long[] {-1}, sizes(x, 1)));
  }

  @Override
  public Tensor others(Tensor x) {
    long[] times = sizes(x, 0);
    Arrays.fill(times, 1);
    times[0] = batch;
    return x.repeat(times);
  }

  @Override
  public Tensor samples(Op.Samples op, Tensor x) {
    return x.reshape(after(new long[] {-1}, sizes(x, 2)));
  }

  @Override
  public Tensor joined(Op.Joined op, Tensor x, Shape shapeOfX) {
    return x.reshape(after(new long[] {-1, op.count()}, sizes(x, 1)));
  }

  @Override
  public Tensor batchOrder(Tensor x, Tensor keys) {
    return rows(x, batch).gather(0, rows(keys, batch).argsort(true, 0, false));
  }

  @Override
  public Tensor pairing(Op.Pairing op) {
    return eye(batch).roll(new long[] {op.distance()}, new long[] {1}).reshape(-1);
  }

  @Override
  public Tensor over(Op.Over op, Tensor x, Shape shapeOfX) {
    return reduced(op.kind(), x.reshape(after(new long[] {batch, -1}, sizes(x, 1))));
  }

  private Tensor column(Tensor x, Shape shape, Shape other) {
    return shape.rank() == 0 && other.rank() > 0 ? x.reshape(Shapes.column(-1, other.rank())) : x;
  }

  private Tensor weight(String layer) {
    return parameters.get(layer + ".weight");
  }

  private TensorOptional bias(Op layer) {
    return layer.parameters().size() > 1
        ? optional(layer.parameters().get(1))
        : new TensorOptional();
  }

  private TensorOptional optional(Parameter parameter) {
    return new TensorOptional(parameters.get(parameter.name()));
  }

  private static long[] both(long size) {
    return new long[] {size, size};
  }
}
