package dev.elbow.trainer.libtorch;

import dev.elbow.api.network.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A value for every parameter, all in one piece of memory, and each also as a tensor of its own
 * shape in there.
 */
final class FlatTensors implements AutoCloseable {
  private final Tensor flat;
  private final Map<String, Tensor> views = new LinkedHashMap<>();

  private FlatTensors(Tensor flat) {
    this.flat = flat;
  }

  /** Zeros. To be called within {@link Native#call}. */
  static FlatTensors zeros(List<Parameter> layout) {
    return zeros(layout, layout);
  }

  /**
   * As {@link #zeros(List)}.
   *
   * @param layout every parameter in the order in which they lie in memory
   * @param order the same in the order in which they are named and given back
   */
  static FlatTensors zeros(List<Parameter> layout, List<Parameter> order) {
    long size = layout.stream().mapToLong(parameter -> parameter.shape().size()).sum();
    FlatTensors tensors = new FlatTensors(torch.zeros(size).retainReference());
    order.forEach(parameter -> tensors.views.put(parameter.name(), null));
    long offset = 0;
    for (Parameter parameter : layout) {
      long[] shape = Shapes.plain(parameter.shape());
      Tensor view = tensors.flat.narrow(0, offset, parameter.shape().size()).view(shape).detach();
      tensors.views.put(parameter.name(), view.retainReference());
      offset += parameter.shape().size();
    }
    return tensors;
  }

  /** As {@link #zeros}, then filled with {@code values}, which has one for each parameter. */
  static FlatTensors of(List<Parameter> layout, Map<String, float[]> values) {
    return of(layout, layout, values);
  }

  /** As {@link #of(List, Map)}, in another order as {@link #zeros(List, List)}. */
  static FlatTensors of(
      List<Parameter> layout, List<Parameter> order, Map<String, float[]> values) {
    FlatTensors tensors = zeros(layout, order);
    for (Parameter parameter : layout) {
      float[] value = values.get(parameter.name());
      if (value == null || value.length != parameter.shape().size()) {
        throw new IllegalArgumentException(
            "parameter '%s' needs %d values, got %s"
                .formatted(
                    parameter.name(),
                    parameter.shape().size(),
                    value == null ? "none" : String.valueOf(value.length)));
      }
      tensors.view(parameter.name()).data_ptr_float().put(value);
    }
    return tensors;
  }

  /** Everything in one row. */
  Tensor flat() {
    return flat;
  }

  Tensor view(String name) {
    return views.get(name);
  }

  /** By name, in the order of the layout. */
  Map<String, Tensor> views() {
    return views;
  }

  /** A copy of the values. To be called within {@link Native#call}. */
  Map<String, float[]> values() {
    Map<String, float[]> values = new LinkedHashMap<>();
    views.forEach((name, view) -> values.put(name, Native.floats(view.detach())));
    return values;
  }

  @Override
  public void close() {
    views.values().forEach(Tensor::close);
    flat.close();
  }
}
