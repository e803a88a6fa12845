package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.Activation;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An activation that learns nothing. */
final class FixedActivation implements Nonlinearity {

  private final Activation activation;

  /** The slope of the activation, or the output where the slope can be read off it. */
  private @Nullable INDArray kept;

  FixedActivation(Activation activation) {
    this.activation = activation;
  }

  @Override
  public void infer(INDArray z) {
    NativeActivation.applyInPlace(activation, z);
  }

  @Override
  public void train(INDArray z, LayerWorkspaceMgr workspaces) {
    if (NativeActivation.needsSlope(activation)) {
      INDArray slope =
          workspaces.createUninitialized(ArrayType.ACTIVATIONS, z.dataType(), z.shape(), 'c');
      NativeActivation.applyInPlace(activation, z, slope);
      kept = slope;
    } else {
      NativeActivation.applyInPlace(activation, z);
      kept = z;
    }
  }

  @Override
  public void back(INDArray delta, LayerWorkspaceMgr workspaces) {
    NativeActivation.backpropInPlace(activation, Nonlinearity.requireKept(kept), delta);
    kept = null;
  }

  @Override
  public void clear() {
    kept = null;
  }
}
