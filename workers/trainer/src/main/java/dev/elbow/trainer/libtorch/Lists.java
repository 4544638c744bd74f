package dev.elbow.trainer.libtorch;

import java.util.List;
import org.bytedeco.pytorch.DoubleList;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.LongList;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorList;
import org.bytedeco.pytorch.TensorVector;

/**
 * Lists as functions of TorchScript take them. Each is handed over as a GenericList, which it is in
 * memory: IValue knows no other list, and would take it for an address.
 */
final class Lists {
  private Lists() {}

  static IValue of(List<Tensor> tensors) {
    TensorList list = new TensorList(new TensorVector(tensors.toArray(Tensor[]::new)));
    return new IValue(new GenericList(list));
  }

  static IValue of(double... values) {
    DoubleList list = new DoubleList();
    for (double value : values) {
      list.push_back(value);
    }
    return new IValue(new GenericList(list));
  }

  static IValue of(int... values) {
    LongList list = new LongList();
    for (int value : values) {
      list.push_back(value);
    }
    return new IValue(new GenericList(list));
  }
}
