package io.github.autoencoder4j.internal.onednn;

import org.bytedeco.dnnl.primitive_desc;

/**
 * What the forward pass through a linear operation leaves behind.
 *
 * @param description of the operation itself, which its gradients must be told
 * @param source what it was fed, in its layout
 * @param weights in its layout, or as they are stored
 * @param out what it computed
 */
record Product(primitive_desc description, Tensor source, Tensor weights, Tensor out) {}
